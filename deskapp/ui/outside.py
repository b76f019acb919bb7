"""What windows need of rooms they may not enter: mail, shops, the keyring, the engine.

``app.py`` fills one ``Outside`` and hands it to the shell, which keeps it at
``ShellActions.outside``; the wizard takes the same one. The functions speak domain types only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from deskapp.domain.desk_move import Moved, MoveProgress
from deskapp.domain.mail import (
    AttachmentInfo,
    FetchedPictures,
    MailPage,
    ParsedMail,
    UnreadableMail,
)
from deskapp.domain.mailboxes import MailboxSettings, Server, StepResult
from deskapp.domain.order_files import ColumnMapping, FilePreview, Reading, ReadingHints
from deskapp.domain.order_sources import Secret, SourceSettings
from deskapp.domain.orders import SourceFacts
from deskapp.domain.people_files import PeopleMapping, PeoplePreview, PeopleReading
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretStore, SessionSecrets
from deskapp.settings import Settings

SuggestServers = Callable[[str], tuple[Server, Server] | None]
"""(receiving, sending) for a mail address, None for a domain nobody knows. No network."""

PasswordHint = Callable[[str], str]
"""For an address: "app_password", "authorisation_code" or "mailbox_password"."""

LiveTest = Callable[[MailboxSettings, str, str], Iterator[StepResult]]
"""(settings, IMAP password, SMTP password) → each step as it ends; blocks on the network."""

TestSource = Callable[[SourceSettings, Secret], SourceFacts]
"""The live test of an order source; blocks on the network. Raises Problem as its vendor does."""

PreviewOrders = Callable[[Path], FilePreview]
"""Raises Problem FILE_MISSING, FILE_UNREADABLE, TOO_LARGE, EMPTY."""

ReadMail = Callable[[bytes], ParsedMail]
"""One mail's bytes → the mail. Raises UnreadableMail."""

ReadFile = Callable[[bytes, int], tuple[AttachmentInfo, bytes]]
"""A file of a mail by its index. Raises KeyError."""

ReadPage = Callable[[bytes], MailPage]
"""A mail's HTML with places for pictures that lie elsewhere. No network. Raises UnreadableMail."""

FetchPictures = Callable[[Mapping[str, str]], FetchedPictures]
"""By name, from https addresses, without cookies, from public places only; blocks ≤ 30 s."""

ReadOrders = Callable[[Path, str | None, ColumnMapping | None, ReadingHints | None], Reading]
"""The whole file, nothing stored. Raises as ``PreviewOrders``, and WRONG_COLUMNS."""


PreviewPeople = Callable[[Path], PeoplePreview]
"""The columns of a file of customers. Raises as ``PreviewOrders``."""

ReadPeople = Callable[[Path, PeopleMapping | None], PeopleReading]
"""The whole file, nothing stored. Raises as ``PreviewOrders``, and WRONG_COLUMNS."""


class Mover(Protocol):
    """Takes the desk to another database; see ``deskapp.moving``."""

    def rest(self) -> None: ...
    def resume(self) -> None: ...
    def reopen(self) -> None: ...
    def stands(self) -> bool: ...
    def follow(self, to: str, password: str) -> bool: ...
    def move(
        self, to: str, password: str, told: Callable[[MoveProgress], None], *, try_only: bool
    ) -> Moved: ...


def _knows_no_servers(_address: str) -> tuple[Server, Server] | None:
    return None


def _any_password(_address: str) -> str:
    return "mailbox_password"


def _no_steps(_settings: MailboxSettings, _imap: str, _smtp: str) -> Iterator[StepResult]:
    return iter(())


def _no_source(settings: SourceSettings, _secret: Secret) -> SourceFacts:
    raise Problem(ProblemKind.OFFLINE, what="shop", host=settings.address or settings.name)


def _no_preview(path: Path) -> FilePreview:
    raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path))


def _no_reading(
    path: Path,
    _profile: str | None,
    _mapping: ColumnMapping | None,
    _hints: ReadingHints | None,
) -> Reading:
    raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path))


def _no_people_preview(path: Path) -> PeoplePreview:
    raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path))


def _no_people(path: Path, _mapping: PeopleMapping | None) -> PeopleReading:
    raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path))


def _no_mail(_raw: bytes) -> ParsedMail:
    raise UnreadableMail("internal")


def _no_file(_raw: bytes, index: int) -> tuple[AttachmentInfo, bytes]:
    raise KeyError(index)


def _no_page(_raw: bytes) -> MailPage:
    return MailPage("", "", {})


def _no_pictures(addresses: Mapping[str, str]) -> FetchedPictures:
    return FetchedPictures({}, dict.fromkeys(addresses, "unreachable"))


def _no_profiles() -> tuple[str, ...]:
    return ()


def _nothing_to_restart() -> None:
    return


@dataclass(frozen=True, slots=True)
class Outside:
    """The functions of other rooms, and this person's settings and passwords.

    ``profiles`` names the order files that ``read_orders`` knows. ``restart_engine`` is
    called when mailboxes or passwords changed. Each default does nothing harmful, so that a page
    stands without its outside.
    """

    suggest_servers: SuggestServers = _knows_no_servers
    password_hint: PasswordHint = _any_password
    live_test: LiveTest = _no_steps
    test_source: TestSource = _no_source
    preview_orders: PreviewOrders = _no_preview
    read_orders: ReadOrders = _no_reading
    preview_people: PreviewPeople = _no_people_preview
    read_people: ReadPeople = _no_people
    read_mail: ReadMail = _no_mail
    read_file: ReadFile = _no_file
    read_page: ReadPage = _no_page
    fetch_pictures: FetchPictures = _no_pictures
    profiles: Callable[[], tuple[str, ...]] = _no_profiles
    secrets: SecretStore = field(default_factory=SessionSecrets)
    restart_engine: Callable[[], None] = _nothing_to_restart
    settings: Settings = field(default_factory=Settings)
    mover: Mover | None = None
