"""Joins the rooms into a working desk, the same way for every face."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .data.database import Database
from .data.upgrade import open_desk
from .desk import Desk, MailFunctions
from .domain.changes import Changes
from .domain.line import Line
from .domain.mail import AttachmentInfo, FetchedPictures, MailPage, ParsedMail
from .domain.mailboxes import MailboxSettings, StepResult
from .domain.order_files import ColumnMapping, FilePreview, Reading, ReadingHints
from .domain.order_sources import SourceSettings, key_place
from .domain.people_files import PeopleMapping, PeoplePreview, PeopleReading
from .domain.problem import Problem
from .domain.replies import OutgoingMail
from .secrets import SecretStore, kept_source_secret


def open_house(
    url: str,
    *,
    create: bool = False,
    name: str = "",
    agent_name: str = "",
    beside_others: bool = False,
    waiting: Callable[[], None] = lambda: None,
    announce: Callable[[Changes], None] | None = None,
    tell_line: Callable[[Line], None] | None = None,
) -> Desk:
    """A desk ready for work; ``create`` makes it where there is none.

    ``agent_name`` is who acts; an unknown name acts as nobody, and where the sign-in says who
    acts it says nothing. Raises Problem when the desk is not
    there, is newer than this program, or cannot be reached.
    """
    database = Database(url, announce=announce, tell_line=tell_line)
    try:
        open_desk(database, create=create, name=name, beside_others=beside_others, waiting=waiting)
        desk = Desk(database, MailFunctions(_parse, _build, _read_attachment))
        if not desk.recognise().fixed and agent_name:
            _act_as(desk, agent_name)
    except BaseException:
        database.close()
        raise
    return desk


def unknown_passwords(desk: Desk, secrets: SecretStore) -> list[str]:
    """The mailboxes whose password nothing here knows."""
    addresses = [box.settings.address for box in desk.mailboxes.list()]
    return [one for one in addresses if secrets.get(one, "imap") is None]


def unknown_keys(desk: Desk, secrets: SecretStore) -> list[tuple[str, SourceSettings]]:
    """The order sources whose key is to be asked for at a start, each by its owner's name.

    None where a keyring lasts: there another computer may be the one that reads the shops.
    """
    unknown: list[tuple[str, SourceSettings]] = []
    for source in () if secrets.lasting else desk.order_sources.standings():
        owner = desk.order_sources.secret_owner(source.id)
        try:
            kept_source_secret(secrets, owner, source.settings)
        except Problem:
            if source.asked:
                unknown.append((owner, source.settings))
    return unknown


def engine_greeting(desk: Desk, secrets: SecretStore) -> list[Mapping[str, object]]:
    """Passwords that live in this process only, for the engine, over its pipe."""
    if secrets.lasting:
        return []
    said: list[Mapping[str, object]] = []
    for box in desk.mailboxes.list():
        address = box.settings.address
        imap, smtp = secrets.get(address, "imap"), secrets.get(address, "smtp")
        if imap:
            said.append({"do": "secret", "mailbox": address, "imap": imap, "smtp": smtp or imap})
    for source in desk.order_sources.standings():
        try:
            kept = kept_source_secret(
                secrets, desk.order_sources.secret_owner(source.id), source.settings
            )
        except Problem:
            continue  # told on the settings page
        place = key_place(source.settings)
        told = {"source": int(source.id), "place": place, "secret": dict(kept)}
        said.append({"do": "shop_secret", **told})
    return said


def _act_as(desk: Desk, name: str) -> None:
    try:
        desk.agent = desk.agents.by_name(name)
    except Problem:
        desk.agent = None


# The rooms of mail and shops are loaded when first used: a command that lists tickets has 0.2 s
# for all it does, and a window that opens hardly more.


def _parse(raw: bytes) -> ParsedMail:
    from .mail.parse import parse_mail

    return parse_mail(raw)


def _build(mail: OutgoingMail) -> bytes:
    from .mail.compose import build_mail

    return build_mail(mail)


def _read_attachment(raw: bytes, index: int) -> tuple[AttachmentInfo, bytes]:
    from .mail.parse import read_attachment

    return read_attachment(raw, index)


def read_mail(raw: bytes) -> ParsedMail:
    """See ``mail.parse.parse_mail``."""
    return _parse(raw)


def read_file(raw: bytes, index: int) -> tuple[AttachmentInfo, bytes]:
    """See ``mail.parse.read_attachment``."""
    return _read_attachment(raw, index)


def read_page(raw: bytes) -> MailPage:
    """See ``mail.parse.read_page``."""
    from .mail.parse import read_page

    return read_page(raw)


def fetch_pictures(addresses: Mapping[str, str]) -> FetchedPictures:
    """See ``web.fetch_pictures``."""
    from .web import fetch_pictures

    return fetch_pictures(addresses)


def live_test(settings: MailboxSettings, imap: str, smtp: str) -> Iterator[StepResult]:
    """See ``mail.live_test.test_mailbox``."""
    from .mail.live_test import test_mailbox

    return test_mailbox(settings, imap, smtp)


def preview_orders(path: Path) -> FilePreview:
    """See ``shops.files.preview_orders``."""
    from .shops import files

    return files.preview_orders(path)


def read_orders(
    path: Path,
    profile: str | None,
    mapping: ColumnMapping | None,
    hints: ReadingHints | None,
) -> Reading:
    """See ``shops.files.read_orders``."""
    from .shops import files

    return files.read_orders(path, profile, mapping, hints)


def preview_people(path: Path) -> PeoplePreview:
    """See ``shops.people.preview_people``."""
    from .shops import people

    return people.preview_people(path)


def read_people(path: Path, mapping: PeopleMapping | None) -> PeopleReading:
    """See ``shops.people.read_people``."""
    from .shops import people

    return people.read_people(path, mapping)


def order_profiles() -> tuple[str, ...]:
    """The order files that ``read_orders`` knows by name."""
    from .shops import files

    return tuple(files.PROFILES)
