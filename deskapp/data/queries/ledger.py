"""The mail ledger: one row for every UID a server listed, never "greater than the last UID".

A row belongs to a folder, an epoch (UIDVALIDITY, RFC 3501 section 2.3.1.1) and a UID. Bytes and
row are stored in one transaction. What is here but not yet filed, or held, stays visible even
when the server has lost it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    case,
    cast,
    func,
    not_,
    or_,
    select,
    update,
)

from deskapp.domain.ids import FolderId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.mailboxes import STOPPED

from ..database import Unit
from ..tables.mail import folder, server_mail
from .blobs import PackedBlob, put_packed
from .ledger_retry import IN_TROUBLE, is_due
from .ledger_scope import forget, forget_other_epochs
from .parts import parts
from .upsert import insert_into


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A whole mail from the server, ready to be stored."""

    uid: int
    blob: PackedBlob
    internal_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownUids:
    """One epoch of a folder as the ledger has it."""

    here: frozenset[int] = field(default=frozenset())  # bytes stored
    returned: frozenset[int] = field(default=frozenset())  # bytes stored, seen as vanished
    due: frozenset[int] = field(default=frozenset())  # no bytes, to be asked for again now
    waiting: frozenset[int] = field(default=frozenset())  # no bytes, not yet due, or stopped
    not_asked: frozenset[int] = field(default=frozenset())  # older than was asked for


def _this(folder_id: FolderId, uidvalidity: int) -> ColumnElement[bool]:
    return and_(server_mail.c.folder_id == folder_id, server_mail.c.uidvalidity == uidvalidity)


def _may_vanish() -> ColumnElement[bool]:
    """Unfiled bytes and held bytes are still waited for by somebody here."""
    has_bytes = server_mail.c.sha256.is_not(None)
    return not_(
        or_(
            and_(server_mail.c.state == LedgerState.STORED, server_mail.c.filed_at.is_(None)),
            and_(server_mail.c.state == LedgerState.HELD, has_bytes),
        )
    )


def known_uids(
    connection: Connection,
    folder_id: FolderId,
    uidvalidity: int,
    now: datetime,
    *,
    first: int | None = None,
) -> KnownUids:
    """The UIDs of one epoch, joined by the database: 100 000 rows come as a few long strings.

    With ``first`` only those from there on, and what is to be asked for again now.
    """
    gone = server_mail.c.state == LedgerState.VANISHED
    group = case(
        (and_(gone, server_mail.c.sha256.is_(None)), "forgotten"),
        (gone, "returned"),
        (server_mail.c.sha256.is_not(None), "here"),
        (server_mail.c.state == LedgerState.NOT_ASKED, "not_asked"),
        (is_due(now), "due"),
        else_="waiting",
    ).label("known")
    where = _this(folder_id, uidvalidity)
    if first is not None:
        again = and_(IN_TROUBLE, server_mail.c.sha256.is_(None), is_due(now))
        where = and_(where, or_(server_mail.c.uid >= first, again))
    rows = connection.execute(
        select(group, func.aggregate_strings(cast(server_mail.c.uid, String), ","))
        .where(where)
        .group_by(group)
    )
    by_group = {name: frozenset(map(int, joined.split(","))) for name, joined in rows}
    by_group.pop("forgotten", None)
    return KnownUids(**by_group)


def has_due(connection: Connection, folder_id: FolderId, uidvalidity: int, now: datetime) -> bool:
    """Whether mails of this epoch are to be asked for again, also when nothing else is new."""
    found = connection.execute(
        select(server_mail.c.id)
        .where(
            IN_TROUBLE,
            _this(folder_id, uidvalidity),
            server_mail.c.sha256.is_(None),
            is_due(now),
        )
        .limit(1)
    )
    return found.first() is not None


def begin_epoch(unit: Unit, folder_id: FolderId, uidvalidity: int) -> bool:
    """Takes note of a folder's UIDVALIDITY. True when it is another than before.

    UIDs of earlier epochs mean nothing any more; their mails, tickets and notes stay.
    """
    before = unit.connection.execute(
        select(folder.c.uidvalidity).where(folder.c.id == folder_id)
    ).scalar_one()
    if before == uidvalidity:
        return False
    unit.connection.execute(
        update(folder)
        .where(folder.c.id == folder_id)
        .values(
            uidvalidity=uidvalidity,
            seen_exists=None,
            seen_uidnext=None,
            highest_modseq=None,
            last_full_check_at=None,
            chosen_at=None,
        )
    )
    forget_other_epochs(unit, folder_id, uidvalidity)
    unit.connection.execute(
        update(server_mail)
        .where(
            server_mail.c.folder_id == folder_id,
            server_mail.c.uidvalidity != uidvalidity,
            server_mail.c.reason != STOPPED,  # counted, and then forgotten (ledger_scope)
            _may_vanish(),
        )
        .values(state=LedgerState.VANISHED)
    )
    unit.touched.areas.add("ledger")
    return before is not None


def store_batch(
    unit: Unit,
    folder_id: FolderId,
    uidvalidity: int,
    mails: Sequence[FetchedMail],
    now: datetime,
) -> None:
    """Bytes, hash and ledger rows of many mails at once. A mail that is here already stays as is.

    A mail whose bytes an earlier epoch of this folder had is linked to the same message.
    """
    if not mails:
        return
    put_packed(unit.connection, [mail.blob for mail in mails])
    filed = _filed_before(unit.connection, folder_id, uidvalidity, mails)
    insertion = insert_into(unit.connection, server_mail)
    new = insertion.excluded
    columns = ("state", "sha256", "size", "internal_at", "stored_at", "message_id", "filed_at")
    unit.connection.execute(
        insertion.on_conflict_do_update(
            index_elements=["folder_id", "uidvalidity", "uid"],
            set_={name: new[name] for name in columns} | {"reason": "", "retry_at": None},
            where=server_mail.c.sha256.is_(None),
        ),
        [
            {
                "folder_id": folder_id,
                "uidvalidity": uidvalidity,
                "uid": mail.uid,
                "state": LedgerState.STORED,
                "sha256": mail.blob.sha256,
                "size": mail.blob.size,
                "internal_at": mail.internal_at,
                "first_seen_at": now,
                "stored_at": now,
                "message_id": filed.get(mail.blob.sha256, (None, None))[0],
                "filed_at": filed.get(mail.blob.sha256, (None, None))[1],
            }
            for mail in mails
        ],
    )
    unit.touched.areas.add("ledger")


def _filed_before(
    connection: Connection, folder_id: FolderId, uidvalidity: int, mails: Sequence[FetchedMail]
) -> dict[str, tuple[int | None, datetime]]:
    question = select(server_mail.c.sha256, server_mail.c.message_id, server_mail.c.filed_at).where(
        server_mail.c.folder_id == folder_id,
        server_mail.c.uidvalidity != uidvalidity,
        server_mail.c.filed_at.is_not(None),
    )
    found: dict[str, tuple[int | None, datetime]] = {}
    for some in parts({mail.blob.sha256 for mail in mails}):
        for row in connection.execute(question.where(server_mail.c.sha256.in_(some))):
            found[row.sha256] = (row.message_id, row.filed_at)
    return found


def mark_vanished(unit: Unit, folder_id: FolderId, uidvalidity: int, uids: Collection[int]) -> None:
    """The server says for certain that it has these no more. What we stored stays.

    What was never asked for is forgotten: nobody waits for it.
    """
    for some in parts(sorted(uids)):
        forget(unit, folder_id, uidvalidity, some)
        unit.connection.execute(
            update(server_mail)
            .where(_this(folder_id, uidvalidity), server_mail.c.uid.in_(some), _may_vanish())
            .values(state=LedgerState.VANISHED)
        )
    if uids:
        unit.touched.areas.add("ledger")


def mark_returned(unit: Unit, folder_id: FolderId, uidvalidity: int, uids: Collection[int]) -> None:
    """The server lists again what it had seemed to have lost."""
    for some in parts(sorted(uids)):
        unit.connection.execute(
            update(server_mail)
            .where(
                _this(folder_id, uidvalidity),
                server_mail.c.uid.in_(some),
                server_mail.c.state == LedgerState.VANISHED,
                server_mail.c.sha256.is_not(None),
            )
            .values(state=LedgerState.STORED)
        )
    if uids:
        unit.touched.areas.add("ledger")
