"""Finding tickets, messages, customers and orders by what is written in them."""

from collections.abc import Sequence

from deskapp.data.queries.found import describe
from deskapp.data.queries.ticket_lists import ticket_numbered
from deskapp.data.search import search
from deskapp.domain.ids import TicketId
from deskapp.domain.search_query import parse_query
from deskapp.domain.tickets import Found

from .context import Context

_MOST_HITS = 5_000  # rows looked through for one list of tickets


class Search:
    """Searches the desk on folded text: 订单 finds 訂單, don hang finds đơn hàng."""

    def __init__(self, context: Context) -> None:
        self._database = context.database

    def find(self, words: str, limit: int = 50, kinds: Sequence[str] = ()) -> tuple[Found, ...]:
        """The best answers of every kind, or of ``kinds`` (message, customer, order)."""
        query = parse_query(words)
        if not query:
            return ()
        with self._database.reading() as connection:
            return describe(connection, search(connection, query, limit, kinds), query)

    def tickets(self, words: str, limit: int = 1000) -> list[TicketId]:
        """Tickets with a message that matches, best first, each once. A number is a ticket's."""
        query = parse_query(words)
        found: dict[TicketId, None] = {}
        with self._database.reading() as connection:
            number = words.strip().lstrip("#")
            if number.isascii() and number.isdigit() and len(number) < 10:
                numbered = ticket_numbered(connection, int(number))
                if numbered is not None:
                    found[numbered] = None
            if query:
                for hit in search(connection, query, _MOST_HITS, ("message",)):
                    if hit.ticket_id is not None:
                        found[TicketId(hit.ticket_id)] = None
                    if len(found) >= limit:
                        break
        return list(found)
