"""The audit of a desk: does what is stored agree with itself?"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, text

from deskapp.domain.audit import Head
from deskapp.domain.ids import BlobHash, TicketId
from deskapp.domain.kinds import Direction, LedgerState, OutboxPhase, OutboxState
from deskapp.domain.problem import Problem
from deskapp.domain.standing import standing, waiting_since
from deskapp.domain.upkeep import Finding, FindingKind

from .queries.act_audit import broken_seals, untold_acts
from .queries.audit_chain import audit_faults, may_read
from .queries.blobs import blob_hash, get_blobs
from .queries.filing import tickets_known
from .queries.parts import parts
from .search import index_name
from .tables.mail import blob, server_mail
from .tables.replies import outbox, outbox_recipient
from .tables.search import search_row
from .tables.tickets import message, message_body, ticket

_EXAMPLES = 1_000_000  # rows of one kind that are counted; more are a total loss anyway


_NOTHING_SEEN = Head()


def audit(
    connection: Connection, blobs: int | None = None, head: Head = _NOTHING_SEEN
) -> tuple[Finding, ...]:
    """Every sort of fault found. ``blobs``: how many of the newest bytes to hash; None: all.
    ``head``: the newest seal of the audit that was seen from here before.

    Reads only. Wants a connection on which all statements see one state.
    """
    checks: Sequence[Callable[[Connection], Iterator[tuple[FindingKind, str]]]] = (
        _file,
        _rows,
        _search_index,
        _ticket_sums,
        _acts_audit,
        lambda one: _chain(one, head),
        lambda one: _bytes(one, blobs),
    )
    found: dict[FindingKind, tuple[int, str]] = {}
    for check in checks:
        for kind, example in check(connection):
            count, first = found.get(kind, (0, example))
            found[kind] = (count + 1, first)
    return tuple(Finding(kind, count, example) for kind, (count, example) in found.items())


def _file(connection: Connection) -> Iterator[tuple[FindingKind, str]]:
    """SQLite looks through its pages; PostgreSQL holds constraints and pages by itself."""
    if connection.dialect.name != "sqlite":
        return
    for said in connection.execute(text("PRAGMA integrity_check")).scalars():
        if said != "ok":
            yield FindingKind.DAMAGED, str(said)
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield FindingKind.FOREIGN_KEY, f"{row[0]} {row[1]} -> {row[2]}"


def _rows(connection: Connection) -> Iterator[tuple[FindingKind, str]]:
    """Rows that another row must stand beside."""
    for kind, name, statement in _pairs():
        for one in connection.execute(statement.limit(_EXAMPLES)).scalars():
            yield kind, f"{name} {one}"


def _pairs() -> Iterator[tuple[FindingKind, str, Select[Any]]]:
    ledger = select(server_mail.c.id).order_by(server_mail.c.id)
    to_bytes = ledger.outerjoin(blob, blob.c.sha256 == server_mail.c.sha256)
    stored = server_mail.c.state == LedgerState.STORED
    yield (
        FindingKind.LEDGER_WITHOUT_BYTES,
        "server_mail",
        to_bytes.where(blob.c.sha256.is_(None), or_(stored, server_mail.c.sha256.is_not(None))),
    )
    to_message = ledger.outerjoin(message, message.c.id == server_mail.c.message_id)
    filed = server_mail.c.filed_at.is_not(None)
    yield (
        FindingKind.FILED_WITHOUT_MESSAGE,
        "server_mail",
        to_message.where(filed, message.c.id.is_(None)),
    )
    messages = select(message.c.id).order_by(message.c.id)
    yield (
        FindingKind.MESSAGE_WITHOUT_BYTES,
        "message",
        messages.outerjoin(blob, blob.c.sha256 == message.c.sha256).where(
            message.c.sha256.is_not(None), blob.c.sha256.is_(None)
        ),
    )
    yield (
        FindingKind.MESSAGE_WITHOUT_TEXT,
        "message",
        messages.outerjoin(message_body, message_body.c.message_id == message.c.id).where(
            message_body.c.message_id.is_(None)
        ),
    )
    yield FindingKind.OUTBOX, "outbox", _odd_outbox()
    # An index that lies would let a second one in; "+ ''" keeps it from being asked.
    twice = select(func.max(outbox.c.id)).group_by(outbox.c.message_id + "")
    yield FindingKind.OUTBOX_TWICE, "outbox", twice.having(func.count() > 1)


def _odd_outbox() -> Select[Any]:
    """Sent means accepted, with its time; each reply has a receiver and a message of the ticket."""
    sent = outbox.c.state == OutboxState.SENT
    receiver = select(outbox_recipient.c.id).where(outbox_recipient.c.outbox_id == outbox.c.id)
    return (
        select(outbox.c.id)
        .join(message, message.c.id == outbox.c.message_row_id)
        .where(
            or_(
                sent & outbox.c.sent_at.is_(None),
                (outbox.c.state == OutboxState.QUEUED) & (outbox.c.phase == OutboxPhase.ACCEPTED),
                ~receiver.exists(),
                message.c.message_id != outbox.c.message_id,
                message.c.ticket_id != outbox.c.ticket_id,
                message.c.direction != Direction.OUT,
                message.c.withdrawn != (outbox.c.state == OutboxState.CANCELLED),
            )
        )
        .order_by(outbox.c.id)
    )


def _acts_audit(connection: Connection) -> Iterator[tuple[FindingKind, str]]:
    for line in broken_seals(connection):
        yield FindingKind.AUDIT_BROKEN, f"act_audit {line}"
    for act in untold_acts(connection):
        yield FindingKind.AUDIT_BROKEN, f"order_act {act}"


def _chain(connection: Connection, head: Head) -> Iterator[tuple[FindingKind, str]]:
    if may_read(connection):
        for one in audit_faults(connection, head):
            yield FindingKind.AUDIT_CHAIN, f"{one.fault} {one.place}"


def _search_index(connection: Connection) -> Iterator[tuple[FindingKind, str]]:
    in_index = (search_row.c.kind == "message") & (search_row.c.ref_id == message.c.id)
    shown = message.c.withdrawn.is_(False)
    unfound = select(message.c.id).outerjoin(search_row, in_index)
    for one in connection.execute(unfound.where(shown, search_row.c.id.is_(None))).scalars():
        yield FindingKind.NOT_SEARCHABLE, f"message {one}"
    left = select(search_row.c.id).outerjoin(message, in_index & shown)
    gone = or_(message.c.id.is_(None), message.c.ticket_id != search_row.c.ticket_id)
    for one in connection.execute(left.where(search_row.c.kind == "message", gone)).scalars():
        yield FindingKind.SEARCH_LEFTOVER, f"search_row {one}"
    for kind in ("message", "ticket", "customer", "order"):
        index, key = index_name(connection, kind), "row_id"
        if connection.dialect.name == "sqlite":
            index, key = f"{index}_docsize", "id"
        unindexed = text(
            f"SELECT r.id FROM search_row r LEFT JOIN {index} i ON i.{key} = r.id "
            f"WHERE r.kind = :kind AND i.{key} IS NULL"
        )
        for one in connection.execute(unindexed, {"kind": kind}).scalars():
            yield FindingKind.NOT_SEARCHABLE, f"search_row {one}"


def _ticket_sums(connection: Connection) -> Iterator[tuple[FindingKind, str]]:
    """What the list shows of a ticket must be what its messages say, computed anew."""
    ids = connection.execute(select(ticket.c.id).where(ticket.c.merged_into.is_(None))).scalars()
    for part in parts(ids):
        known = tickets_known(connection, {TicketId(one) for one in part}, people=False)
        for row in connection.execute(select(ticket).where(ticket.c.id.in_(part))):
            one = known[TicketId(row.id)]
            now = standing(one.facts)
            told = (row.message_count, row.newest_message_id)
            waits = waiting_since(one.status, now, one.turned)
            if told != (now.count, now.newest_id) or row.waiting_since != waits:
                yield FindingKind.TICKET_SUMS, f"ticket {row.number}"


def _bytes(connection: Connection, newest: int | None) -> Iterator[tuple[FindingKind, str]]:
    order = select(blob.c.sha256, blob.c.size).order_by(blob.c.created_at.desc(), blob.c.sha256)
    stored = connection.execute(order if newest is None else order.limit(newest)).all()
    for name, size in stored:
        if not _sound(connection, name, size):
            yield FindingKind.BYTES_CHANGED, f"blob {name}"


def _sound(connection: Connection, name: str, size: int) -> bool:
    try:
        raw = get_blobs(connection, [name])[BlobHash(name)]
    except Problem:
        return False
    return len(raw) == size and blob_hash(raw) == name
