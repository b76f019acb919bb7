"""A support address with its servers, and how complete it is here."""

from dataclasses import dataclass
from datetime import datetime

from .ids import FolderId, MailboxId
from .kinds import LedgerState, Security
from .problem import ProblemKind

STOPPED = "stopped"
"""The reason of a mail whose turn had not come when its import was stopped."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where to connect and how."""

    host: str
    port: int
    security: Security
    user: str


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """What a person states when adding a mailbox. Passwords are never part of it.

    ``folders`` are watched besides INBOX and Sent; ``since`` limits the first import.
    ``aliases`` are other addresses whose mail comes here. ``country`` (ISO 3166, "" for not said)
    is where its customers' phones are from that have no country code.
    """

    address: str
    name: str
    imap: Server
    smtp: Server
    folders: tuple[str, ...] = ()
    since: datetime | None = None
    signature: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class FolderCount:
    """One folder's ledger in numbers. ``on_server`` is None before the first contact.

    ``not_asked`` is on the server and older than the import was asked to reach. ``answered`` is
    the wish for a full look (``MailboxRow.asked``) that the last one served. ``erased`` is of
    people who were erased here; it may still lie on the server.
    """

    id: FolderId
    name: str
    role: str
    on_server: int | None
    stored: int
    held: int
    pending: int
    vanished: int
    last_full_check_at: datetime | None
    not_asked: int = 0
    answered: int | None = None
    erased: int = 0


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A mailbox with its completeness. ``state`` is "new", "ok" or a ProblemKind's value.

    ``retry_at``: the server asked to be left alone until then. ``asked`` numbers the wishes for a
    full look; ``stopped`` is the one that stopped the import, None while it is not stopped.
    """

    id: MailboxId
    settings: MailboxSettings
    state: str
    state_detail: str
    last_success_at: datetime | None
    folders: tuple[FolderCount, ...]
    lease_holder: str
    lease_since: datetime | None = None
    state_since: datetime | None = None
    retry_at: datetime | None = None
    asked: int = 0
    stopped: int | None = None
    stopped_until_start: bool = False

    @property
    def wanted(self) -> int:
        """What the server has of what was asked for; ``here`` of it is the promise."""
        return self.on_server - self.not_asked - self.erased

    @property
    def here(self) -> int:
        """Stored byte for byte, readable or held."""
        return min(self.stored + self.held, self.wanted)

    @property
    def pending(self) -> int:
        return sum(folder.pending for folder in self.folders)

    @property
    def not_asked(self) -> int:
        return sum(folder.not_asked for folder in self.folders)

    @property
    def erased(self) -> int:
        return sum(folder.erased for folder in self.folders)

    @property
    def not_looked_at(self) -> str:
        """The watched folders that the server has not, or shows in another way; "" for none."""
        of_one_folder = (ProblemKind.FOLDER_MISSING, ProblemKind.FOLDER_IS_VIEW)
        return self.state_detail if self.state in of_one_folder else ""

    @property
    def complete(self) -> bool:
        """Whether the last contact went well, and left nothing of what was asked for behind."""
        compared = all(folder.last_full_check_at for folder in self.folders)
        return self.state == "ok" and bool(self.folders) and compared and not self.pending

    def looked_at_since(self, wish: int) -> bool:
        """Whether every folder was compared in full since this wish."""
        return bool(self.folders) and all((one.answered or 0) >= wish for one in self.folders)

    @property
    def on_server(self) -> int:
        return sum(folder.on_server or 0 for folder in self.folders)

    @property
    def stored(self) -> int:
        return sum(folder.stored for folder in self.folders)

    @property
    def held(self) -> int:
        return sum(folder.held for folder in self.folders)


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail that is here but cannot be read yet, with the reason and its place."""

    id: int
    mailbox: str
    folder: str
    uid: int
    reason: str
    attempts: int
    first_seen_at: datetime
    has_bytes: bool


@dataclass(frozen=True, slots=True)
class MissingMails:
    """Mails of one folder that the server has and nobody here can read, for one reason.

    ``uids`` ascend; ``retry_at`` is when the first of them is asked for again. ``has_bytes``: they
    are stored byte for byte, and only reading them failed.
    """

    folder: str
    state: LedgerState
    reason: str
    uids: tuple[int, ...]
    retry_at: datetime | None
    has_bytes: bool


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of the live test of a mailbox: name, tls, sign_in, folders, smtp.

    ``kind`` is "" when it went well, else a ProblemKind's value; ``said`` are the server's words.
    """

    step: str
    ok: bool
    kind: str = ""
    said: str = ""
