"""Mailboxes and their folders as the engine keeps them: what to pull, how far, in what state."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    TextClause,
    and_,
    func,
    or_,
    select,
    text,
    true,
    update,
)

from deskapp.domain.ids import FolderId, MailboxId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.mailboxes import FolderCount

from ..database import Unit
from ..tables.mail import folder, mailbox, server_mail
from .upsert import insert_into

# Spelt as the partial index spells it: with bound values SQLite would not take it.
_IN_TROUBLE = text("state IN ('pending', 'held')")


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


def folder_counts(
    connection: Connection, mailboxes: Sequence[MailboxId] | None = None
) -> dict[MailboxId, tuple[FolderCount, ...]]:
    """Every watched folder's ledger in numbers, by mailbox; None asks for all mailboxes.

    What is stored is counted as the rest: only the few other rows are looked at (partial indexes).
    """
    listed = _by_folder(connection, true())
    held = _by_folder(connection, and_(_IN_TROUBLE, server_mail.c.state == LedgerState.HELD))
    pending = _by_folder(connection, and_(_IN_TROUBLE, server_mail.c.state == LedgerState.PENDING))
    vanished = _by_folder(connection, text("state = 'vanished'"))
    question = select(folder).where(folder.c.watched).order_by(folder.c.mailbox_id, folder.c.id)
    if mailboxes is not None:
        question = question.where(folder.c.mailbox_id.in_(mailboxes))
    found: dict[MailboxId, tuple[FolderCount, ...]] = {}
    for row in connection.execute(question):
        stored = listed[row.id] - held[row.id] - pending[row.id] - vanished[row.id]
        count = FolderCount(
            id=FolderId(row.id),
            name=row.name,
            role=row.role,
            on_server=row.on_server,
            stored=stored,
            held=held[row.id],
            pending=max(0, (row.on_server or 0) - stored - held[row.id]),
            vanished=vanished[row.id],
            last_full_check_at=row.last_full_check_at,
        )
        found[MailboxId(row.mailbox_id)] = (*found.get(MailboxId(row.mailbox_id), ()), count)
    return found


def _by_folder(connection: Connection, which: ColumnElement[bool] | TextClause) -> Counter[int]:
    rows = connection.execute(
        select(server_mail.c.folder_id, func.count()).where(which).group_by(server_mail.c.folder_id)
    )
    return Counter({folder_id: count for folder_id, count in rows})


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
