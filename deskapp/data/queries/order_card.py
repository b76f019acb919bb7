"""What stands about orders beside a ticket, read in one go."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from deskapp.domain.ids import CustomerId, OrderId, TicketId
from deskapp.domain.order_card import OrderCard, ShownOrder, Whose
from deskapp.domain.order_rows import OrderDetail

from .customers import kept_customer
from .order_figures import figures_of
from .order_guard import whose_orders
from .order_mentions import numbers_named
from .orders import customer_order_ids, order_details, orders_numbered

_MOST_NAMED = 3
_ALIKE = 3  # orders of one number, of as many shops


def order_card(
    connection: Connection, asked: CustomerId, one: TicketId | None, limit: int
) -> OrderCard:
    """The orders that a ticket's mails name, and the newest ``limit`` of its customer.

    Where shops count alike all of that number are shown, the customer's own first.
    """
    owner = kept_customer(connection, asked) or asked
    numbers = numbers_named(connection, one)[:_MOST_NAMED] if one is not None else ()
    known = orders_numbered(connection, numbers)
    named = list(dict.fromkeys(one for number in numbers for one in known.get(number, ())[:_ALIKE]))
    newest = customer_order_ids(connection, owner, limit)
    shown = {one.detail.row.id: one for one in shown_orders(connection, owner, [*named, *newest])}
    told = figures_of(connection, owner)
    return OrderCard(
        customer=owner,
        since=told.since,
        orders=told.orders,
        figures=told.figures,
        named=tuple(sorted(_picked(shown, named), key=lambda one: one.strange)),
        newest=_picked(shown, [one for one in newest if one not in named]),
        unknown=tuple(number for number in numbers if number not in known),
    )


def shown_orders(
    connection: Connection, asker: CustomerId | None, ids: Sequence[OrderId]
) -> list[ShownOrder]:
    """Orders whole, with whose they are as seen from ``asker``; in the order asked."""
    details = order_details(connection, list(dict.fromkeys(ids)))
    whose = whose_orders(connection, asker, [detail.row for detail in details])
    return [_shown(detail, whose) for detail in details]


def _shown(detail: OrderDetail, whose: Mapping[OrderId, tuple[Whose, str]]) -> ShownOrder:
    return ShownOrder(detail, *whose[detail.row.id])


def _picked(shown: Mapping[OrderId, ShownOrder], ids: Iterable[OrderId]) -> tuple[ShownOrder, ...]:
    return tuple(shown[one] for one in ids if one in shown)
