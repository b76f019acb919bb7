"""What the facts of a ticket are called on screen: status, who is waited for, priority, dates."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import ACTIVE_STATUSES, TicketStatus
from deskapp.domain.ticket_facts import Priority, TagColour, WaitedFor, waited_for
from deskapp.domain.tickets import TicketRow

from . import text
from .translatable import N

_STATUS = {
    TicketStatus.NEW: N("Words", "New"),
    TicketStatus.OPEN: N("Words", "Open"),
    TicketStatus.WAITING: N("Words", "Waiting for customer"),
    TicketStatus.ON_HOLD: N("Words", "On hold"),
    TicketStatus.SOLVED: N("Words", "Solved"),
    TicketStatus.CLOSED: N("Words", "Closed"),
    TicketStatus.SPAM: N("Words", "Spam"),
    TicketStatus.MERGED: N("Words", "Merged"),
}
_WAITS_FOR = {
    WaitedFor.US: N("Words", "waits for us"),
    WaitedFor.CUSTOMER: N("Words", "waits for the customer"),
    WaitedFor.THIRD_PARTY: N("Words", "waits for a third party"),
    WaitedFor.NOBODY: N("Words", "waits for nobody"),
}
_PRIORITY = {
    Priority.LOW: N("Words", "Low"),
    Priority.NORMAL: N("Words", "Normal"),
    Priority.HIGH: N("Words", "High"),
    Priority.URGENT: N("Words", "Urgent"),
}
_COLOUR = {
    TagColour.NONE: N("Words", "No colour"),
    TagColour.TEAL: N("Words", "Teal"),
    TagColour.BLUE: N("Words", "Blue"),
    TagColour.VIOLET: N("Words", "Violet"),
    TagColour.GREEN: N("Words", "Green"),
    TagColour.YELLOW: N("Words", "Yellow"),
    TagColour.ORANGE: N("Words", "Orange"),
    TagColour.RED: N("Words", "Red"),
    TagColour.GREY: N("Words", "Grey"),
}
_DUE, _OVERDUE = N("Words", "due {time}"), N("Words", "overdue by {span}")


def _tr(said: str) -> str:
    return QCoreApplication.translate("Words", said)


def status(value: TicketStatus) -> str:
    return _tr(_STATUS[value])


def waits_for(value: TicketStatus) -> str:
    """Who has to act next on a ticket of this status."""
    return _tr(_WAITS_FOR[waited_for(value)])


def status_of(row: TicketRow) -> str:
    """The desk's own word for a ticket's status, else ours."""
    return row.label or status(row.status)


def status_meaning(value: TicketStatus, own: str = "") -> str:
    """ "On hold: waits for a third party"; ``own`` is the desk's word for the status."""
    return f"{own or status(value)}: {waits_for(value)}"


def priority(value: Priority) -> str:
    return _tr(_PRIORITY[value])


def colour(value: TagColour) -> str:
    """A tag's colour by name."""
    return _tr(_COLOUR[value])


def due_time(value: datetime) -> str:
    """A due date with its time; the end of a day is the day."""
    here = value.astimezone()
    if (here.hour, here.minute) == (23, 59):
        return text.day(value)
    return f"{text.day(value)} {text.clock(value)}"


def due_told(stored: str) -> str:
    """A due date as events keep it; what is no time is shown as it is stored."""
    try:
        return due_time(datetime.fromisoformat(stored))
    except ValueError:
        return stored


def due(row: TicketRow, now: datetime) -> str:
    """ "due Friday", "overdue by 2 d", "" for a ticket without a date or one that has ended."""
    if row.due_at is None or row.status not in ACTIVE_STATUSES:
        return ""
    if row.is_overdue(now):
        return _tr(_OVERDUE).replace("{span}", text.span(now - row.due_at))
    return _tr(_DUE).replace("{time}", text.ahead(row.due_at, now))
