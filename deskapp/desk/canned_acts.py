"""What a canned reply does to its ticket beside its text, and all of it taken back in one step."""

from dataclasses import dataclass
from datetime import datetime

from deskapp.data.queries import ticket_edit, ticket_lists
from deskapp.data.queries.desk_info import working_days
from deskapp.domain.ids import ActId, AgentId, TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions
from deskapp.domain.snoozing import AWAKE, granted
from deskapp.domain.standing import BY_MACRO
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.domain.undoing import ActKind
from deskapp.domain.working_days import WorkingDays

from .context import Context
from .undo import Undo, note

_NOTHING = TicketEdit()


@dataclass(frozen=True, slots=True)
class Acted:
    """What really changed on a ticket, and the act to take back."""

    ticket: TicketId
    done: TicketEdit
    act: ActId | None = None

    @property
    def changed(self) -> bool:
        return self.done != _NOTHING


class CannedActs:
    def __init__(self, context: Context) -> None:
        self._context = context

    def do(self, ticket: TicketId, actions: CannedActions, name: str = "") -> Acted:
        """Sets status, assignee, tags and snooze in one write. ``name``: the canned reply's.

        Raises Problem NOT_FOUND, or CHANGED_MEANWHILE for a ticket that was merged away.
        """
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            rows = ticket_lists.ticket_rows(unit.connection, [ticket], by)
            if not rows:
                raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=ticket)
            days = working_days(unit.connection)
            done = _planned(rows[0], actions, at, by, days)
            reason = f"{BY_MACRO}{name}"
            ticket_edit.edit_ticket(unit, ticket, done, at, by, None, reason)
            return Acted(ticket, done, note(self._context, unit, ActKind.MACRO, name))

    def undo(self, acted: Acted) -> None:
        """Takes back what still stands; what somebody changed again since is theirs and stays."""
        if acted.act is None:
            return
        try:
            Undo(self._context).take_back(acted.act)
        except Problem as problem:
            if problem.kind not in (ProblemKind.TOO_LATE, ProblemKind.NOT_FOUND):
                raise  # those two: it was taken back from the stack already


def _planned(
    row: TicketRow,
    actions: CannedActions,
    at: datetime,
    by: AgentId | None,
    days: WorkingDays,
) -> TicketEdit:
    status = None if actions.status == row.status else actions.status
    assignee = (by if actions.to_me else None) or actions.assignee
    if assignee == row.assignee_id:
        assignee = None
    has = {name_key(tag): tag for tag in row.tags}
    added = tuple(tag for tag in actions.add_tags if name_key(tag) not in has)
    removed = tuple(has[key] for tag in actions.remove_tags if (key := name_key(tag)) in has)
    lives = (actions.status or row.status) in ACTIVE_STATUSES
    snooze = granted(actions.snooze, at, days.is_working) if actions.snooze and lives else None
    asleep = row.snooze if row.is_asleep(at) else AWAKE
    if snooze == asleep:
        snooze = None
    return TicketEdit(status, assignee, add_tags=added, remove_tags=removed, snooze=snooze)
