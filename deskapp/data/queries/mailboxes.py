"""Mailboxes with their ledgers in numbers, and the mails that are held."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, select, text

from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import LedgerState, Security
from deskapp.domain.mailboxes import (
    FolderCount,
    HeldMail,
    MailboxRow,
    MailboxSettings,
    MissingMails,
    Server,
)
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.columns import AnyRow
from ..tables.mail import folder, mailbox, server_mail
from .blobs import get_blob
from .folders import configured_folders
from .leases import held_since
from .ledger_counts import folder_counts

_IN_TROUBLE = text("server_mail.state IN ('pending', 'held')")

OTHER_FOLDER = "other"
"""The role of a folder that is watched because a person named it."""


def mailbox_rows(connection: Connection, only: MailboxId | None = None) -> tuple[MailboxRow, ...]:
    """Mailboxes in the order they were added, less the removed; ``only`` narrows to one."""
    statement = select(mailbox).where(mailbox.c.removed_at.is_(None)).order_by(mailbox.c.id)
    if only is not None:
        statement = statement.where(mailbox.c.id == only)
    found = connection.execute(statement).all()
    folders = folder_counts(connection, [MailboxId(row.id) for row in found])
    return tuple(
        _row(
            row,
            folders.get(MailboxId(row.id), ()),
            configured_folders(connection, MailboxId(row.id)),
            held_since(connection, lease_name(row.id)),
        )
        for row in found
    )


def lease_name(mailbox_id: int) -> str:
    """The name under which an engine takes a mailbox for itself."""
    return f"mailbox:{mailbox_id}"


def mailbox_row(connection: Connection, mailbox_id: MailboxId) -> MailboxRow:
    """Raises Problem(NOT_FOUND), also for a removed one."""
    for row in mailbox_rows(connection, mailbox_id):
        return row
    raise Problem(ProblemKind.NOT_FOUND, what="mailbox", id=mailbox_id)


def mailbox_at(connection: Connection, address_key: str) -> MailboxId:
    """Raises Problem(NOT_FOUND)."""
    found = connection.execute(
        select(mailbox.c.id).where(
            mailbox.c.address_key == address_key, mailbox.c.removed_at.is_(None)
        )
    ).scalar()
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="mailbox", value=address_key)
    return MailboxId(found)


def held_mails(connection: Connection) -> tuple[HeldMail, ...]:
    """All mails that cannot be read yet, oldest first, also those of removed mailboxes."""
    statement = (
        select(
            server_mail.c.id,
            mailbox.c.address,
            folder.c.name,
            server_mail.c.uid,
            server_mail.c.reason,
            server_mail.c.attempts,
            server_mail.c.first_seen_at,
            server_mail.c.sha256.is_not(None).label("has_bytes"),
        )
        .join(folder, folder.c.id == server_mail.c.folder_id)
        .join(mailbox, mailbox.c.id == folder.c.mailbox_id)
        .where(_IN_TROUBLE)  # lets SQLite take the partial index
        .where(server_mail.c.state == LedgerState.HELD)
        .order_by(server_mail.c.first_seen_at, server_mail.c.id)
    )
    return tuple(
        HeldMail(
            row.id,
            row.address,
            row.name,
            row.uid,
            row.reason,
            row.attempts,
            row.first_seen_at,
            bool(row.has_bytes),
        )
        for row in connection.execute(statement)
    )


def missing_mails(connection: Connection, mailbox_id: MailboxId) -> tuple[MissingMails, ...]:
    """What the server has and nobody here can read, by folder and reason, with its UIDs.

    Mails of the present epoch only: UIDs of earlier ones mean nothing on the server any more.
    """
    statement = (
        select(
            folder.c.name,
            server_mail.c.state,
            server_mail.c.reason,
            server_mail.c.uid,
            server_mail.c.retry_at,
            server_mail.c.sha256.is_not(None).label("has_bytes"),
        )
        .join(folder, folder.c.id == server_mail.c.folder_id)
        .where(_IN_TROUBLE)
        .where(
            folder.c.mailbox_id == mailbox_id,
            folder.c.watched,
            server_mail.c.uidvalidity == folder.c.uidvalidity,
        )
        .order_by(folder.c.id, server_mail.c.state, server_mail.c.reason, server_mail.c.uid)
    )
    found: dict[tuple[str, LedgerState, str, bool], list[AnyRow]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.name, LedgerState(row.state), row.reason, bool(row.has_bytes)].append(row)
    return tuple(
        MissingMails(
            name,
            state,
            reason,
            tuple(row.uid for row in rows),
            min((row.retry_at for row in rows if row.retry_at), default=None),
            has_bytes,
        )
        for (name, state, reason, has_bytes), rows in found.items()
    )


def held_bytes(connection: Connection, held_id: int) -> bytes:
    """A held mail as it came. Raises Problem(NOT_FOUND) where only the server has it."""
    name = connection.execute(
        select(server_mail.c.sha256).where(server_mail.c.id == held_id)
    ).scalar()
    if name is None:
        raise Problem(ProblemKind.NOT_FOUND, what="held", id=held_id)
    return get_blob(connection, name)


def _row(
    row: AnyRow,
    folders: tuple[FolderCount, ...],
    named: tuple[str, ...],
    lease: tuple[str, datetime | None],
) -> MailboxRow:
    settings = MailboxSettings(
        address=row.address,
        name=row.name,
        imap=Server(row.imap_host, row.imap_port, Security(row.imap_security), row.imap_user),
        smtp=Server(row.smtp_host, row.smtp_port, Security(row.smtp_security), row.smtp_user),
        folders=named,
        since=row.since,
        signature=row.signature,
        aliases=tuple(row.aliases.split()),
        country=row.country,
    )
    return MailboxRow(
        id=MailboxId(row.id),
        settings=settings,
        state=row.state,
        state_detail=row.state_detail,
        last_success_at=row.last_success_at,
        folders=folders,
        lease_holder=lease[0],
        lease_since=lease[1],
        state_since=row.state_since,
        retry_at=row.retry_at,
        asked=row.asked,
        stopped=row.stopped,
        stopped_until_start=row.stopped_until_start,
    )
