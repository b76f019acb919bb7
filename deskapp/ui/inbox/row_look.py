"""What one line of the ticket list shows, worked out from its row."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import WAITS_FOR_US, TicketStatus, View
from deskapp.domain.order_numbers import find_order_numbers
from deskapp.domain.presence import OnTicket, initials
from deskapp.domain.ticket_facts import WaitedFor, waited_for
from deskapp.domain.tickets import TicketRow
from deskapp.ui import fact_words, presence_words, text, words
from deskapp.ui.orders.patterns import known_patterns
from deskapp.ui.pieces.row import ChipLook, RowLook

from .fact_menus import PRESSING

# How long a customer may wait before the age is shown as a warning, and as overdue.
LONG_WAIT, TOO_LONG_WAIT = timedelta(days=1), timedelta(days=3)

_USUAL = frozenset((TicketStatus.NEW, TicketStatus.OPEN))
_SAID_BY_VIEW = {
    View.WAITING: frozenset((TicketStatus.WAITING,)),
    View.CLOSED: frozenset((TicketStatus.CLOSED,)),
    View.SPAM: frozenset((TicketStatus.SPAM,)),
}
DUE_SOON = timedelta(days=1)


def said_by(view: str) -> frozenset[TicketStatus]:
    """The statuses that need not stand on each row of a view, as its title says them."""
    return _USUAL | _SAID_BY_VIEW.get(View(view), frozenset()) if view in list(View) else _USUAL


def row_look(
    row: TicketRow,
    now: datetime,
    me: AgentId | None = None,
    said: frozenset[TicketStatus] = _USUAL,
    people: Sequence[OnTicket] = (),
) -> RowLook:
    """How a ticket looks in the list at the time ``now``; ``me`` need not read the own name, nor
    anybody the statuses that are ``said`` above the list. ``people``: colleagues on it now."""
    when, tone = when_told(row, now)
    return RowLook(
        who=row.customer_name or QCoreApplication.translate("RowLook", "Unknown sender"),
        when=when,
        when_tone=tone,
        subject=shown_subject(row.subject),
        snippet=" ".join(row.snippet.split()),
        chips=(*people_chips(people), *_chips(row, me, said)),
        unread=row.unread,
        language=row.language,
        starred=row.starred,
    )


def shown_subject(subject: str) -> str:
    """A subject in one line; one that is empty is said to be."""
    joined = " ".join(subject.split())
    return joined or QCoreApplication.translate("RowLook", "(no subject)")


def people_chips(people: Sequence[OnTicket]) -> tuple[ChipLook, ...]:
    """Colleagues on a ticket: a picture of what they do and the letters of the first, how many
    more. A screen reader and the pointer are told in words."""
    chips = []
    for told in presence_words.sentences(people):
        tone, ground = presence_words.TOKENS[told.doing]
        more = f" +{len(told.names) - 1}" if len(told.names) > 1 else ""
        picture = presence_words.PICTURES[told.doing]
        chips.append(ChipLook(f"{initials(told.names[0])}{more}", tone, ground, picture=picture))
    return tuple(chips)


def spoken(row: TicketRow, now: datetime, people: Sequence[OnTicket] = ()) -> str:
    """The row as one sentence for a screen reader."""
    look, status = row_look(row, now), fact_words.status_of(row)
    parts = [
        QCoreApplication.translate("RowLook", "Unread") if row.unread else "",
        look.who,
        look.subject,
        look.when,
        status,
        QCoreApplication.translate("RowLook", "starred") if row.starred else "",
        presence_words.spoken_people(people),
        *(chip.text for chip in look.chips if chip.text.casefold() != status.casefold()),
    ]
    return ", ".join(part for part in parts if part)


def who_waits(row: TicketRow, now: datetime) -> str:
    """Who waits for whom, and since when, as a sentence; "" where nobody waits."""
    whom = waited_for(row.status)
    if whom is WaitedFor.NOBODY or row.status is TicketStatus.SPAM:
        return ""
    since = row.waiting_since if whom is WaitedFor.US else row.updated_at
    if whom is WaitedFor.US:
        said = QCoreApplication.translate("RowLook", "The customer waits for us since {time}")
    elif whom is WaitedFor.CUSTOMER:
        said = QCoreApplication.translate("RowLook", "We wait for the customer since {time}")
    else:
        said = QCoreApplication.translate("RowLook", "We wait for a third party since {time}")
    return "" if since is None else said.replace("{time}", text.stamp(since, now))


def hint(row: TicketRow, now: datetime, people: Sequence[OnTicket] = ()) -> str:
    """What the pointer is told of a row: what it has no room to say."""
    assigned = QCoreApplication.translate("RowLook", "Assigned to {name}")
    parts = [
        shown_subject(row.subject),
        f"{row.number} · {fact_words.status_of(row)}",
        who_waits(row, now),
        fact_words.due(row, now),
        assigned.replace("{name}", row.assignee_name) if row.assignee_name else "",
        ", ".join(row.tags),
        "\n".join(told.words for told in presence_words.sentences(people)),
    ]
    return "\n".join(part for part in parts if part)


def when_told(row: TicketRow, now: datetime) -> tuple[str, str]:
    """What stands at the right of a row: since when it waits or when it is due, and its tone."""
    if row.is_back(now):
        return QCoreApplication.translate("RowLook", "came back"), "accent"
    if row.snooze.until is not None:
        return text.ahead(row.snooze.until, now), "muted"
    if row.due_at is not None and row.due_at - now < DUE_SOON and fact_words.due(row, now):
        return _due(row.due_at, now)
    if row.snooze:
        return QCoreApplication.translate("RowLook", "until a reply"), "muted"
    if row.status not in WAITS_FOR_US or row.waiting_since is None:
        return text.age(row.updated_at, now), "muted"
    waited = now - row.waiting_since
    if waited < LONG_WAIT:
        return text.age(row.waiting_since, now), "muted"
    said = QCoreApplication.translate("RowLook", "waits {span}").format(span=text.span(waited))
    return said, "bad" if waited >= TOO_LONG_WAIT else "warn"


def _due(due_at: datetime, now: datetime) -> tuple[str, str]:
    """A promise that presses, in words and colour."""
    if due_at <= now:
        said = QCoreApplication.translate("RowLook", "overdue {span}")
        return said.replace("{span}", text.span(now - due_at)), "bad"
    said = QCoreApplication.translate("RowLook", "due in {span}")
    return said.replace("{span}", text.span(due_at - now)), "warn"


def _chips(
    row: TicketRow, me: AgentId | None, said_above: frozenset[TicketStatus]
) -> tuple[ChipLook, ...]:
    chips = []
    if row.trouble is not None and (said := words.trouble(row.trouble)):
        chips.append(ChipLook(said, "bad"))
    if row.returned:
        chips.append(ChipLook(words.delivery_failed(), "bad"))
    if row.priority in PRESSING:
        said, tone = fact_words.priority(row.priority), PRESSING[row.priority]
        chips.append(ChipLook(said, tone, picture=f"priority-{row.priority}"))
    if row.label or row.status not in said_above:
        chips.append(ChipLook(row.label or fact_words.status(row.status).lower()))
    if row.has_attachment:
        chips.append(ChipLook("", clip=True))
    chips += [ChipLook(tag, colour=colour.value) for tag, colour in row.coloured_tags()]
    found = find_order_numbers(row.subject, 1, known_patterns())
    numbers = {mention.number for mention in found}
    chips += [ChipLook(number, "accent", "accent_soft") for number in sorted(numbers)]
    if row.team_name and not row.assignee_name:
        chips.append(ChipLook(row.team_name))
    if row.assignee_name and row.assignee_id != me:
        chips.append(ChipLook(row.assignee_name, dot=True))
    return tuple(chips)
