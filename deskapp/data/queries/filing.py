"""What intake needs to know before it files a batch, and the rows it writes.

Everything is asked and written for a whole batch at once: the budget is two milliseconds a mail.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, text, update

from deskapp.domain.ids import BlobHash, CustomerId, MailboxId, TicketId
from deskapp.domain.kinds import Direction, MailKind, TicketStatus
from deskapp.domain.standing import Fact, Turns

from ..tables.mail import mailbox
from ..tables.team import counter
from ..tables.tickets import (
    attachment,
    message,
    message_address,
    message_body,
    message_reference,
    ticket,
)
from .desk_info import desk_secret
from .filing_queue import is_history
from .parts import parts
from .ticket_turns import turns_of
from .upsert import insert_into

_FILING_LOCK = 0x6465736D


@dataclass(slots=True)
class KnownMessage:
    """A message that is already on a ticket."""

    row: int
    ticket: TicketId
    message_id: str
    sha256: BlobHash | None
    direction: Direction
    sender: str
    text_key: str
    files: frozenset[str] = frozenset()  # the contents of what is attached, by hash


def text_key(text: str) -> str:
    """Equal for one letter delivered twice, whatever the way there did to its white space."""
    return "".join(text[:2000].split())[:400]


@dataclass(slots=True)
class KnownTicket:
    """A ticket that a mail of the batch may belong to."""

    id: TicketId
    number: int
    status: TicketStatus
    customer: CustomerId | None
    snippet: str = ""
    has_attachment: bool = False
    turned: Turns = field(default_factory=Turns)
    facts: list[Fact] = field(default_factory=list)
    participants: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Facts:
    """All that a batch's decisions are made from."""

    by_message_id: dict[str, list[KnownMessage]]
    by_sha256: dict[str, KnownMessage]
    tickets_of_id: dict[str, set[TicketId]]  # ids a ticket's messages bear or refer to
    tickets: dict[TicketId, KnownTicket]
    own_addresses: dict[str, MailboxId]
    secret: bytes


def wait_for_turn(connection: Connection) -> None:
    """Lets one batch be filed at a time, until its write ends; on SQLite every write is alone.

    Two engines that get one letter by two mailboxes would each find that nobody has it yet.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FILING_LOCK})


def lock_tickets(connection: Connection, ids: set[TicketId]) -> dict[TicketId, TicketId]:
    """Keeps tickets from other writers until this write ends; gives where each lives on by now.

    Whoever puts a message on a ticket takes this first, and only then draws the message's id: so
    a ticket's messages are numbered in the order in which they become visible. Rows that merely
    point at the ticket can still be written (NO KEY UPDATE). In id order, against deadlocks.
    """
    locked: set[TicketId] = set()
    heirs = _heirs(connection, ids)
    while more := {*ids, *heirs.values()} - locked:
        for part in parts(sorted(more)):
            chosen = select(ticket.c.id).where(ticket.c.id.in_(part)).order_by(ticket.c.id)
            connection.execute(chosen.with_for_update(key_share=True)).all()
        locked |= more
        heirs = _heirs(connection, ids)  # a merge may have ended while we waited
    return heirs


def facts_for(
    connection: Connection, ids: set[str], hashes: set[str], *, lock: bool = False
) -> Facts:
    """What the desk knows about these Message-IDs (own, replied to, referred to) and contents.

    ``lock`` keeps the tickets found from other writers until this write ends.
    """
    messages = _messages(connection, ids, hashes)
    tickets_of_id: dict[str, set[TicketId]] = defaultdict(set)
    by_id: dict[str, list[KnownMessage]] = defaultdict(list)
    for known in messages:
        if known.message_id in ids:
            by_id[known.message_id].append(known)
            tickets_of_id[known.message_id].add(known.ticket)
    for reference, owner in _references(connection, ids):
        tickets_of_id[reference].add(owner)
    found = {known.ticket for known in messages}.union(*tickets_of_id.values())
    if lock:
        lock_tickets(connection, found)
    return Facts(
        by_message_id=by_id,
        by_sha256={known.sha256: known for known in messages if known.sha256},
        tickets_of_id=tickets_of_id,
        tickets=tickets_known(connection, found),
        own_addresses=own_addresses(connection),
        secret=desk_secret(connection),
    )


def own_addresses(connection: Connection) -> dict[str, MailboxId]:
    """Our own mailboxes by address key; a mail from one of them is not from a customer."""
    rows = connection.execute(select(mailbox.c.address_key, mailbox.c.id))
    return {address: MailboxId(number) for address, number in rows}


def _messages(connection: Connection, ids: set[str], hashes: set[str]) -> list[KnownMessage]:
    columns = (
        message.c.id,
        message.c.ticket_id,
        message.c.message_id,
        message.c.sha256,
        message.c.direction,
        message.c.sender_address,
        message_body.c.text,
    )
    source = message.outerjoin(message_body, message_body.c.message_id == message.c.id)
    found: dict[int, KnownMessage] = {}
    for column, values in ((message.c.message_id, ids), (message.c.sha256, hashes)):
        for part in parts(values):
            asked = select(*columns).select_from(source).where(column.in_(part))
            for row in connection.execute(asked):
                found[row.id] = KnownMessage(
                    row.id,
                    TicketId(row.ticket_id),
                    row.message_id,
                    row.sha256,
                    Direction(row.direction),
                    row.sender_address.casefold(),
                    text_key(row.text or ""),
                )
    _add_files(connection, found)
    return list(found.values())


def _add_files(connection: Connection, found: Mapping[int, KnownMessage]) -> None:
    files: dict[int, set[str]] = defaultdict(set)
    for part in parts(found):
        chosen = select(attachment.c.message_id, attachment.c.sha256)
        rows = connection.execute(chosen.where(attachment.c.message_id.in_(part)))
        for owner, name in rows:
            files[owner].add(name)
    for owner, names in files.items():
        found[owner].files = frozenset(names)


def _references(connection: Connection, ids: set[str]) -> Iterable[tuple[str, TicketId]]:
    for part in parts(ids):
        statement = (
            select(message_reference.c.reference, message.c.ticket_id)
            .join(message, message.c.id == message_reference.c.message_id)
            .where(message_reference.c.reference.in_(part))
        )
        for reference, owner in connection.execute(statement):
            yield reference, TicketId(owner)


def tickets_known(connection: Connection, ids: set[TicketId]) -> dict[TicketId, KnownTicket]:
    """Tickets with their messages' facts and participants; a merged one stands for its heir."""
    found: dict[TicketId, KnownTicket] = {}
    heirs = _heirs(connection, ids)
    for part in parts(set(heirs.values())):
        turned = turns_of(connection, part)
        for row in connection.execute(select(ticket).where(ticket.c.id.in_(part))):
            found[TicketId(row.id)] = KnownTicket(
                TicketId(row.id),
                row.number,
                TicketStatus(row.status),
                row.customer_id,
                row.snippet,
                row.has_attachment,
                turned.get(TicketId(row.id), Turns()),
            )
        _add_facts(connection, found, part)
    return {asked: found[heir] for asked, heir in heirs.items()}


def _heirs(connection: Connection, ids: set[TicketId]) -> dict[TicketId, TicketId]:
    heirs = {one: one for one in ids}
    asked = set(ids)
    while asked:
        moved: set[TicketId] = set()
        for part in parts(asked):
            rows = connection.execute(
                select(ticket.c.id, ticket.c.merged_into).where(
                    ticket.c.id.in_(part), ticket.c.merged_into.is_not(None)
                )
            )
            for old, heir in rows:
                moved.add(TicketId(heir))
                for one, now in heirs.items():
                    if now == old:
                        heirs[one] = TicketId(heir)
        asked = moved
    return heirs


def _add_facts(
    connection: Connection, found: dict[TicketId, KnownTicket], part: Sequence[int]
) -> None:
    columns = (message.c.ticket_id, message.c.at, message.c.id, message.c.direction, message.c.kind)
    here = message.c.joined_by == ""  # what came by mail says how it joined
    there = (
        select(*columns, here.label("here"), mailbox.c.created_at)
        .outerjoin(mailbox, mailbox.c.id == message.c.mailbox_id)
        .where(message.c.ticket_id.in_(part), message.c.withdrawn.is_(False))
    )
    for row in connection.execute(there):
        one = found[TicketId(row.ticket_id)]
        old = not row.here and (row.created_at is None or is_history(row.at, row.created_at))
        settled = old or row.id <= one.turned.ended_after
        way = Direction(row.direction)
        one.facts.append(
            Fact(row.at, row.id, way, MailKind(row.kind), bool(row.here), settled=settled)
        )
    people = (
        select(message.c.ticket_id, message_address.c.address_key)
        .join(message_address, message_address.c.message_id == message.c.id)
        .where(message.c.ticket_id.in_(part))
        .distinct()
    )
    for owner, address in connection.execute(people):
        found[TicketId(owner)].participants.add(address)


def next_numbers(connection: Connection, count: int) -> list[int]:
    """``count`` ticket numbers nobody else gets, without gaps: the counter row is the lock."""
    first = insert_into(connection, counter).values(name="ticket", value=count)
    raised = first.on_conflict_do_update(
        index_elements=["name"], set_={"value": counter.c.value + count}
    )
    last: int = connection.execute(raised.returning(counter.c.value)).scalar_one()
    return list(range(last - count + 1, last + 1))


def write_rows(connection: Connection, rows: Mapping[Table, Sequence[Mapping[str, Any]]]) -> None:
    """Inserts a batch, table by table in the order given."""
    for table, values in rows.items():
        if values:
            connection.execute(insert(table), list(values))


def update_tickets(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes new standings; each row is ``id`` and the columns. Versions go up by one."""
    if not rows:
        return
    columns = [name for name in rows[0] if name != "id"]
    statement = (
        update(ticket)
        .where(ticket.c.id == bindparam("b_id"))
        .values(
            {name: bindparam(f"b_{name}") for name in columns} | {"version": ticket.c.version + 1}
        )
    )
    connection.execute(
        statement, [{f"b_{name}": value for name, value in row.items()} for row in rows]
    )
