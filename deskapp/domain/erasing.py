"""Erasing a person at their wish: what would go, what stands in the way, and the proof."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from .ids import AgentId, CustomerId, TicketId

ERASED_WORDS = "[erased]"
"""Stands where words were, in the conversations and figures that stay."""


class EraseMode(StrEnum):
    ERASE = "erase"  # the tickets and orders go as well
    ANONYMISE = "anonymise"  # they stay for the figures, with nothing in them of the person


class StoneKind(StrEnum):
    """By what an erased person could come back."""

    MAIL = "mail"
    PHONE = "phone"
    HANDLE = "handle"
    MESSAGE = "message"  # a Message-ID
    CONTENT = "content"  # the hash of a mail's bytes
    ORDER = "order"  # source and number


@dataclass(frozen=True, slots=True)
class EraseCounts:
    """What is there of a person. ``records`` counts those merged into theirs, too."""

    records: int = 0
    contacts: int = 0
    notes: int = 0
    tickets: int = 0
    messages: int = 0
    attachments: int = 0
    drafts: int = 0
    orders: int = 0
    elsewhere: int = 0  # messages of theirs on tickets of other customers: their words go, too


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What erasing a customer would do, before anything is done.

    ``open_tickets`` are numbers. ``waiting`` are replies that have not left, ``uncertain`` those
    of which nobody knows whether they left, ``acts`` what is under way in a shop: each forbids it
    until it is settled, as does ``hold``, the reason of a legal hold. ``of_others`` counts
    messages that other people wrote on their tickets, ``quoted_on`` the numbers of other tickets
    whose words name an address or phone of theirs: these words are other people's and stay.
    ``on_server``: mails that their mailbox's server still has, as far as the desk knows.
    """

    customer: CustomerId
    name: str
    counts: EraseCounts
    open_tickets: tuple[int, ...] = ()
    waiting: int = 0
    uncertain: int = 0
    acts: int = 0
    hold: str = ""
    of_others: int = 0
    quoted_on: tuple[int, ...] = ()
    on_server: int = 0
    ticket_ids: tuple[TicketId, ...] = ()

    @property
    def forbidden(self) -> bool:
        """Whether something must be settled first."""
        return bool(self.waiting or self.uncertain or self.acts or self.hold)


@dataclass(frozen=True, slots=True)
class EraseProof:
    """The proof sheet: no word in it says who it was. ``identifiers`` are hashes under the desk's
    secret. ``cleaned_at`` is None while the database's free space may still hold the words."""

    id: int
    at: datetime
    agent_name: str
    mode: EraseMode
    counts: EraseCounts
    identifiers: tuple[str, ...]
    cleaned_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonExport:
    """What an archive about one person holds, and where it is."""

    tickets: int
    messages: int
    originals: int
    attachments: int
    orders: int
    path: Path


@dataclass(frozen=True, slots=True)
class LegalHold:
    """A reason for which nothing of a customer may be erased; ``until`` None has no end."""

    reason: str
    until: datetime | None
    at: datetime
    agent: AgentId | None = None


def stone_hash(secret: bytes, kind: StoneKind, value: str) -> str:
    """An identifier as a tombstone keeps it: HMAC-SHA256 (RFC 2104), so that a list of addresses
    cannot be tried against the table by somebody without the desk's secret."""
    said = f"erased:{kind.value}:{value}".encode("utf-8", "surrogatepass")
    return hmac.digest(secret, said, "sha256").hex()
