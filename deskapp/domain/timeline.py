"""All that happened with one customer, on one axis, and what is still to happen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ids import MessageId, OrderId, TicketId
from .kinds import Direction, TicketStatus
from .mail import Address


class Happening(StrEnum):
    """What sort of thing stands on the axis. Values stand in the JSON as ``what``."""

    TICKET = "ticket"  # one line for a whole matter
    MAIL = "mail"
    CALL = "call"  # and chats, and whatever else was written down by hand
    NOTE = "note"  # on a ticket or on the customer
    ORDER = "order"
    RETURN = "return"


AXIS = tuple(one for one in Happening if one is not Happening.TICKET)
"""What is shown when nothing is chosen: a ticket's mails say more than its line."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing. ``who`` did it ("" for nobody named), from ``address``; ``channel`` of a call.
    ``title`` is the ticket's subject, the order's number, or a note's author."""

    at: datetime
    what: Happening
    title: str
    detail: str
    status: TicketStatus | None = None
    ticket_id: TicketId | None = None
    ticket_number: int | None = None
    order_id: OrderId | None = None
    message_id: MessageId | None = None
    direction: Direction | None = None
    who: str = ""
    channel: str = ""
    order_number: str = ""
    address: str = ""

    @property
    def address_key(self) -> str:
        """``address`` as contact points are compared by."""
        return Address("", self.address).key


@dataclass(frozen=True, slots=True)
class TimelineAsk:
    """Which part of the axis: entries of these kinds with all of ``words`` (folded like a search),
    from ``before`` back, without the first ``passed`` of that very moment."""

    kinds: tuple[Happening, ...] = AXIS
    words: str = ""
    before: datetime | None = None
    passed: int = 0
    limit: int = 40


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Newest first. ``more``: what to ask for the next page, None at the end."""

    entries: tuple[TimelineEntry, ...]
    more: TimelineAsk | None = None


class PromiseKind(StrEnum):
    """What is still to happen with a customer."""

    FOLLOW_UP = "follow_up"  # promised in a call
    DUE = "due"
    SNOOZE = "snooze"
    RETURN = "return"  # an open return case
    PARCEL = "parcel"  # an order not delivered on its expected day


@dataclass(frozen=True, slots=True)
class Promise:
    """One of them. ``at``: the moment it is for, None where nobody said one."""

    kind: PromiseKind
    at: datetime | None
    title: str
    ticket_id: TicketId | None = None
    ticket_number: int | None = None
    order_id: OrderId | None = None
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class Contacted:
    """When we were in touch: the first time, the last time they wrote, the last time we did."""

    first: datetime | None = None
    last_in: datetime | None = None
    last_out: datetime | None = None
