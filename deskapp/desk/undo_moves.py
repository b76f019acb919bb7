"""Merges, splits, moves of messages and links on the undo stack: noted, taken back, made again."""

from collections.abc import Sequence

from deskapp.data.database import Connection, Unit
from deskapp.data.queries import undo_stack
from deskapp.data.queries.filing import lock_tickets
from deskapp.data.queries.ticket_links import add_link, remove_link
from deskapp.data.queries.ticket_moves import Move, move_numbered, numbers_of
from deskapp.data.queries.undo_moves import redo_move, undo_move
from deskapp.data.queries.undo_stack import Doing
from deskapp.domain.ids import ActId, MoveId, TicketId
from deskapp.domain.linking import LinkRole
from deskapp.domain.moving import MoveKind
from deskapp.domain.problem import Problem
from deskapp.domain.undoing import Act, ActKind, Kept, Plain, TakenBack, TicketChange

from .context import Context

MOVES = (ActKind.MERGE, ActKind.SPLIT, ActKind.MOVE, ActKind.UNMERGE)
_ACTS = {
    MoveKind.MERGE: ActKind.MERGE,
    MoveKind.SPLIT: ActKind.SPLIT,
    MoveKind.MOVE: ActKind.MOVE,
}


def note_moves(context: Context, unit: Unit, moves: Sequence[MoveId]) -> ActId | None:
    """Puts these, done in one, on the acting agent's stack."""
    changes = [_change(unit.connection, one) for one in moves]
    kind = _ACTS[move_numbered(unit.connection, moves[0]).kind] if moves else ActKind.MOVE
    return undo_stack.note_act(unit, _doing(context, kind), changes)


def undo_from_history(context: Context, unit: Unit, one: MoveId) -> Move:
    """Undoes a move of anybody's, however long ago; that is an act of its own."""
    done = undo_move(unit, one, context.now(), context.agent)
    change = _change(unit.connection, one)
    undo_stack.note_act(unit, _doing(context, ActKind.UNMERGE), [change])
    return done.move


def take_back_moves(context: Context, unit: Unit, act: Act) -> TakenBack:
    """All of an act; what cannot be is told. Raises its Problem where nothing of it could be."""
    undoes = (act.kind is ActKind.UNMERGE) == act.redoes
    ids = [MoveId(int(str(one))) for one in undo_stack.values_of(unit.connection, act.id, "move")]
    done: list[MoveId] = []
    kept: list[Kept] = []
    fault: Problem | None = None
    moves = [move_numbered(unit.connection, one) for one in ids]
    ends = {end for move in moves for end in (move.source, move.target)}
    lock_tickets(unit.connection, ends)  # all in one order, against deadlocks
    for one in sorted(ids, reverse=undoes):
        try:
            stands, left = _take_back(context, unit, one, undoes)
        except Problem as problem:  # of several merges the others can still be undone
            fault = problem
            kept.append(_kept(unit.connection, one, str(problem.details.get("who") or "")))
            continue
        done.append(stands)
        if left:
            kept.append(_kept(unit.connection, one))
    if fault is not None and not done:
        raise fault
    undo_stack.drop_tickets(unit, act.id)
    changes = [_change(unit.connection, one) for one in done]
    again = undo_stack.note_act(
        unit, _doing(context, act.kind), changes, undoes=None if act.redoes else act.id
    )
    undo_stack.settle(unit, act.id)
    return TakenBack(act, len(done), tuple(kept), len(kept), True, again)


def take_back_link(context: Context, unit: Unit, act: Act) -> TakenBack:
    """Links two tickets that were parted, or parts them."""
    at, by = context.now(), context.agent
    [(one, fields)] = undo_stack.changes_of(unit.connection, act.id)
    other = TicketId(int(str(fields["other"][1])))
    before, after = fields["link"]
    if after is not None:
        remove_link(unit, one, other, at, by)
    else:
        add_link(unit, one, other, LinkRole(str(before)), at, by)
    undo_stack.drop_tickets(unit, act.id)
    change = TicketChange(one, 0, fields | {"link": (after, before)})
    undoes = None if act.redoes else act.id
    again = undo_stack.note_act(unit, _doing(context, act.kind), [change], undoes=undoes)
    undo_stack.settle(unit, act.id)
    return TakenBack(act, 1, again=again)


def _take_back(context: Context, unit: Unit, one: MoveId, undoes: bool) -> tuple[MoveId, int]:
    at, by = context.now(), context.agent
    if undoes:
        return one, undo_move(unit, one, at, by).left
    return redo_move(unit, one, at, by), 0


def _change(connection: Connection, one: MoveId) -> TicketChange:
    """What an act keeps of a move: its record, and what its sentence needs."""
    move = move_numbered(connection, one)
    [into] = numbers_of(connection, move.target)
    count = len(move.way_back.messages)
    fields: dict[str, tuple[Plain, Plain]] = {
        "move": (None, int(one)),
        "into": (None, into),
        "messages": (None, count),
        "kind": (None, move.kind),
    }
    return TicketChange(move.source, 0, fields)


def _kept(connection: Connection, one: MoveId, who: str = "") -> Kept:
    move = move_numbered(connection, one)
    moved_to = move.target if move.kind is MoveKind.SPLIT else move.source
    [number] = numbers_of(connection, moved_to)
    return Kept(TicketId(moved_to), number, "messages", who)


def _doing(context: Context, kind: ActKind) -> Doing:
    return Doing(kind, context.now(), context.agent)
