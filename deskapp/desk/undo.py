"""Taking back what an agent did, and doing it again."""

from collections.abc import Sequence

from deskapp.data.database import Unit
from deskapp.data.queries import undo_stack
from deskapp.data.queries.undo_stack import Doing, Part, changed_by
from deskapp.data.queries.undo_stands import can_be_taken_back
from deskapp.domain.ids import ActId, MoveId, OutboxId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.undoing import Act, ActKind, Kept, TakenBack, TicketChange

from .context import Context
from .roles import refuse_junior
from .undo_moves import MOVES, take_back_link, take_back_moves, undo_from_history

_LOOKED_BACK = 30  # acts of the stack that are read
_NAMED = 5  # of what is kept, so many are named with who changed it
_PART = 500  # tickets of one write


def note(
    context: Context,
    unit: Unit,
    kind: ActKind,
    detail: str = "",
    *,
    changes: Sequence[TicketChange] | None = None,
    goes_on: ActId | None = None,
) -> ActId | None:
    """Puts what this write did to tickets on the acting agent's stack."""
    doing = Doing(kind, context.now(), context.agent, detail)
    changed = unit.changed if changes is None else changes
    return undo_stack.note_act(unit, doing, changed, goes_on=goes_on)


def note_send(
    context: Context, unit: Unit, ticket: TicketId, queued: OutboxId, kind: ActKind
) -> None:
    """A mail that waits is taken back by ``Replies.undo``; the stack knows of it."""
    note(context, unit, kind, str(queued), changes=[TicketChange(ticket, 0, {})])


def settle_send(context: Context, unit: Unit, outbox: OutboxId) -> None:
    """It was taken back, by the stack or otherwise, and with it what was set along with it."""
    act = undo_stack.act_of_mail(unit.connection, outbox)
    if act is not None:
        undo_stack.take_back_part(unit, act, context.now(), context.agent, _PART)
        undo_stack.settle(unit, act)


class Undo:
    """The acting agent's stack, the same in every window on this desk."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def stack(self) -> tuple[Act | None, Act | None]:
        """What Ctrl+Z takes back next, and what was taken back last and can be done again."""
        with self._database.reading() as connection:
            now, by = self._context.now(), self._context.agent
            acts = undo_stack.acts_of(connection, by, now, _LOOKED_BACK)
            done = (one for one in acts if not one.redoes)
            last = next((one for one in done if can_be_taken_back(connection, one, now)), None)
        again = acts[0] if acts and acts[0].redoes else None
        return last, again

    def take_back(self, one: ActId) -> TakenBack:
        """Takes an act back, ticket by ticket what nobody changed since.

        Raises Problem TOO_LATE (what="act") when it was taken back already, or for a reply that
        may have left; NOT_FOUND for an act of long ago.
        """
        try:
            whole = self.take_back_part(one)
        except Problem as problem:
            self._forget_move(one, problem)
            raise
        again = whole.again
        while not whole.done:
            more = self.take_back_part(one, again)
            kept = (*whole.kept, *more.kept)[:_NAMED]
            again = more.again
            whole = TakenBack(
                whole.act,
                whole.restored + more.restored,
                kept,
                whole.kept_count + more.kept_count,
                more.done,
                again,
            )
        return whole

    def take_back_part(self, one: ActId, again: ActId | None = None) -> TakenBack:
        """The next part of a long act, in one short write. ``again``: what the part before
        gave, so that all of it can be done again in one."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            act = undo_stack.act_numbered(unit.connection, one)
            if act.kind in MOVES:
                refuse_junior(unit.connection, by, "junior_joins")  # who has become one since
                return take_back_moves(self._context, unit, act)
            if act.kind is ActKind.LINK:
                return take_back_link(self._context, unit, act)
            if act.kind not in _BY_FIELDS:
                raise Problem(ProblemKind.INVALID, what="act", value=act.kind)
            part = undo_stack.take_back_part(unit, one, at, by, _PART)
            undoes = None if act.redoes else one  # what is done again is an act like any other
            doing = Doing(act.kind, at, by, act.detail)
            again = undo_stack.note_act(unit, doing, part.changes, goes_on=again, undoes=undoes)
            if part.done:
                undo_stack.settle(unit, one)
            kept = self._kept(unit, act, part)
        return TakenBack(act, part.restored, kept, len(part.kept), part.done, again)

    def move(self, one: MoveId) -> tuple[TicketId, TicketId]:
        """Undoes a merge, split or move from the history, whoever made it and however long ago;
        the ticket it went from, and the one it went to.

        Raises Problem TOO_LATE (what="move") when it was undone already, NOT_FOUND for none,
        NOT_ALLOWED (what="junior_joins"), and
        CHANGED_MEANWHILE (what="split_off") where a colleague has worked on what was split off.
        """
        with self._database.writing() as unit:
            refuse_junior(unit.connection, self._context.agent, "junior_joins")
            move = undo_from_history(self._context, unit, one)
        return move.source, move.target

    def _forget_move(self, one: ActId, problem: Problem) -> None:
        """What can never be undone any more must not stand before what was done earlier."""
        if problem.details.get("what") in ("move", "split_off", "ticket", "link", "parent"):
            with self._database.writing() as unit:
                undo_stack.settle(unit, one)

    def _kept(self, unit: Unit, act: Act, part: Part) -> tuple[Kept, ...]:
        by = self._context.agent
        return tuple(
            Kept(row.id, row.number, fields[0], changed_by(unit.connection, row.id, act.at, by))
            for row, fields in part.kept[:_NAMED]
        )


_BY_FIELDS = (ActKind.EDIT, ActKind.MACRO, ActKind.HAND_OVER)
