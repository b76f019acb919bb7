"""Stored mails that wait to be filed, and what the ledger remembers of their filing."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from sqlalchemy import Connection, bindparam, select, text, update

from deskapp.domain.arrivals import Unfiled
from deskapp.domain.ids import BlobHash, MailboxId, ServerMailId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.problem import Problem, ProblemKind

from ..bulk import update_rows
from ..database import Unit
from ..tables.mail import UNFILED, folder, mailbox, server_mail
from .blobs import get_blobs

log = logging.getLogger(__name__)

_UNFILED = text(UNFILED)
_FIRST_MAIL = datetime(1986, 1, 1, tzinfo=UTC)
_OLD = timedelta(days=30)
"""Mail this much older than its mailbox's first day here is history: filed as closed."""


_MOST_BYTES = 16 * 1024 * 1024
"""Of one batch; a larger mail comes alone."""


def next_unfiled(
    connection: Connection,
    limit: int,
    mailbox_id: MailboxId | None = None,
    after: ServerMailId | None = None,
) -> list[Unfiled]:
    """The oldest stored mails without a ticket, with their bytes; those behind ``after``."""
    statement = (
        select(
            server_mail.c.id,
            server_mail.c.sha256,
            server_mail.c.size,
            server_mail.c.internal_at,
            folder.c.role,
            mailbox.c.id.label("mailbox"),
            mailbox.c.created_at,
        )
        .join(folder, folder.c.id == server_mail.c.folder_id)
        .join(mailbox, mailbox.c.id == folder.c.mailbox_id)
        .where(_UNFILED)
        .order_by(server_mail.c.id)
        .limit(limit)
    )
    if mailbox_id is not None:
        statement = statement.where(mailbox.c.id == mailbox_id)
    if after is not None:
        statement = statement.where(server_mail.c.id > after)
    rows = connection.execute(statement).all()
    sums = accumulate(row.size or 0 for row in rows)
    fitting = sum(total <= _MOST_BYTES for total in sums)
    rows = rows[: max(1, fitting)]
    raws = _raws(connection, [row.sha256 for row in rows])
    return [
        Unfiled(
            id=ServerMailId(row.id),
            mailbox_id=MailboxId(row.mailbox),
            role=row.role,
            sha256=BlobHash(row.sha256),
            raw=raws.get(row.sha256, b""),
            internal_at=_believed(row.internal_at),
            old=is_history(_believed(row.internal_at) or row.created_at, row.created_at),
            damaged=row.sha256 not in raws,
        )
        for row in rows
    ]


def _believed(at: datetime | None) -> datetime | None:
    """A server's date, None where it stands for none: IMAP is of 1986, zero is 1970."""
    return None if at is None or at < _FIRST_MAIL else at


def is_history(at: datetime, mailbox_since: datetime) -> bool:
    """Whether mail of that moment is from before the desk's time."""
    return at < mailbox_since - _OLD


def _raws(connection: Connection, names: Sequence[BlobHash]) -> Mapping[BlobHash, bytes]:
    """The bytes of mails without those damaged on the disk, so that the others are filed.

    Those are then held, and given another try when their bytes are restored.
    """
    try:
        return get_blobs(connection, names)
    except Problem:
        pass  # one of them; which, the next lines find out
    raws: dict[BlobHash, bytes] = {}
    for name in names:
        try:
            raws |= get_blobs(connection, [name])
        except Problem as problem:
            if problem.kind is not ProblemKind.DATABASE_DAMAGED:
                raise
            log.warning("the stored bytes of a mail are damaged; it is held")
    return raws


def mark_filed(unit: Unit, rows: Sequence[tuple[ServerMailId, int | None]], at: datetime) -> None:
    """Notes in the ledger which message each mail became."""
    if not rows:
        return
    values = [{"id": one, "message_id": message, "filed_at": at} for one, message in rows]
    update_rows(unit.connection, server_mail, values)
    unit.touched.areas.add("ledger")


def hold(unit: Unit, rows: Sequence[tuple[ServerMailId, str]]) -> None:
    """Sets mails aside that cannot be read, each with its reason; their bytes stay."""
    if not rows:
        return
    statement = (
        update(server_mail)
        .where(server_mail.c.id == bindparam("b_id"))
        .values(
            state=LedgerState.HELD,
            reason=bindparam("b_reason"),
            attempts=server_mail.c.attempts + 1,
        )
    )
    unit.connection.execute(statement, [{"b_id": one, "b_reason": why} for one, why in rows])
    unit.touched.areas.add("ledger")
