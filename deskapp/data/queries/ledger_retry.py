"""Mails that the server lists and did not hand over: named in the ledger, and when to ask again."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from deskapp.domain.ids import FolderId, MailboxId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.mailboxes import STOPPED

from ..database import Unit
from ..tables.mail import folder, server_mail
from .upsert import insert_into

IN_TROUBLE = text("server_mail.state IN ('pending', 'held')")
"""Spelt as the partial index spells it, and with the table because of joins."""

_RETRY = (0.25, 0.5, 1, 5, 15, 60, 240, 720)
"""Minutes until a mail that would not come is asked for again; the last one repeats. The first two
are short: mostly the line broke, twice or thrice by chance at the same mail, and all is to be here
in a minute.
"""


def is_due(now: datetime) -> ColumnElement[bool]:
    """A wait longer than the longest was begun by a clock that went wrong: it is over."""
    retry_at = server_mail.c.retry_at
    longest = now + timedelta(minutes=_RETRY[-1])
    return and_(
        server_mail.c.reason != STOPPED,
        or_(retry_at.is_(None), retry_at <= now, retry_at > longest),
    )


def put_off(
    unit: Unit,
    folder_id: FolderId,
    uidvalidity: int,
    uids: Collection[int],
    now: datetime,
    reason: str,
    *,
    state: LedgerState = LedgerState.PENDING,
) -> None:
    """The server lists these but did not hand them over: named in the ledger, tried again later.

    ``state`` is HELD for a mail that the server can only answer with nonsense.
    """
    if not uids:
        return
    tries = unit.connection.execute(
        select(server_mail.c.uid, server_mail.c.attempts).where(
            server_mail.c.folder_id == folder_id,
            server_mail.c.uidvalidity == uidvalidity,
            server_mail.c.sha256.is_(None),
            server_mail.c.attempts > 0,
        )
    )
    before = {row.uid: int(row.attempts) for row in tries}
    insertion = insert_into(unit.connection, server_mail)
    new = insertion.excluded
    unit.connection.execute(
        insertion.on_conflict_do_update(
            index_elements=["folder_id", "uidvalidity", "uid"],
            set_={name: new[name] for name in ("state", "reason", "attempts", "retry_at")},
            where=server_mail.c.sha256.is_(None),
        ),
        [
            {
                "folder_id": folder_id,
                "uidvalidity": uidvalidity,
                "uid": uid,
                "state": state,
                "reason": reason,
                "attempts": before.get(uid, 0) + 1,
                "retry_at": now + retry_after(before.get(uid, 0)),
                "first_seen_at": now,
            }
            for uid in sorted(uids)
        ],
    )
    unit.touched.areas.add("ledger")


def next_due(connection: Connection, mailbox_id: MailboxId, after: datetime) -> datetime | None:
    """When, later than ``after``, the next mail is to be asked for again; None when none is.

    What was due earlier has been asked for, or lies in a folder that is not watched any more.
    """
    here = and_(folder.c.id == server_mail.c.folder_id, folder.c.mailbox_id == mailbox_id)
    asked = (
        select(func.min(server_mail.c.retry_at))
        .join(folder, here)
        .where(
            IN_TROUBLE,
            server_mail.c.sha256.is_(None),
            server_mail.c.uidvalidity == folder.c.uidvalidity,
            server_mail.c.retry_at > after,
            server_mail.c.reason != STOPPED,
        )
    )
    found: datetime | None = connection.execute(asked).scalar_one()
    return found


def retry_after(attempts: int) -> timedelta:
    """How long to leave a mail alone that failed to come ``attempts`` times before."""
    return timedelta(minutes=_RETRY[min(attempts, len(_RETRY) - 1)])
