"""Facts of a ticket beside its messages: whom it waits for, priority, team, due date, tags."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from .ids import LabelId, TagId, TagMergeId, TeamId
from .kinds import ACTIVE_STATUSES, TicketStatus
from .problem import Problem, ProblemKind
from .snoozing import granted, is_weekday, wish_read


class Priority(StrEnum):
    """How much a matter presses, least first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class WaitedFor(StrEnum):
    """Who has to act next."""

    US = "us"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    NOBODY = "nobody"


_WAITED_FOR = {
    TicketStatus.NEW: WaitedFor.US,
    TicketStatus.OPEN: WaitedFor.US,
    TicketStatus.WAITING: WaitedFor.CUSTOMER,
    TicketStatus.ON_HOLD: WaitedFor.THIRD_PARTY,
}


def waited_for(status: TicketStatus) -> WaitedFor:
    """Whom a ticket of this status waits for; what ended waits for nobody."""
    return _WAITED_FOR.get(status, WaitedFor.NOBODY)


class TagColour(StrEnum):
    """Colours by name; the theme says what they look like in light and dark. NONE: no dot."""

    NONE = ""
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    GREY = "grey"


LABELLED = (
    TicketStatus.OPEN,
    TicketStatus.WAITING,
    TicketStatus.ON_HOLD,
    TicketStatus.SOLVED,
    TicketStatus.CLOSED,
)
"""What the desk may have its own words for; the others are set by what happens."""


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """The desk's own word for a status, as "Waiting for parts" for on hold. The status stays what
    counts. One that is not ``active`` is offered no more, and shown where it was set."""

    id: LabelId
    name: str
    status: TicketStatus
    active: bool


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, with the names of those in it who work here. Not ``active``: offered no more."""

    id: TeamId
    name: str
    active: bool
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag with the number of tickets that have it, merged ones left out."""

    id: TagId
    name: str
    colour: TagColour
    tickets: int


@dataclass(frozen=True, slots=True)
class TagMerge:
    """That ``merged`` became ``kept``, on how many tickets; it can be taken back."""

    id: TagMergeId
    kept: str
    merged: str
    at: datetime
    agent_name: str
    tickets: int


def is_overdue(status: TicketStatus, due_at: datetime | None, now: datetime) -> bool:
    """Whether its date has passed while somebody still has to act."""
    return due_at is not None and due_at <= now and status in ACTIVE_STATUSES


def due_read(
    written: str, now: datetime, is_working: Callable[[date], bool] = is_weekday
) -> datetime:
    """What somebody typed as a due date: an ISO time or day (this machine's zone unless it names
    one; a day means its end), or the name of a time as for a snooze.

    It may have passed: who enters what was promised long ago is told that it is overdue. Raises
    Problem INVALID (what="due").
    """
    plain = written.strip()
    try:
        until = datetime.fromisoformat(plain)
    except ValueError:
        wish = wish_read(plain)
        named = granted(wish, now, is_working).until if wish else None
        if named is None:
            raise Problem(ProblemKind.INVALID, what="due", value=written) from None
        return named
    if len(plain) <= len("2026-12-01"):
        until = datetime.combine(until.date() + timedelta(days=1), time.min) - timedelta(minutes=1)
    return until.astimezone()
