"""What a ticket's history says of replies that wait for a senior."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.approvals import HEARD_FIRST, TAKEN_BACK
from deskapp.domain.kinds import EventKind
from deskapp.domain.tickets import EventRow

from .translatable import N

APPROVAL_EVENTS = {EventKind.APPROVAL: N("Words", "{who} decided about a reply")}
_SAID = {
    "submitted": N("Words", "{who} handed in a reply for a senior's approval"),
    "returned": N("Words", "{who} returned the reply with a comment"),
    "approved": N("Words", "{who} approved the reply"),
    "changed": N("Words", "{who} changed the reply and approved it"),
    "withdrawn": N("Words", "{who} took the reply back before it was approved"),
    TAKEN_BACK: N("Words", "{who} took the approval back"),
    HEARD_FIRST: N(
        "Words", "The customer wrote first: the approved reply did not leave, and waits again"
    ),
}


def approval_event(row: EventRow, who: str) -> str:
    """One line of a ticket's history, for a kind of ``APPROVAL_EVENTS``."""
    said = _SAID.get(row.reason, APPROVAL_EVENTS[EventKind.APPROVAL])
    return QCoreApplication.translate("Words", said).replace("{who}", who)
