"""What a reply is held back for, in words, with the places to look at."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from deskapp.domain.cautions import Caution, CautionKind
from deskapp.domain.deeds import Deed
from deskapp.domain.kinds import Direction, EventKind, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft, News
from deskapp.ui import text
from deskapp.ui.translatable import N

_CONTEXT = "Doubts"
_MOST = 3
_SNIPPET = 140

_SENTENCES = {
    CautionKind.EMPTY: N("Doubts", "The reply has no text."),
    CautionKind.NO_ATTACHMENT: N("Doubts", "It says “{words}”, but no file is attached."),
    CautionKind.OTHER_NAME: N("Doubts", "It names “{words}”, who is not on this ticket."),
    CautionKind.OTHER_ORDER: N("Doubts", "Order {words} belongs to another customer."),
    CautionKind.TOO_LARGE: N(
        "Doubts", "It is about {size} on its way; the mail server takes {limit}."
    ),
    CautionKind.NO_MAIL: N("Doubts", "This customer wants no mail: {words}"),
}
_NO_MAIL = N("Doubts", "This customer wants no mail.")
_NEWS = {
    Direction.IN: N("Doubts", "{when} {author}: {words}"),
    Direction.OUT: N("Doubts", "{when} {author} replied: {words}"),
    Direction.NOTE: N("Doubts", "{when} {author} noted: {words}"),
}
_ENDED = {
    TicketStatus.SOLVED: N("Doubts", "{author} solved this ticket at {when}."),
    TicketStatus.CLOSED: N("Doubts", "{author} closed this ticket at {when}."),
    TicketStatus.SPAM: N("Doubts", "{author} called this ticket spam at {when}."),
}
_DEEDS = {
    EventKind.ASSIGNED: N("Doubts", "{author} gave this ticket to {words} at {when}."),
    EventKind.CUSTOMER: N("Doubts", "{author} gave this ticket the customer {words} at {when}."),
    EventKind.MERGED: N("Doubts", "{author} merged ticket {words} into this one at {when}."),
    EventKind.UNMERGED: N("Doubts", "{author} took ticket {words} out of this one at {when}."),
    EventKind.SPLIT: N("Doubts", "{author} split messages off to ticket {words} at {when}."),
    EventKind.MOVED: N("Doubts", "{author} moved messages to ticket {words} at {when}."),
}
_TAKEN = N("Doubts", "{author} took this ticket at {when}.")
_WROTE = N(
    "Doubts",
    "{author} wrote on this ticket after you began. Nothing was sent; your text is kept.",
)
_CHANGED = N(
    "Doubts",
    "{author} changed this ticket after you began. Nothing was sent; your text is kept.",
)
_SOMEBODY = N("Doubts", "Somebody")


def is_overtaken(problem: Problem) -> bool:
    """Whether a reply did not leave because its ticket moved on."""
    what = problem.details.get("what")
    return problem.kind is ProblemKind.CHANGED_MEANWHILE and what not in ("draft", "approval")


def told_elsewhere(problem: Problem, reply: Draft) -> Problem:
    """Why a reply did not leave, for who does not look at it by now."""
    return of_another("reply_overtaken", reply) if is_overtaken(problem) else problem


def of_another(what: str, reply: Draft) -> Problem:
    """The same in the words of ``what``: it is named by whom it was to go to."""
    first = next(iter(reply.to), None)
    whom = first.name or first.address if first else ""
    return Problem(ProblemKind.INVALID, what=what, value=whom)


def stale_words(moved: Problem) -> str:
    """That a ticket moved on under a reply, and by whom."""
    who = str(moved.details.get("who") or "") or _tr(_SOMEBODY)
    said = _WROTE if moved.details.get("what") == "ticket" else _CHANGED
    return _filled(_tr(said), {"{author}": who})


def doubt_words(found: Sequence[Caution]) -> str:
    """A sentence for each caution, at most three, and that nothing was sent."""
    told = [_sentence(one) for one in found[:_MOST]]
    told.append(_tr(N("Doubts", "Nothing was sent yet.")))
    return " ".join(told)


def news_words(news: Sequence[News | Deed]) -> str:
    """The newest of what others wrote and did meanwhile, a line each."""
    return "\n".join(
        _deed_line(one) if isinstance(one, Deed) else _line(one) for one in news[-_MOST:]
    )


def _sentence(one: Caution) -> str:
    facts = {
        "{words}": one.words.strip(),
        "{size}": text.size(one.size),
        "{limit}": text.size(one.limit),
    }
    silent = one.kind is CautionKind.NO_MAIL and not one.words.strip()
    return _filled(_tr(_NO_MAIL if silent else _SENTENCES[one.kind]), facts)


def _line(one: News) -> str:
    words = one.snippet if len(one.snippet) <= _SNIPPET else one.snippet[: _SNIPPET - 1] + "…"
    facts = {"{when}": text.clock(one.at), "{author}": one.author, "{words}": words}
    return _filled(_tr(_NEWS[one.direction]), facts)


def _deed_line(one: Deed) -> str:
    if one.kind is EventKind.STATUS:
        said = _ENDED[TicketStatus(one.words)]
    elif one.kind is EventKind.ASSIGNED and one.author and one.author == one.words:
        said = _TAKEN
    else:
        said = _DEEDS[one.kind]
    author = one.author or _tr(_SOMEBODY)
    return _filled(
        _tr(said), {"{when}": text.clock(one.at), "{author}": author, "{words}": one.words}
    )


def _filled(sentence: str, facts: dict[str, str]) -> str:
    # One pass: what is put in may hold braces of its own.
    parts = []
    while sentence:
        place = min(
            ((sentence.find(name), name) for name in facts if name in sentence),
            default=(len(sentence), ""),
        )
        parts.append(sentence[: place[0]] + facts.get(place[1], ""))
        sentence = sentence[place[0] + len(place[1]) :]
    return "".join(parts)


def _tr(sentence: str) -> str:
    return QCoreApplication.translate(_CONTEXT, sentence)
