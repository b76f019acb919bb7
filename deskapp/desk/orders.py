"""What customers bought, as their shops and files told it."""

from collections.abc import Sequence

from deskapp.data.queries.order_card import order_card, shown_orders
from deskapp.data.queries.order_find import find_orders
from deskapp.data.queries.order_guard import ticket_customer
from deskapp.data.queries.order_sources import file_source, source_rows
from deskapp.data.queries.order_tickets import tickets_about
from deskapp.data.queries.orders import (
    customer_order_ids,
    order_details,
    order_ids,
    order_rows,
    orders_numbered,
)
from deskapp.data.queries.orders_write import save_orders
from deskapp.data.queries.ticket_rows import ticket_rows
from deskapp.domain.ids import CustomerId, OrderId, TicketId
from deskapp.domain.order_card import OrderCard, ShownOrder
from deskapp.domain.order_rows import OrderDetail, OrderImport, OrderRow, OrderSourceRow
from deskapp.domain.orders import OrderData
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketRow

from .context import Context
from .portions import portions


class Orders:
    """Stores what order sources tell, and finds an order by whatever a customer has at hand."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save(
        self, source: str, kind: str, profile: str, reading: Sequence[OrderData]
    ) -> OrderImport:
        """Stores a reading; an order known by source and number is brought up to date.

        A long one goes a portion at a time, so that others can write in between: broken off, it is
        taken in again, which doubles nothing. Raises Problem(EMPTY) for a source without a name.
        """
        name = one_line(source, 120)
        if not name:
            raise Problem(ProblemKind.EMPTY, what="order_source")
        done = OrderImport()
        for some in portions(reading):
            with self._context.database.writing() as unit:
                at = self._context.now()
                found = file_source(unit, name, kind, profile, at)
                done += save_orders(unit, found, some, at)
        return done

    def sources(self) -> tuple[OrderSourceRow, ...]:
        """All order sources by name."""
        with self._context.database.reading() as connection:
            return source_rows(connection)

    def ids(self, words: str = "", limit: int = 100_000) -> list[OrderId]:
        """All orders, newest first, or those that ``find`` would give for ``words``."""
        with self._context.database.reading() as connection:
            if not words.strip():
                return order_ids(connection, limit)
            return find_orders(connection, words, limit)

    def rows(self, ids: Sequence[OrderId]) -> list[OrderRow]:
        """The rows in the order asked; ids that are gone are left out."""
        with self._context.database.reading() as connection:
            return order_rows(connection, ids)

    def find(self, words: str, limit: int = 50) -> tuple[OrderRow, ...]:
        """By number, tracking number, mail or half of it, phone, postcode or name: see there."""
        with self._context.database.reading() as connection:
            return tuple(order_rows(connection, find_orders(connection, words, limit)))

    def detail(self, order: OrderId) -> OrderDetail:
        """The whole order. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            for detail in order_details(connection, [order]):
                return detail
        raise Problem(ProblemKind.NOT_FOUND, what="order", id=order)

    def for_customer(self, customer: CustomerId, limit: int = 20) -> tuple[OrderDetail, ...]:
        """A customer's orders whole, the newest first."""
        with self._context.database.reading() as connection:
            ids = customer_order_ids(connection, customer, limit)
            return tuple(order_details(connection, ids))

    def card(
        self, customer: CustomerId, ticket: TicketId | None = None, limit: int = 5
    ) -> OrderCard:
        """What stands about a customer's orders beside a ticket. Reads this desk only."""
        with self._context.database.reading() as connection:
            return order_card(connection, customer, ticket, limit)

    def look_up(
        self, words: str, customer: CustomerId | None, limit: int = 10
    ) -> tuple[ShownOrder, ...]:
        """As ``find``, whole, with whose each is as seen from ``customer``."""
        with self._context.database.reading() as connection:
            found = find_orders(connection, words, limit)
            return tuple(shown_orders(connection, customer, found))

    def seen_from(self, order: OrderId, ticket: TicketId | None) -> ShownOrder:
        """One order with whose it is as seen from a ticket. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            asker = ticket_customer(connection, ticket)
            for shown in shown_orders(connection, asker, [order]):
                return shown
        raise Problem(ProblemKind.NOT_FOUND, what="order", id=order)

    def tickets_about(self, order: OrderId) -> tuple[TicketRow, ...]:
        """The tickets that name an order or have its return cases, the newest first."""
        with self._context.database.reading() as connection:
            found = tickets_about(connection, order)
            return tuple(ticket_rows(connection, found, self._context.agent))

    def numbered(self, number: str) -> tuple[OrderId, ...]:
        """The orders behind a number as somebody spelt it, of several shops where these count
        alike: what is spelt just so first, then the newest."""
        with self._context.database.reading() as connection:
            return orders_numbered(connection, [number]).get(number, ())

    def one_numbered(self, number: str) -> OrderId:
        """The only order of that number; "Etsy: 1001" names its source too.

        Raises Problem(NOT_FOUND), and Problem(DUPLICATE, what="order_number") where orders of
        several sources have it: which is meant nobody can tell.
        """
        source, _, bare = number.rpartition(":")
        found = [
            one
            for one in self.rows(self.numbered(bare.strip()))
            if not source or one.source.casefold() == source.strip().casefold()
        ]
        if not found:
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=number)
        just_so = [one for one in found if source and one.number == bare.strip()]
        if len(found) > 1 and len(just_so) != 1:
            shops = ", ".join(f"{one.source}: {one.number}" for one in found)
            raise Problem(ProblemKind.DUPLICATE, what="order_number", value=number, found=shops)
        return (just_so or found)[0].id
