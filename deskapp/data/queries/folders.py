"""Mailboxes and their folders as the engine keeps them: what to pull, how far, in what state."""

from collections.abc import Collection
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
    """What we knew of a folder at the last look.

    ``answered`` is the number of the wish that the last full comparison served; ``chosen_at`` and
    ``since`` tell whether, and from which date on, it was settled what is asked for.
    """

    id: FolderId
    name: str
    role: str  # inbox, sent, other
    uidvalidity: int | None
    exists: int | None
    seen_exists: int | None
    seen_uidnext: int | None
    highest_modseq: int | None
    last_full_check_at: datetime | None
    answered: int | None
    chosen_at: datetime | None
    since: datetime | None


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
        row.seen_exists,
        row.seen_uidnext,
        row.highest_modseq,
        row.last_full_check_at,
        row.answered,
        row.chosen_at,
        row.since,
    )


def note_check(
    unit: Unit,
    folder_id: FolderId,
    *,
    exists: int,
    at: datetime,
    answered: int = 0,
) -> None:
    """A full comparison with the server has ended: what it listed, when, and for which wish."""
    unit.connection.execute(
        update(folder)
        .where(folder.c.id == folder_id)
        .values(
            on_server=exists,
            last_full_check_at=at,
            answered=answered,
        )
    )
    unit.touched.areas.add("ledger")


def note_seen(
    unit: Unit,
    folder_id: FolderId,
    *,
    exists: int | None,
    uidnext: int | None,
    highest_modseq: int | None,
) -> None:
    """All that the server told of when it said this is in the ledger: later looks may begin here.

    None for ``exists`` or ``uidnext`` makes the next look a full comparison.
    """
    unit.connection.execute(
        update(folder)
        .where(folder.c.id == folder_id)
        .values(seen_exists=exists, seen_uidnext=uidnext, highest_modseq=highest_modseq)
    )


def note_listed(unit: Unit, folder_id: FolderId, exists: int) -> None:
    """The server's own count, before all of it is here: progress is measured against it."""
    unit.connection.execute(update(folder).where(folder.c.id == folder_id).values(on_server=exists))
    unit.touched.areas.add("ledger")


def note_gone(unit: Unit, mailbox_id: MailboxId, seen: Collection[FolderId], answered: int) -> None:
    """A whole round saw just these folders: the others that are watched are not on the server."""
    done = unit.connection.execute(
        update(folder)
        .where(
            folder.c.mailbox_id == mailbox_id,
            folder.c.watched,
            folder.c.id.not_in(list(seen)),
            or_(folder.c.answered.is_(None), folder.c.answered < answered),
        )
        .values(
            on_server=0, answered=answered, seen_exists=None
        )  # back again, it is looked through
    )
    if done.rowcount:
        unit.touched.areas.add("ledger")


def note_state(
    unit: Unit,
    mailbox_id: MailboxId,
    state: str,
    detail: str,
    at: datetime,
    *,
    success: bool,
    retry_at: datetime | None = None,
    keeps_rest: bool = False,
) -> None:
    """How the last contact with a mailbox went. Windows hear of it only when it changed.

    ``retry_at``: the server asked to be left alone until then. With ``keeps_rest`` what was noted
    of that stands.
    """
    before = unit.connection.execute(
        select(mailbox.c.state, mailbox.c.state_detail, mailbox.c.retry_at).where(
            mailbox.c.id == mailbox_id
        )
    ).one_or_none()
    if keeps_rest and before is not None:
        retry_at = before.retry_at
    values: dict[str, object] = {
        "state": state,
        "state_detail": detail,
        "last_attempt_at": at,
        "retry_at": retry_at,
    }
    if success:
        values["last_success_at"] = at
    if before is None or before.state != state:
        values["state_since"] = at
    unit.connection.execute(update(mailbox).where(mailbox.c.id == mailbox_id).values(**values))
    if before is None or tuple(before) != (state, detail, retry_at):
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


def sent_folders(connection: Connection, mailbox_id: MailboxId) -> tuple[str, ...]:
    """Folders that were taken for Sent, the latest first."""
    rows = connection.execute(
        select(folder.c.name)
        .where(folder.c.mailbox_id == mailbox_id, folder.c.role == "sent")
        .order_by(folder.c.id.desc())
    )
    return tuple(row.name for row in rows)
