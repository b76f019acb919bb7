"""Mailboxes and their folders as the engine keeps them: what to pull, how far, in what state."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    or_,
    select,
    update,
)

from deskapp.domain.ids import FolderId, MailboxId

from ..database import Unit
from ..tables.mail import folder, mailbox
from .upsert import insert_into


@dataclass(frozen=True, slots=True)
class FolderMark:
    """What we knew of a folder at the last look. ``exists`` counts what is in scope there."""

    id: FolderId
    name: str
    role: str  # inbox, sent, other
    uidvalidity: int | None
    exists: int | None
    highest_modseq: int | None
    last_full_check_at: datetime | None


def ensure_folder(connection: Connection, mailbox_id: MailboxId, name: str, role: str) -> FolderId:
    """The folder's row, made when it is new; its role follows what the server says today."""
    connection.execute(
        insert_into(connection, folder).on_conflict_do_update(
            index_elements=["mailbox_id", "name"], set_={"role": role}
        ),
        {"mailbox_id": mailbox_id, "name": name, "role": role, "watched": True},
    )
    found = connection.execute(
        select(folder.c.id).where(folder.c.mailbox_id == mailbox_id, folder.c.name == name)
    ).scalar_one()
    return FolderId(found)


def folder_mark(connection: Connection, folder_id: FolderId) -> FolderMark:
    """Reads one folder's mark."""
    row = connection.execute(select(folder).where(folder.c.id == folder_id)).one()
    return FolderMark(
        FolderId(row.id),
        row.name,
        row.role,
        row.uidvalidity,
        row.on_server,
        row.highest_modseq,
        row.last_full_check_at,
    )


def note_check(
    unit: Unit, folder_id: FolderId, *, exists: int, highest_modseq: int | None, at: datetime
) -> None:
    """A full comparison with the server has ended: what it listed, and when."""
    unit.connection.execute(
        update(folder)
        .where(folder.c.id == folder_id)
        .values(on_server=exists, highest_modseq=highest_modseq, last_full_check_at=at)
    )
    unit.touched.areas.add("ledger")


def note_listed(unit: Unit, folder_id: FolderId, exists: int) -> None:
    """The server's own count, before all of it is here: progress is measured against it."""
    unit.connection.execute(update(folder).where(folder.c.id == folder_id).values(on_server=exists))
    unit.touched.areas.add("ledger")


def note_state(
    unit: Unit, mailbox_id: MailboxId, state: str, detail: str, at: datetime, *, success: bool
) -> None:
    """How the last contact with a mailbox went. Windows hear of it only when it changed."""
    before = unit.connection.execute(
        select(mailbox.c.state, mailbox.c.state_detail).where(mailbox.c.id == mailbox_id)
    ).one_or_none()
    values: dict[str, object] = {"state": state, "state_detail": detail, "last_attempt_at": at}
    if success:
        values["last_success_at"] = at
    unit.connection.execute(update(mailbox).where(mailbox.c.id == mailbox_id).values(**values))
    if before is None or (before.state, before.state_detail) != (state, detail):
        unit.touched.areas.add("mailboxes")


def configured_folders(connection: Connection, mailbox_id: MailboxId) -> tuple[str, ...]:
    """Folders a person asked to watch besides INBOX and Sent."""
    rows = connection.execute(
        select(folder.c.name)
        .where(
            folder.c.mailbox_id == mailbox_id,
            folder.c.watched,
            or_(folder.c.role == "other", folder.c.role == ""),
        )
        .order_by(folder.c.id)
    )
    return tuple(row.name for row in rows)
