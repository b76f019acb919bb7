"""Edits made on what a person saw of tickets: what others set meanwhile is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskapp.data.queries import stale
from deskapp.data.queries.ticket_edit import By, edit_ticket, edit_tickets, lock_rows
from deskapp.domain.ids import ActId, TicketId
from deskapp.domain.stale import Clash
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.domain.undoing import ActKind

from .context import Context
from .giving_out import give_out_moved
from .tickets import plain_edit
from .undo import note as note_act


@dataclass(frozen=True, slots=True)
class Made:
    """How many changed, what was left as others set it, and the act to go on with."""

    changed: int
    clashes: tuple[Clash, ...]
    act: ActId | None


class SeenEdits:
    """``seen``: the rows as they stood before the person's eyes when he chose."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def edit(
        self,
        ids: Sequence[TicketId],
        edit: TicketEdit,
        seen: Sequence[TicketRow],
        act: ActId | None = None,
    ) -> Made:
        """Edits at most MANY tickets in one write, but for those where it would overwrite what
        somebody else set after it was seen: they are left, and told.

        ``act``: that of the part before, of a long edit. A single one that was merged away or is
        gone raises Problem as ``Tickets.edit`` does.
        """
        at, by, edit = self._context.now(), self._context.agent, plain_edit(edit)
        with self._context.database.writing() as unit:
            lock_rows(unit, ids)  # what is compared stays so until it is written
            known = {row.id: row for row in seen}
            found = stale.clashes(unit.connection, ids, edit, known, by)
            left = {clash.ticket for clash in found}
            rest = [one for one in ids if one not in left]
            if len(ids) == 1 and rest and act is None:
                edit_ticket(unit, ids[0], edit, at, by, None)
                changed = len(unit.changed)
            else:
                changed = edit_tickets(unit, rest, edit, By(at, by))
            give_out_moved(unit, edit, at)
            made = note_act(self._context, unit, ActKind.EDIT, goes_on=act)
        return Made(changed, tuple(found), made)

    def would_overwrite(self, one: TicketId, edit: TicketEdit) -> tuple[Clash, ...]:
        """All that an edit would change on a ticket, with who set it as it is, and when."""
        with self._context.database.reading() as connection:
            by = self._context.agent
            return tuple(stale.clashes(connection, [one], edit, {}, by, strict=True))
