"""What stands on a message: its files, how far it came, what it makes us ask."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ids import ApprovalId, AttachmentId, MessageId, OutboxId, TicketId
from .kinds import OutboxPhase, OutboxState
from .mail import Address


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file on a message. ``dangerous`` types are never opened, only saved on purpose."""

    id: AttachmentId
    message_id: MessageId
    filename: str
    content_type: str
    size: int
    inline: bool
    content_id: str
    dangerous: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one of our replies came."""

    outbox_id: OutboxId
    state: OutboxState
    phase: OutboxPhase
    not_before: datetime
    sent_at: datetime | None
    attempts: int
    last_error: str
    fault: str = ""  # whose words last_error is: domain.outbox_trouble.SendFault


@dataclass(frozen=True, slots=True)
class Approved:
    """That a senior approved a reply of ours, and whether they made something else of it."""

    id: ApprovalId
    senior: str
    changed: bool


class AskKind(StrEnum):
    """What a message makes us ask staff."""

    NEWCOMER = "newcomer"  # somebody who is not the ticket's customer wrote: who are they?
    FORWARDED = "forwarded"  # one of us forwarded it: is the original sender the customer?
    CLAIMS = "claims"  # names another ticket: does it belong there?


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about a message: ``who`` it is about, and which ticket it claims."""

    kind: AskKind
    who: Address
    ticket: TicketId | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A report that a message of ours did not reach ``recipient``. ``status`` as in RFC 3463."""

    recipient: str
    status: str
    permanent: bool
    at: datetime
