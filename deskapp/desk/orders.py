"""What customers bought, as their shops and files told it."""

from collections.abc import Sequence

from deskapp.data.queries.order_find import find_orders
from deskapp.data.queries.order_sources import file_source, source_rows
from deskapp.data.queries.orders import (
    customer_order_ids,
    order_details,
    order_ids,
    order_rows,
    orders_numbered,
)
from deskapp.data.queries.orders_write import save_orders
from deskapp.domain.ids import CustomerId, OrderId
from deskapp.domain.order_rows import OrderDetail, OrderImport, OrderRow, OrderSourceRow
from deskapp.domain.orders import OrderData
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context


class Orders:
    """Stores what order sources tell, and finds an order by whatever a customer has at hand."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save(
        self, source: str, kind: str, profile: str, reading: Sequence[OrderData]
    ) -> OrderImport:
        """Stores a whole reading or nothing; an order known by source and number is brought up to
        date. Raises Problem(EMPTY) for a source without a name.
        """
        name = one_line(source, 120)
        if not name:
            raise Problem(ProblemKind.EMPTY, what="order_source")
        with self._context.database.writing() as unit:
            at = self._context.now()
            found = file_source(unit, name, kind, profile, at)
            return save_orders(unit, found, reading, at)

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
        """By number with or without prefix, mail or half of it, phone, name, tracking number."""
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

    def known_numbers(self, numbers: Sequence[str]) -> dict[str, OrderId]:
        """Which of these numbers, as a mail spells them, are orders of ours."""
        with self._context.database.reading() as connection:
            return orders_numbered(connection, numbers)
