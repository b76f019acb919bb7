"""One canned reply to the customers of many tickets: who gets what, and who cannot get it."""

from dataclasses import dataclass
from enum import StrEnum

from .ids import ActId, TicketId
from .mail import Address


class BlockedBy(StrEnum):
    """Why a ticket gets no reply of a bulk."""

    PLACEHOLDER = "placeholder"  # something in the text has no value here
    RECIPIENT = "recipient"  # nobody to write to, or no address
    DRAFT = "draft"  # the agent is writing an answer of their own
    NO_MAIL = "no_mail"  # its customer wants no mail
    GONE = "gone"  # merged away meanwhile, or changed while it was sent
    FAULT = "fault"  # the text is wrong


@dataclass(frozen=True, slots=True)
class Blocked:
    """``detail``: the placeholders, or the address."""

    ticket: TicketId
    number: int
    why: BlockedBy
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one customer would get."""

    ticket: TicketId
    number: int
    to: tuple[Address, ...]
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """``ready`` of all tickets would get it; ``samples`` are the first of them."""

    ready: int
    samples: tuple[Sample, ...]
    blocked: tuple[Blocked, ...]


@dataclass(frozen=True, slots=True)
class BulkPart:
    """What one part of the sending came to. ``act`` is the whole bulk's, to go on with."""

    queued: int
    blocked: tuple[Blocked, ...]
    act: ActId | None
