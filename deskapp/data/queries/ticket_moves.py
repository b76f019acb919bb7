"""Messages that change tickets, and the record of each move, from which it can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, case, func, insert, null, or_, select, update

from deskapp.domain.ids import AgentId, MoveId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.moving import MoveKind, MoveRow, WayBack
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.joins import ticket_move
from ..tables.people import agent
from ..tables.replies import outbox
from ..tables.search import search_row
from ..tables.tickets import message, ticket
from .parts import parts
from .ticket_write import add_event

_SOURCE, _TARGET = ticket.alias(), ticket.alias()


@dataclass(frozen=True, slots=True)
class Move:
    """A record of a move."""

    id: MoveId
    kind: MoveKind
    source: TicketId
    target: TicketId
    at: datetime
    by: AgentId | None
    way_back: WayBack
    undone: bool


def merged_into(connection: Connection, one: TicketId) -> set[TicketId]:
    """The tickets that live on in another one, however often they were merged."""
    found: set[TicketId] = set()
    asked = {one}
    while asked:
        into = select(ticket.c.id).where(ticket.c.merged_into.in_(asked))
        asked = set(map(TicketId, connection.execute(into).scalars())) - found
        found |= asked
    return found


def move_messages(unit: Unit, messages: Sequence[int], to: TicketId) -> None:
    """Puts messages on another ticket, with their search rows and deliveries; each goes on knowing
    the ticket that it was on first."""
    first = func.coalesce(message.c.origin_id, message.c.ticket_id)
    values = {"ticket_id": to, "origin_id": case((first == to, null()), else_=first)}
    connection = unit.connection
    for part in parts(messages):
        connection.execute(update(message).where(message.c.id.in_(part)).values(values))
        mine = outbox.c.message_row_id.in_(part)
        connection.execute(update(outbox).where(mine).values(ticket_id=to))
        connection.execute(
            update(search_row)
            .where(search_row.c.kind == "message", search_row.c.ref_id.in_(part))
            .values(ticket_id=to)
        )


def move_back(unit: Unit, messages: Sequence[tuple[int, int | None]], to: TicketId) -> None:
    """The same in reverse: each is again what it was there, (id, its origin then)."""
    move_messages(unit, [number for number, _ in messages], to)
    for number, origin in messages:
        where = message.c.id == number
        unit.connection.execute(update(message).where(where).values(origin_id=origin))


def is_at_home(unit: Unit, one: int) -> bool:
    """Whether a message is on the ticket that it came onto first."""
    origin = select(message.c.origin_id).where(message.c.id == one)
    return unit.connection.execute(origin).scalar() is None


def with_origins(
    connection: Connection, one: TicketId, only: Sequence[int] | None = None
) -> tuple[tuple[int, int | None], ...]:
    """A ticket's messages with the tickets they were on first, by id."""
    chosen = select(message.c.id, message.c.origin_id).where(message.c.ticket_id == one)
    found = {row.id: row.origin_id for row in connection.execute(chosen.order_by(message.c.id))}
    wanted = found if only is None else set(only)
    return tuple((number, origin) for number, origin in found.items() if number in wanted)


def numbers_of(connection: Connection, *ids: TicketId) -> tuple[int, ...]:
    """The numbers of tickets, in the order asked. ``Problem(NOT_FOUND)`` for one that is not."""
    chosen = select(ticket.c.id, ticket.c.number).where(ticket.c.id.in_(ids))
    found = {row.id: row.number for row in connection.execute(chosen)}
    for one in ids:
        if one not in found:
            raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
    return tuple(found[one] for one in ids)


def note_move(
    unit: Unit,
    kind: MoveKind,
    tickets: tuple[TicketId, TicketId],
    way_back: WayBack,
    at: datetime,
    by: AgentId | None,
) -> MoveId:
    """Keeps what was moved, from the first ticket to the second, with an event on both."""
    values = {"kind": kind, "source_id": tickets[0], "target_id": tickets[1], "agent_id": by}
    made: int = unit.connection.execute(
        insert(ticket_move)
        .values(values)
        .values(at=at, way_back=way_back.told())
        .returning(ticket_move.c.id)
    ).scalar_one()
    tell_move(unit, _TOLD[kind], tickets, [one for one, _ in way_back.messages], at, by)
    return MoveId(made)


_TOLD = {
    MoveKind.MERGE: EventKind.MERGED,
    MoveKind.SPLIT: EventKind.SPLIT,
    MoveKind.MOVE: EventKind.MOVED,
}


def tell_move(
    unit: Unit,
    kind: EventKind,
    tickets: tuple[TicketId, TicketId],
    messages: Sequence[int],
    at: datetime,
    by: AgentId | None,
) -> None:
    """An event on both tickets that names the other one and the messages."""
    source, target = numbers_of(unit.connection, *tickets)
    ids = " ".join(map(str, messages))
    add_event(unit, tickets[1], kind, at, by, old=str(source), reason=ids)
    add_event(unit, tickets[0], kind, at, by, new=str(target), reason=ids)
    unit.touched.tickets.update(tickets)


def move_numbered(connection: Connection, one: MoveId) -> Move:
    """A record. ``Problem(NOT_FOUND, what="move")`` if there is none."""
    row = connection.execute(select(ticket_move).where(ticket_move.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="move", value=one)
    return Move(
        MoveId(row.id),
        MoveKind(row.kind),
        TicketId(row.source_id),
        TicketId(row.target_id),
        row.at,
        row.agent_id,
        WayBack.read(row.way_back),
        row.undone_at is not None,
    )


def settle_move(unit: Unit, one: MoveId, at: datetime | None) -> None:
    """Notes that a move was undone; with None, that it was done again."""
    stands = ticket_move.c.undone_at.is_(None)
    changed = update(ticket_move).where(
        ticket_move.c.id == one, stands if at is not None else ~stands
    )
    if unit.connection.execute(changed.values(undone_at=at)).rowcount != 1:
        raise Problem(ProblemKind.TOO_LATE, what="move", value=one)


def goes_back_with(unit: Unit, source: TicketId, draft: int) -> None:
    """A draft begun on a ticket that was merged away: an undo of the merge gives it back too."""
    into = select(ticket.c.merged_into).where(ticket.c.id == source)
    merge = last_merge(unit.connection, source, unit.connection.execute(into).scalar_one())
    if merge is not None:
        known = move_numbered(unit.connection, merge).way_back
        both = replace(known, drafts=(*known.drafts, (draft, False)))
        mine = update(ticket_move).where(ticket_move.c.id == merge)
        unit.connection.execute(mine.values(way_back=both.told()))


def last_merge(connection: Connection, source: TicketId, into: TicketId) -> MoveId | None:
    """The standing merge of one ticket into another."""
    standing = select(ticket_move.c.id).where(
        ticket_move.c.kind == MoveKind.MERGE,
        ticket_move.c.source_id == source,
        ticket_move.c.target_id == into,
        ticket_move.c.undone_at.is_(None),
    )
    found = connection.execute(standing.order_by(ticket_move.c.id.desc()).limit(1)).scalar()
    return None if found is None else MoveId(found)


def standing_moves(connection: Connection, one: TicketId) -> tuple[MoveRow, ...]:
    """What was moved to or from a ticket, or one that lives on in it, and has not been undone,
    oldest first."""
    all_of_it = {one, *merged_into(connection, one)}
    here = or_(ticket_move.c.source_id.in_(all_of_it), ticket_move.c.target_id.in_(all_of_it))
    found = (
        select(
            ticket_move,
            agent.c.name.label("agent_name"),
            _SOURCE.c.number.label("source_number"),
            _SOURCE.c.subject.label("source_subject"),
            _TARGET.c.number.label("target_number"),
            _TARGET.c.subject.label("target_subject"),
        )
        .join(_SOURCE, _SOURCE.c.id == ticket_move.c.source_id)
        .join(_TARGET, _TARGET.c.id == ticket_move.c.target_id)
        .outerjoin(agent, agent.c.id == ticket_move.c.agent_id)
        .where(here, ticket_move.c.undone_at.is_(None))
    )
    return tuple(
        MoveRow(
            MoveId(row.id),
            MoveKind(row.kind),
            LinkedTicket(TicketId(row.source_id), row.source_number, row.source_subject),
            LinkedTicket(TicketId(row.target_id), row.target_number, row.target_subject),
            row.at,
            row.agent_name or "",
            len(WayBack.read(row.way_back).messages),
        )
        for row in connection.execute(found.order_by(ticket_move.c.id))
    )
