"""Mails that are on the server and not fetched because a person said so.

Either they are older than the first import was asked to reach (``NOT_ASKED``), or the import was
stopped before their turn (``PENDING`` with the reason ``STOPPED``). Each is named in the ledger by
its UID, so that new mail is told from them and nothing that is left out goes uncounted.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, select, update

from deskapp.domain.ids import FolderId, MailboxId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.mailboxes import STOPPED

from ..database import Unit
from ..tables.mail import folder, server_mail
from .parts import parts
from .upsert import insert_into

_STOPPED = and_(server_mail.c.state == LedgerState.PENDING, server_mail.c.reason == STOPPED)


def leave_out(
    unit: Unit, folder_id: FolderId, uidvalidity: int, uids: Collection[int], at: datetime
) -> None:
    """These are older than what was asked for. What is here already stays as it is."""
    _put(unit, folder_id, uidvalidity, uids, at, LedgerState.NOT_ASKED, "")


def stop_at(
    unit: Unit, folder_id: FolderId, uidvalidity: int, uids: Collection[int], at: datetime
) -> None:
    """The import was stopped before the turn of these."""
    _put(unit, folder_id, uidvalidity, uids, at, LedgerState.PENDING, STOPPED)


def _put(
    unit: Unit,
    folder_id: FolderId,
    uidvalidity: int,
    uids: Collection[int],
    at: datetime,
    state: LedgerState,
    reason: str,
) -> None:
    if not uids:
        return
    insertion = insert_into(unit.connection, server_mail)
    unit.connection.execute(
        insertion.on_conflict_do_update(
            index_elements=["folder_id", "uidvalidity", "uid"],
            set_={"state": insertion.excluded.state, "reason": insertion.excluded.reason},
            where=server_mail.c.sha256.is_(None) & (server_mail.c.state == LedgerState.PENDING),
        ),
        [
            {
                "folder_id": folder_id,
                "uidvalidity": uidvalidity,
                "uid": uid,
                "state": state,
                "reason": reason,
                "first_seen_at": at,
            }
            for uid in sorted(uids)
        ],
    )
    unit.touched.areas.add("ledger")


def ask_for(unit: Unit, folder_id: FolderId, uidvalidity: int, uids: Collection[int]) -> None:
    """These are asked for now: those left out so far are due."""
    for some in parts(sorted(uids)):
        unit.connection.execute(
            update(server_mail)
            .where(
                server_mail.c.folder_id == folder_id,
                server_mail.c.uidvalidity == uidvalidity,
                server_mail.c.uid.in_(some),
                server_mail.c.state == LedgerState.NOT_ASKED,
            )
            .values(state=LedgerState.PENDING)
        )
    if uids:
        unit.touched.areas.add("ledger")


def forget(unit: Unit, folder_id: FolderId, uidvalidity: int, uids: Sequence[int]) -> None:
    """The server has these no more, and nobody ever asked for them. At most one part of a set."""
    unit.connection.execute(
        delete(server_mail).where(
            server_mail.c.folder_id == folder_id,
            server_mail.c.uidvalidity == uidvalidity,
            server_mail.c.uid.in_(uids),
            server_mail.c.state == LedgerState.NOT_ASKED,
        )
    )


def forget_other_epochs(unit: Unit, folder_id: FolderId, uidvalidity: int) -> None:
    """What was left out of earlier epochs has other UIDs now, and is chosen anew."""
    unit.connection.execute(
        delete(server_mail).where(
            server_mail.c.folder_id == folder_id,
            server_mail.c.uidvalidity != uidvalidity,
            server_mail.c.state == LedgerState.NOT_ASKED,
        )
    )


def stop_as_before(
    unit: Unit, folder_id: FolderId, uidvalidity: int, uids: Sequence[int], at: datetime
) -> int:
    """An import that was stopped in an earlier epoch stays so: as many of ``uids``, newest first,
    wait at their end as waited there. Which ones they are now, no server tells. How many wait.
    """
    earlier = unit.connection.execute(
        delete(server_mail).where(
            server_mail.c.folder_id == folder_id,
            server_mail.c.uidvalidity != uidvalidity,
            _STOPPED,
        )
    ).rowcount
    waiting = min(earlier, len(uids))
    stop_at(unit, folder_id, uidvalidity, uids[len(uids) - waiting :], at)
    return waiting


def go_on(unit: Unit, mailbox_id: MailboxId) -> None:
    """What a stopped import left is due again."""
    unit.connection.execute(
        update(server_mail)
        .where(server_mail.c.folder_id.in_(_folders_of(unit.connection, mailbox_id)), _STOPPED)
        .values(reason="")
    )
    unit.touched.areas.add("ledger")


def _folders_of(connection: Connection, mailbox_id: MailboxId) -> list[int]:
    mine = select(folder.c.id).where(folder.c.mailbox_id == mailbox_id)
    return [int(one) for one in connection.execute(mine).scalars()]


def note_choice(unit: Unit, folder_id: FolderId, since: datetime | None, at: datetime) -> None:
    """What is asked for of this folder is settled: whatever comes from now on is new mail."""
    unit.connection.execute(
        update(folder).where(folder.c.id == folder_id).values(since=since, chosen_at=at)
    )
