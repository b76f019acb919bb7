"""Taking moves of messages back and making them again, one record at a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select

from deskapp.domain.ids import AgentId, MoveId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.moving import MoveKind, WayBack
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.joins import ticket_link
from ..tables.people import agent
from ..tables.tickets import event, message
from .filing import heirs_of, lock_tickets
from .ticket_edit import lock_rows
from .ticket_merge import merge_tickets
from .ticket_moves import (
    Move,
    last_merge,
    move_back,
    move_messages,
    move_numbered,
    settle_move,
    tell_move,
)
from .ticket_opened import close_target, open_target, unanswered
from .ticket_split import link_split
from .ticket_standing import restand
from .ticket_unmerge import unmerge


@dataclass(frozen=True, slots=True)
class MoveUndone:
    """``left``: how many of its messages stay where somebody else put them."""

    move: Move
    messages: int
    left: int = 0


def undo_move(unit: Unit, one: MoveId, at: datetime, by: AgentId | None) -> MoveUndone:
    """Takes a move back as far as nobody went on with it.

    ``Problem(TOO_LATE, what="move")`` when it was undone already or its messages have all gone on;
    ``Problem(CHANGED_MEANWHILE, what="split_off", who=...)`` when a colleague has worked on a
    ticket that was split off: what they did there stays theirs.
    """
    move = move_numbered(unit.connection, one)
    if move.undone:
        raise Problem(ProblemKind.TOO_LATE, what="move", value=one)
    count = len(move.way_back.messages)
    if move.kind is MoveKind.MERGE:
        moved = unmerge(unit, move, at, by)
        return MoveUndone(move, moved, max(count - moved, 0))
    if move.kind is MoveKind.SPLIT:
        return MoveUndone(move, _join_again(unit, move, at, by))
    heirs = lock_tickets(unit.connection, {move.source, move.target})
    there = _still_on(unit, move, heirs[move.target])
    back = [pair for pair in move.way_back.messages if pair[0] in there]
    home = heirs[move.source]
    if not back or home == heirs[move.target]:
        raise Problem(ProblemKind.TOO_LATE, what="move", value=one)
    settle_move(unit, one, at)
    ids = [number for number, _ in back]
    _open_again(unit, move, (heirs[move.target], home), ids, at, by)
    move_back(unit, back, home)
    if len(back) == count:
        close_target(unit, move, heirs[move.target], at, by)
    _tell_and_restand(unit, (heirs[move.target], home), ids, at, by)
    return MoveUndone(move, len(back), count - len(back))


def redo_move(unit: Unit, one: MoveId, at: datetime, by: AgentId | None) -> MoveId:
    """Makes a move again that was undone; the record that stands for it now."""
    move = move_numbered(unit.connection, one)
    heirs = heirs_of(unit.connection, {move.source, move.target})
    if move.kind is MoveKind.MERGE:
        return merge_tickets(unit, move.source, heirs[move.target], at, by)
    if move.kind is MoveKind.SPLIT:
        joined = last_merge(unit.connection, move.target, move.source)
        if joined is None:
            raise Problem(ProblemKind.TOO_LATE, what="move", value=one)
        unmerge(unit, move_numbered(unit.connection, joined), at, by)
        settle_move(unit, one, None)
        link_split(unit, move.source, move.target, at, by)
        return one
    heirs = lock_tickets(unit.connection, {move.source, move.target})
    there = _still_on(unit, move, heirs[move.source])
    if not there or heirs[move.source] == heirs[move.target]:
        raise Problem(ProblemKind.TOO_LATE, what="move", value=one)
    settle_move(unit, one, None)
    both = (heirs[move.source], heirs[move.target])
    _open_again(unit, move, both, sorted(there), at, by)
    move_messages(unit, sorted(there), heirs[move.target])
    _tell_and_restand(unit, both, sorted(there), at, by)
    return one


def _open_again(
    unit: Unit,
    move: Move,
    tickets: tuple[TicketId, TicketId],
    messages: list[int],
    at: datetime,
    by: AgentId | None,
) -> None:
    """What waits for us is not put back unseen either, where somebody settled the ticket since."""
    rows = {row.id: row for row in lock_rows(unit, tickets)}
    one, into = (rows[number] for number in tickets)
    news = unanswered(unit, one, messages, carried=bool(move.way_back.newest))
    open_target(unit, into, news, WayBack(()), at, by)


def _still_on(unit: Unit, move: Move, where: TicketId) -> set[int]:
    ids = {number for number, _ in move.way_back.messages}
    there = select(message.c.id).where(message.c.ticket_id == where, message.c.id.in_(ids))
    return set(unit.connection.execute(there).scalars())


def _tell_and_restand(
    unit: Unit,
    tickets: tuple[TicketId, TicketId],
    messages: list[int],
    at: datetime,
    by: AgentId | None,
) -> None:
    tell_move(unit, EventKind.MOVED, tickets, messages, at, by)
    for one in tickets:
        restand(unit, one)


def _join_again(unit: Unit, move: Move, at: datetime, by: AgentId | None) -> int:
    """A split is undone by merging the two: the new number stays findable."""
    worked = (
        select(agent.c.name)
        .join(event, event.c.agent_id == agent.c.id)
        .where(event.c.ticket_id == move.target, event.c.agent_id.is_distinct_from(by))
        .where(or_(event.c.at > move.at, event.c.agent_id.is_distinct_from(move.by)))
    )
    who = unit.connection.execute(worked.order_by(event.c.id.desc()).limit(1)).scalar()
    if who is not None:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="split_off", who=who)
    heirs = lock_tickets(unit.connection, {move.source, move.target})
    if heirs[move.target] != move.target or heirs[move.source] == move.target:
        raise Problem(ProblemKind.TOO_LATE, what="move", value=move.id)
    settle_move(unit, move.id, at)
    mine = ticket_link.c.from_id == move.source, ticket_link.c.to_id == move.target
    unit.connection.execute(delete(ticket_link).where(*mine))
    joined = merge_tickets(unit, move.target, heirs[move.source], at, by)
    return len(move_numbered(unit.connection, joined).way_back.messages)
