"""What the acting agent is to be told of."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from deskapp.data.queries.absences import owners_for
from deskapp.data.queries.happened import happened_to, newest_of_all
from deskapp.data.queries.ticket_lists import view_among
from deskapp.domain.ids import TicketId
from deskapp.domain.notices import Happened
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context


class Notices:
    """Reads what happened; what of it is worth a notice is ``domain.notices``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def newest(self) -> int:
        """From where on to listen."""
        with self._context.database.reading() as connection:
            return newest_of_all(connection)

    def standing_in(self, view: str, tickets: Collection[TicketId]) -> frozenset[TicketId]:
        """Which of these few a view shows; all of them when there is no such view any more."""
        me, now = self._context.agent, self._context.now()
        try:
            with self._context.database.reading() as connection:
                return frozenset(view_among(connection, view, me, now, list(tickets)))
        except Problem as problem:
            if problem.kind is not ProblemKind.NOT_FOUND:
                raise
            return frozenset(tickets)

    def happened(self, tickets: Sequence[TicketId], after: int) -> tuple[Happened, ...]:
        """What happened to these tickets after an event. Numbers come out of order when several
        write: ask from the same event again and leave out what is known."""
        me = self._context.agent
        with self._context.database.reading() as connection:
            found = happened_to(connection, tickets, after, me)
            owners = owners_for(connection, me, self._context.now())
        # What is a colleague's for whom one stands in is one's own to hear of.
        return tuple(replace(one, assignee=me) if one.assignee in owners else one for one in found)
