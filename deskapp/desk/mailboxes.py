"""The support addresses of a desk, how complete each is here, and what is held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deskapp import __version__
from deskapp.data.queries import mailboxes_write as write
from deskapp.data.queries.desk_info import note_read_with, read_with
from deskapp.data.queries.mailboxes import (
    held_bytes,
    held_mails,
    mailbox_at,
    mailbox_row,
    mailbox_rows,
    missing_mails,
)
from deskapp.domain.contact import contact_key, contact_value, country_code
from deskapp.domain.hosts import is_host, is_loopback
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import ContactKind, Security
from deskapp.domain.last_edits import About
from deskapp.domain.mail import Address
from deskapp.domain.mailboxes import (
    HeldMail,
    MailboxRow,
    MailboxSettings,
    MissingMails,
    Server,
)
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.seen import joined

from .context import Context
from .last_edits import edited
from .roles import carries_mail

_INBOX = "INBOX"  # RFC 3501, 5.1: this name in any case; watched anyway


class Mailboxes:
    """Adds, changes and counts mailboxes. Passwords are never handed to it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[MailboxRow, ...]:
        """All mailboxes with their ledger in numbers, in the order they were added."""
        with self._context.database.reading() as connection:
            return mailbox_rows(connection)

    def carried(self, only: MailboxId | None = None) -> tuple[MailboxRow, ...]:
        """Those that this program fetches and sends for, or ``only`` this one of them: none while
        it is a junior's."""
        with self._context.database.reading() as connection:
            rows = mailbox_rows(connection) if carries_mail(connection) else ()
        return tuple(row for row in rows if only in (None, row.id))

    def get(self, mailbox: MailboxId) -> MailboxRow:
        """Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return mailbox_row(connection, mailbox)

    def by_address(self, address: str) -> MailboxId:
        """Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return mailbox_at(connection, Address("", address).key)

    def add(self, settings: MailboxSettings) -> MailboxId:
        """Adds a mailbox; one that was removed comes back with what is known of it.

        Raises Problem INVALID (what="mail", "host" or "port"), PLAIN_NOT_LOOPBACK or DUPLICATE.
        """
        checked = _checked(settings)
        with self._context.database.writing() as unit:
            return write.insert_mailbox(unit, checked, self._context.now())

    def update(
        self,
        mailbox: MailboxId,
        settings: MailboxSettings,
        seen: MailboxSettings | None = None,
    ) -> None:
        """Problems as ``add``, and NOT_FOUND. Its state becomes "new": it is tried again.

        ``seen``: what ``settings`` were made from; what others changed since elsewhere in them
        stays. Raises Problem(CHANGED_MEANWHILE, what="mailbox") where both changed one of them.
        """
        checked = _checked(settings)
        with self._context.database.writing() as unit:
            if seen is not None:
                now = write.locked_settings(unit, mailbox)
                checked = joined(seen, checked, now, "mailbox")
            write.update_mailbox(unit, mailbox, checked)
            edited(self._context, unit, About.MAILBOX, mailbox)

    def remove(self, mailbox: MailboxId) -> None:
        """Stops pulling and sending for it; tickets and mails stay. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            write.remove_mailbox(unit, mailbox, self._context.now())

    def set_country(self, mailbox: MailboxId, country: str, seen: str | None = None) -> None:
        """Where its customers' phones are from that have no country code, as "VN"; "" for not
        said. Raises Problem NOT_FOUND, INVALID (what="country_code"), or CHANGED_MEANWHILE
        (what="mailbox_country") with the ``value`` of now where that is not what was ``seen``."""
        code = country_code(country)
        with self._context.database.writing() as unit:
            if seen is not None:
                now = write.locked_settings(unit, mailbox).country
                if now not in (country_code(seen), code):
                    raise Problem(ProblemKind.CHANGED_MEANWHILE, what="mailbox_country", value=now)
            write.set_country(unit, mailbox, code)
            edited(self._context, unit, About.MAILBOX, mailbox)

    def ask_full_look(self, mailbox: MailboxId) -> int:
        """Asks the engine that has the lease, wherever it runs, for a full comparison now.

        Returns the number of the wish: ``MailboxRow.looked_at_since`` tells when it is served.
        Raises Problem(NOT_FOUND).
        """
        with self._context.database.writing() as unit:
            return write.ask_full_look(unit, mailbox)

    def missing(self, mailbox: MailboxId) -> tuple[MissingMails, ...]:
        """What the server has and nobody here can read, by folder and reason; () is the promise."""
        with self._context.database.reading() as connection:
            return missing_mails(connection, mailbox)

    def stop_import(self, mailbox: MailboxId, *, until_start: bool = False) -> None:
        """Leaves what is not here yet on the server; mail that arrives from now on still comes.

        ``until_start``: the next start of an engine goes on by itself. Raises NOT_FOUND.
        """
        with self._context.database.writing() as unit:
            write.stop_import(unit, mailbox, until_start=until_start)

    def resume_import(self, mailbox: MailboxId) -> None:
        """Goes on where it was stopped. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            write.resume_import(unit, mailbox)

    def fetch_since(self, mailbox: MailboxId, since: datetime | None) -> None:
        """Asks for mail from that date on, or for all; what is here stays. Raises NOT_FOUND."""
        with self._context.database.writing() as unit:
            write.fetch_since(unit, mailbox, since)

    def begin(self, only: MailboxId | None = None) -> None:
        """What a start of the engine sets going: imports stopped until then, and, when the program
        is another version than the last one, all held mails are read again.
        """
        with self._context.database.reading() as connection:
            rows = mailbox_rows(connection, only)
            known = read_with(connection) == __version__
        waiting = [row.id for row in rows if row.stopped is not None and row.stopped_until_start]
        if known and not waiting:
            return
        with self._context.database.writing() as unit:
            write.resume_stopped_until_start(unit, waiting)
            if not known:
                write.release_held(unit, None, self._context.now())
                note_read_with(unit, __version__)

    def held(self) -> tuple[HeldMail, ...]:
        """The mails that are stored, or stuck on the server, and cannot be read yet."""
        with self._context.database.reading() as connection:
            return held_mails(connection)

    def held_raw(self, held: int) -> bytes:
        """The bytes as they came. Raises Problem(NOT_FOUND) where only the server has them."""
        with self._context.database.reading() as connection:
            return held_bytes(connection, held)

    def retry_held(self, ids: Sequence[int] | None = None) -> int:
        """Has held mails read (or fetched) again; None: all. How many that are."""
        with self._context.database.writing() as unit:
            return write.release_held(unit, ids, self._context.now())


def _checked(settings: MailboxSettings) -> MailboxSettings:
    address = contact_value(ContactKind.MAIL, settings.address)
    contact_key(ContactKind.MAIL, address)
    others = [contact_value(ContactKind.MAIL, one) for one in settings.aliases]
    for one in others:
        contact_key(ContactKind.MAIL, one)
    folders = (one_line(name, 500) for name in settings.folders)
    return replace(
        settings,
        address=address,
        aliases=tuple(one for one in dict.fromkeys(others) if one != address),
        signature=plain_text(settings.signature),
        name=one_line(settings.name, 200),
        country=country_code(settings.country),
        imap=_checked_server(settings.imap, address),
        smtp=_checked_server(settings.smtp, address),
        folders=tuple(dict.fromkeys(name for name in folders if name and name.upper() != _INBOX)),
    )


def _checked_server(server: Server, address: str) -> Server:
    host = server.host.strip()
    if not is_host(host):
        raise Problem(ProblemKind.INVALID, what="host", value=host[:80])
    if not 0 < server.port < 65536:
        raise Problem(ProblemKind.INVALID, what="port", value=server.port)
    if server.security is Security.NONE and not is_loopback(host):
        raise Problem(ProblemKind.PLAIN_NOT_LOOPBACK, host=host)
    return replace(server, host=host, user=one_line(server.user, 320) or address)
