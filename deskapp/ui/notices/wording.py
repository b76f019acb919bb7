"""What a notice says: one thing in a sentence, many as counts, nothing private unless wished."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from deskapp.domain.notices import Notice, NoticeKind
from deskapp.ui.translatable import N

_LONGEST = 120
_NAMES = {
    NoticeKind.NEW_TICKET: N("Notices", "New ticket"),
    NoticeKind.ANSWER: N("Notices", "Answer on my ticket"),
    NoticeKind.ASSIGNED: N("Notices", "A ticket is given to me"),
    NoticeKind.HANDED_OVER: N("Notices", "A ticket is handed over to my team"),
    NoticeKind.CAME_BACK: N("Notices", "A ticket comes back from a snooze or for a follow-up"),
    NoticeKind.MENTION: N("Notices", "A colleague mentions me"),
    NoticeKind.ASKED: N("Notices", "A colleague asks to take over my ticket"),
    NoticeKind.SEND_FAILED: N("Notices", "A reply was not sent"),
    NoticeKind.APPROVAL: N("Notices", "Something waits for my approval"),
    NoticeKind.DECIDED: N("Notices", "A senior decided about a reply of mine"),
    NoticeKind.ACT_UNCLEAR: N("Notices", "Not clear whether a shop did it"),
}
_COUNTED = {
    NoticeKind.NEW_TICKET: N("Notices", "%n new ticket(s)"),
    NoticeKind.ANSWER: N("Notices", "%n answer(s) on your tickets"),
    NoticeKind.ASSIGNED: N("Notices", "%n ticket(s) given to you"),
    NoticeKind.HANDED_OVER: N("Notices", "%n ticket(s) handed over to your team"),
    NoticeKind.CAME_BACK: N("Notices", "%n ticket(s) came back"),
    NoticeKind.MENTION: N("Notices", "%n mention(s) of you"),
    NoticeKind.ASKED: N("Notices", "%n ticket(s) asked of you"),
    NoticeKind.SEND_FAILED: N("Notices", "%n reply(s) not sent"),
    NoticeKind.APPROVAL: N("Notices", "%n thing(s) wait for your approval"),
    NoticeKind.DECIDED: N("Notices", "%n reply(s) of yours approved or returned"),
    NoticeKind.ACT_UNCLEAR: N("Notices", "%n act(s) in shops to be checked"),
}
_ALONE = {
    NoticeKind.NEW_TICKET: N("Notices", "A new ticket came in."),
    NoticeKind.ANSWER: N("Notices", "A customer answered on a ticket of yours."),
    NoticeKind.ASSIGNED: N("Notices", "A ticket was given to you."),
    NoticeKind.HANDED_OVER: N("Notices", "A ticket was handed over to your team."),
    NoticeKind.CAME_BACK: N("Notices", "A ticket came back: its time has come."),
    NoticeKind.MENTION: N("Notices", "A colleague mentions you in a note."),
    NoticeKind.ASKED: N("Notices", "A colleague asks to take over a ticket of yours."),
    NoticeKind.SEND_FAILED: N("Notices", "A reply did not leave. Please look at it."),
    NoticeKind.APPROVAL: N("Notices", "A colleague asks for your approval."),
    NoticeKind.DECIDED: N("Notices", "A senior approved or returned a reply of yours."),
    NoticeKind.ACT_UNCLEAR: N("Notices", "Please look in a shop whether something was done."),
}


def name_of(kind: NoticeKind) -> str:
    """As its switch is called."""
    return _tr(_NAMES[kind])


def worded(notices: Sequence[Notice], *, private: bool) -> tuple[str, str]:
    """Title and text of one notice for all of these. At least one."""
    if len(notices) == 1:
        only = notices[0]
        if private:
            return name_of(only.kind), _tr(_ALONE[only.kind])
        subject = only.subject if len(only.subject) <= _LONGEST else only.subject[:_LONGEST] + "…"
        text = f"#{only.number} {subject}".strip()
        return name_of(only.kind), f"{only.customer}\n{text}" if only.customer else text
    counts = Counter(one.kind for one in notices)
    # The gravest first: what did not leave, then what is meant for me alone.
    order = sorted(counts, key=list(NoticeKind).index, reverse=True)
    lines = [
        QCoreApplication.translate("Notices", _COUNTED[kind], "", counts[kind]) for kind in order
    ]
    title = QCoreApplication.translate("Notices", "%n thing(s) for you", "", len(notices))
    return title, "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Notices", text)
