"""What a canned reply does to its ticket beside its text, and all of it taken back in one step."""

from dataclasses import dataclass
from datetime import datetime

from deskapp.data.queries import ticket_edit, ticket_lists
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions
from deskapp.domain.snoozing import AWAKE, Snooze, granted
from deskapp.domain.tickets import TicketEdit, TicketRow

from .context import Context

_NOTHING = TicketEdit()


@dataclass(frozen=True, slots=True)
class Acted:
    """What really changed on a ticket, and the way back."""

    ticket: TicketId
    done: TicketEdit
    back: TicketEdit

    @property
    def changed(self) -> bool:
        return self.done != _NOTHING


class CannedActs:
    def __init__(self, context: Context) -> None:
        self._context = context

    def do(self, ticket: TicketId, actions: CannedActions) -> Acted:
        """Sets status, assignee, tags and snooze in one write.

        Raises Problem NOT_FOUND, or CHANGED_MEANWHILE for a ticket that was merged away.
        """
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            rows = ticket_lists.ticket_rows(unit.connection, [ticket], by)
            if not rows:
                raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=ticket)
            acted = _planned(rows[0], actions, at, by)
            ticket_edit.edit_ticket(unit, ticket, acted.done, at, by, None)
        return acted

    def undo(self, acted: Acted) -> None:
        """Takes back what still stands; what somebody changed again since is theirs and stays."""
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            for row in ticket_lists.ticket_rows(unit.connection, [acted.ticket], by):
                back = _still_standing(row, acted)
                ticket_edit.edit_ticket(unit, acted.ticket, back, at, by, None)


def _planned(row: TicketRow, actions: CannedActions, at: datetime, by: AgentId | None) -> Acted:
    status = None if actions.status == row.status else actions.status
    assignee = (by if actions.to_me else None) or actions.assignee
    if assignee == row.assignee_id:
        assignee = None
    has = {name_key(tag): tag for tag in row.tags}
    added = tuple(tag for tag in actions.add_tags if name_key(tag) not in has)
    removed = tuple(has[key] for tag in actions.remove_tags if (key := name_key(tag)) in has)
    lives = (actions.status or row.status) in ACTIVE_STATUSES
    snooze = granted(actions.snooze, at) if actions.snooze and lives else None
    asleep = row.snooze if row.is_asleep(at) else AWAKE
    if snooze == asleep:
        snooze = None
    return Acted(
        row.id,
        TicketEdit(status, assignee, add_tags=added, remove_tags=removed, snooze=snooze),
        TicketEdit(
            None if status is None else row.status,
            None if assignee is None else row.assignee_id,
            unassign=assignee is not None and row.assignee_id is None,
            add_tags=removed,
            remove_tags=added,
            snooze=None if snooze is None else asleep,
        ),
    )


def _still_standing(row: TicketRow, acted: Acted) -> TicketEdit:
    done, back = acted.done, acted.back
    status = back.status if row.status == done.status else None
    ours = done.assignee_id is not None and row.assignee_id == done.assignee_id
    return TicketEdit(
        status,
        back.assignee_id if ours else None,
        unassign=ours and back.unassign,
        add_tags=back.add_tags,
        remove_tags=back.remove_tags,
        snooze=back.snooze if _sleeps(row) == done.snooze else None,
    )


def _sleeps(row: TicketRow) -> Snooze:
    return AWAKE if row.woke else row.snooze
