"""What the acting agent is to be told of."""

from collections.abc import Sequence

from deskapp.data.queries.happened import happened_to, newest_of_all
from deskapp.domain.ids import TicketId
from deskapp.domain.notices import Happened

from .context import Context


class Notices:
    """Reads what happened; what of it is worth a notice is ``domain.notices``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def newest(self) -> int:
        """From where on to listen."""
        with self._context.database.reading() as connection:
            return newest_of_all(connection)

    def happened(self, tickets: Sequence[TicketId], after: int) -> tuple[Happened, ...]:
        """What happened to these tickets after an event. Numbers come out of order when several
        write: ask from the same event again and leave out what is known."""
        with self._context.database.reading() as connection:
            return happened_to(connection, tickets, after, self._context.agent)
