"""The support addresses of a desk, how complete each is here, and what is held."""

from collections.abc import Sequence
from dataclasses import replace

from deskapp.data.queries.mailboxes import (
    held_bytes,
    held_mails,
    mailbox_at,
    mailbox_row,
    mailbox_rows,
)
from deskapp.data.queries.mailboxes_write import (
    insert_mailbox,
    release_held,
    remove_mailbox,
    update_mailbox,
)
from deskapp.domain.contact import contact_key, contact_value
from deskapp.domain.hosts import is_host, is_loopback
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import ContactKind, Security
from deskapp.domain.mail import Address
from deskapp.domain.mailboxes import HeldMail, MailboxRow, MailboxSettings, Server
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

_INBOX = "INBOX"  # RFC 3501, 5.1: this name in any case; watched anyway


class Mailboxes:
    """Adds, changes and counts mailboxes. Passwords are never handed to it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[MailboxRow, ...]:
        """All mailboxes with their ledger in numbers, in the order they were added."""
        with self._context.database.reading() as connection:
            return mailbox_rows(connection)

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
            return insert_mailbox(unit, checked, self._context.now())

    def update(self, mailbox: MailboxId, settings: MailboxSettings) -> None:
        """Problems as ``add``, and NOT_FOUND. Its state becomes "new": it is tried again."""
        checked = _checked(settings)
        with self._context.database.writing() as unit:
            update_mailbox(unit, mailbox, checked)

    def remove(self, mailbox: MailboxId) -> None:
        """Stops pulling and sending for it; tickets and mails stay. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            remove_mailbox(unit, mailbox, self._context.now())

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
            return release_held(unit, ids, self._context.now())


def _checked(settings: MailboxSettings) -> MailboxSettings:
    address = contact_value(ContactKind.MAIL, settings.address)
    contact_key(ContactKind.MAIL, address)
    folders = (one_line(name, 500) for name in settings.folders)
    return replace(
        settings,
        address=address,
        signature=plain_text(settings.signature),
        name=one_line(settings.name, 200),
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
