"""What a sample desk consists of, as frozen rows: mail bytes, orders, and how staff left it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.orders import OrderData

FolderName = Literal["INBOX", "Sent"]


@dataclass(frozen=True, slots=True)
class SampleAgent:
    """A member of staff. ``signatures`` maps a language tag to the lines under a reply."""

    name: str
    address: str
    signatures: dict[str, str]


@dataclass(frozen=True, slots=True)
class SampleShop:
    """The team. ``mailboxes`` are addresses, the main one first."""

    name: str
    mailboxes: tuple[str, ...]
    agents: tuple[SampleAgent, ...]


@dataclass(frozen=True, slots=True)
class SampleMail:
    """One mail as a server would hold it: RFC 5322 bytes with CRLF, in a folder of a mailbox."""

    raw: bytes
    folder: FolderName
    mailbox: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SampleSetting:
    """How staff left the ticket that a mail is on, set in the order of the plan.

    ``message_id`` has its angle brackets; it is that of the ticket's first mail (or of a bounce,
    which may stand alone).
    """

    message_id: str
    status: TicketStatus
    assignee: str | None
    tags: tuple[str, ...]
    note: str | None
    note_by: str | None


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    """What is known of a customer beside the mails. ``phone`` is E.164 or ""."""

    name: str
    address: str
    language: str
    phone: str
    must_know: str


@dataclass(frozen=True, slots=True)
class SampleCanned:
    """A canned reply. ``texts`` maps a language tag to Liquid source; some lack a language."""

    name: str
    folder: str
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class SampleSource:
    """An order source with its orders, oldest first."""

    name: str
    orders: tuple[OrderData, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole desk to look at. ``mails`` stand in the order of their arrival."""

    shop: SampleShop
    mails: tuple[SampleMail, ...]
    tickets_plan: tuple[SampleSetting, ...]
    sources: tuple[SampleSource, ...]
    customers: tuple[SampleCustomer, ...]
    canned: tuple[SampleCanned, ...]

    @property
    def orders(self) -> tuple[OrderData, ...]:
        """The orders of all sources."""
        return tuple(order for source in self.sources for order in source.orders)
