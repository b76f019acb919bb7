"""Tickets as filing knows and keeps them, and the rows it writes.

Everything is asked and written for a whole batch at once: the budget is two milliseconds a mail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, or_, select, text, update

from deskapp.domain.ids import CustomerId, MessageId, TicketId
from deskapp.domain.kinds import ContactKind, Direction, MailKind, TicketStatus
from deskapp.domain.standing import Fact, Turns, speaks

from ..bulk import insert_rows
from ..tables.mail import mailbox
from ..tables.people import contact_point
from ..tables.team import counter
from ..tables.tickets import message, message_address, ticket, ticket_participant
from .filing_queue import is_history
from .labels import label_while
from .parts import parts
from .ticket_turns import turns_of
from .upsert import insert_into

_FILING_LOCK = 0x66696C65  # "file"
_MACHINES = tuple(kind for kind in MailKind if not speaks(kind))


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
    follows: TicketId | None = None
    customer_keys: set[str] = field(default_factory=set)
    sides: dict[MessageId, set[str]] = field(default_factory=dict)  # who takes part in each

    def on_side(self, side: MessageId) -> frozenset[str]:
        """Third parties of a side thread: not the customer, who may be copied by them."""
        return frozenset(self.sides.get(side, set()) - self.customer_keys)


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
    heirs = heirs_of(connection, ids)
    while more := {*ids, *heirs.values()} - locked:
        for part in parts(sorted(more)):
            chosen = select(ticket.c.id).where(ticket.c.id.in_(part)).order_by(ticket.c.id)
            connection.execute(chosen.with_for_update(key_share=True)).all()
        locked |= more
        heirs = heirs_of(connection, ids)  # a merge may have ended while we waited
    return heirs


def tickets_known(
    connection: Connection, ids: set[TicketId], *, people: bool = True
) -> dict[TicketId, KnownTicket]:
    """Tickets with their messages' facts and participants; a merged one stands for its heir.
    Without ``people`` those who take part are not asked for, and there are none."""
    found: dict[TicketId, KnownTicket] = {}
    heirs = heirs_of(connection, ids)
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
                follows=row.follows_id,
            )
        _add_facts(connection, found, part)
        if people:
            _add_people(connection, found, part)
    return {asked: found[heir] for asked, heir in heirs.items()}


def heirs_of(connection: Connection, ids: set[TicketId]) -> dict[TicketId, TicketId]:
    """Where tickets live on: themselves, or what they were merged into, however often."""
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
    side = message.c.side_id.is_not(None)
    here = message.c.joined_by == ""  # what came by mail says how it joined
    there = (
        select(*columns, here.label("here"), mailbox.c.created_at, side.label("side"))
        .outerjoin(mailbox, mailbox.c.id == message.c.mailbox_id)
        .where(message.c.ticket_id.in_(part), message.c.withdrawn.is_(False))
    )
    for row in connection.execute(there):
        one = found[TicketId(row.ticket_id)]
        old = not row.here and (row.created_at is None or is_history(row.at, row.created_at))
        settled = old or row.id <= one.turned.ended_after
        way = Direction(row.direction)
        kind, here_too, aside = MailKind(row.kind), bool(row.here), bool(row.side)
        one.facts.append(Fact(row.at, row.id, way, kind, here_too, settled=settled, side=aside))


def _add_people(
    connection: Connection, found: dict[TicketId, KnownTicket], part: Sequence[int]
) -> None:
    """Who takes part: whom messages name that came by right, the customer, and who was let in.

    What a stranger's mail or a machine's says makes nobody a participant. Who is on a side thread
    only takes part in that.
    """
    proper = and_(message.c.uninvited.is_(False), message_address.c.role != "original")
    spoken = or_(message.c.direction == Direction.OUT, message.c.kind.not_in(_MACHINES))
    named = (
        select(message.c.ticket_id, message.c.side_id, message_address.c.address_key)
        .join(message_address, message_address.c.message_id == message.c.id)
        .where(message.c.ticket_id.in_(part), proper, spoken)
        .distinct()
    )
    let_in = select(ticket_participant.c.ticket_id, ticket_participant.c.address_key).where(
        ticket_participant.c.ticket_id.in_(part)
    )
    theirs = (
        select(ticket.c.id, contact_point.c.value_key)
        .join(contact_point, contact_point.c.customer_id == ticket.c.customer_id)
        .where(ticket.c.id.in_(part), contact_point.c.kind == ContactKind.MAIL)
    )
    for owner, side, address in connection.execute(named):
        one = found[TicketId(owner)]
        (one.participants if side is None else one.sides.setdefault(side, set())).add(address)
    for owner, address in connection.execute(let_in):
        found[TicketId(owner)].participants.add(address)
    for owner, address in connection.execute(theirs):
        found[TicketId(owner)].participants.add(address)
        found[TicketId(owner)].customer_keys.add(address)


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
        insert_rows(connection, table, values)


def update_tickets(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes new standings; each row is ``id`` and the columns. Versions go up by one."""
    if not rows:
        return
    columns = [name for name in rows[0] if name != "id"]
    values: dict[str, Any] = {name: bindparam(f"b_{name}") for name in columns}
    if "status" in values:
        values["label_id"] = label_while(values["status"])
    values["version"] = ticket.c.version + 1
    statement = update(ticket).where(ticket.c.id == bindparam("b_id")).values(values)
    connection.execute(
        statement, [{f"b_{name}": value for name, value in row.items()} for row in rows]
    )
