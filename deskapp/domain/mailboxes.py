"""A support address with its servers, and how complete it is here."""

from dataclasses import dataclass
from datetime import datetime

from .ids import FolderId, MailboxId
from .kinds import Security


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
    """

    address: str
    name: str
    imap: Server
    smtp: Server
    folders: tuple[str, ...] = ()
    since: datetime | None = None
    signature: str = ""


@dataclass(frozen=True, slots=True)
class FolderCount:
    """One folder's ledger in numbers. ``on_server`` is None before the first contact."""

    id: FolderId
    name: str
    role: str
    on_server: int | None
    stored: int
    held: int
    pending: int
    vanished: int
    last_full_check_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A mailbox with its completeness. ``state`` is "new", "ok" or a ProblemKind's value."""

    id: MailboxId
    settings: MailboxSettings
    state: str
    state_detail: str
    last_success_at: datetime | None
    folders: tuple[FolderCount, ...]
    lease_holder: str

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
class StepResult:
    """One step of the live test of a mailbox: name, tls, sign_in, folders, smtp.

    ``kind`` is "" when it went well, else a ProblemKind's value; ``said`` are the server's words.
    """

    step: str
    ok: bool
    kind: str = ""
    said: str = ""
