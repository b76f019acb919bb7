"""Mail on its way from the ledger into tickets."""

from dataclasses import dataclass
from datetime import datetime

from .ids import BlobHash, MailboxId, ServerMailId
from .mail import Address, ParsedMail


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A stored mail that no ticket has yet. ``role`` is its folder's: inbox, sent or other.

    ``id`` is None for a mail from a file, which no ledger knows. ``old``: from before the desk's
    time, filed as closed and answered by nothing automatic. ``damaged``: its stored bytes are, and
    ``raw`` is empty.
    """

    id: ServerMailId | None
    mailbox_id: MailboxId | None
    role: str
    sha256: BlobHash
    raw: bytes
    internal_at: datetime | None
    old: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """The same mail read. ``parsed`` is None when it cannot be read; ``reason`` says why."""

    unfiled: Unfiled
    parsed: ParsedMail | None
    reason: str = ""

    @classmethod
    def read(cls, unfiled: Unfiled, reading: ParsedMail | str) -> "Arrived":
        """``reading``: the mail, or the short word why it cannot be read."""
        if unfiled.damaged:
            return cls(unfiled, None, "damaged")  # not "empty", as its missing bytes would read
        if isinstance(reading, str):
            return cls(unfiled, None, reading)
        return cls(unfiled, reading)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail about to be filed. ``original``: whose mail a member of staff forwards with it."""

    unfiled: Unfiled
    mail: ParsedMail
    original: Address | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a batch, counted. ``tickets`` counts the new ones, ``erased`` what is of
    people who were erased here, and was left out."""

    messages: int = 0
    tickets: int = 0
    duplicates: int = 0
    held: int = 0
    erased: int = 0

    def __add__(self, other: "Filed") -> "Filed":
        return Filed(
            self.messages + other.messages,
            self.tickets + other.tickets,
            self.duplicates + other.duplicates,
            self.held + other.held,
            self.erased + other.erased,
        )
