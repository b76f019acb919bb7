"""Customers and agents as windows and commands hold them."""

from dataclasses import dataclass
from datetime import datetime

from .ids import AgentId, ContactPointId, CustomerId, OrderId, TicketId
from .kinds import ContactKind, TicketStatus


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a customer. Phones keep the text as written; ``key`` finds them again."""

    id: ContactPointId
    kind: ContactKind
    value: str
    is_primary: bool
    bounced: bool
    bounced_status: str = ""  # why, as in RFC 3463


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A person in a list or on the card."""

    id: CustomerId
    name: str
    email: str
    phone: str
    language: str
    must_know: str
    created_at: datetime
    ticket_count: int
    open_count: int
    order_count: int
    version: int


@dataclass(frozen=True, slots=True)
class CustomerNote:
    at: datetime
    agent_name: str
    text: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing on a customer's single axis: a ticket, an order or a note. Newest first."""

    at: datetime
    what: str  # ticket, order, note
    title: str
    detail: str
    status: TicketStatus | None
    ticket_id: TicketId | None
    ticket_number: int | None
    order_id: OrderId | None


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """Everything the customer window shows."""

    row: CustomerRow
    address: str
    time_zone: str
    honorific: str
    company: str
    contacts: tuple[ContactPoint, ...]
    notes: tuple[CustomerNote, ...]
    timeline: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class CustomerEdit:
    """New values for a customer's fields. None leaves a field alone."""

    name: str | None = None
    language: str | None = None
    must_know: str | None = None
    address: str | None = None
    time_zone: str | None = None
    honorific: str | None = None
    company: str | None = None


@dataclass(frozen=True, slots=True)
class AgentRow:
    """A member of staff."""

    id: AgentId
    name: str
    email: str
    role: str
    signature: str
    active: bool
    version: int
