"""Tickets that come back, from a snooze, for a follow-up that was promised or for a return case:
noted once, by whichever program sees first that their time has come."""

from datetime import datetime

from deskapp.data.queries.follow_ups import next_follow_up, wake_promised
from deskapp.data.queries.returns_write import next_return, wake_returns
from deskapp.data.queries.snoozes import next_due, wake_due
from deskapp.domain.ids import TicketId

from .context import Context


class Snoozes:
    """Putting aside is an edit of the ticket (``TicketEdit.snooze``); this is about waking."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def next(self) -> datetime | None:
        """When the next ticket comes back; a time gone by is one that nobody has noted yet."""
        with self._context.database.reading() as connection:
            times = next_due(connection), next_follow_up(connection), next_return(connection)
        return min((one for one in times if one is not None), default=None)

    def wake(self) -> list[TicketId]:
        """Notes what has come back, with the time it did. Writes nothing when nothing has."""
        due, now = self.next(), self._context.now()
        if due is None or due > now:
            return []
        with self._context.database.writing() as unit:
            return [*wake_due(unit, now), *wake_promised(unit, now), *wake_returns(unit, now)]
