"""How much one customer has ordered: as their shops tell it, else counted from what is here."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, String, func, select, type_coerce

from deskapp.domain.ids import CustomerId
from deskapp.domain.order_card import Figures
from deskapp.domain.orders import OrderStatus, ShopCustomer

from ..tables.orders import order_refund, order_source, shop_order
from .order_json import customer_of
from .orders import NEWEST_FIRST

_MOST = 10_000  # orders of one customer that are summed; who has more is a shop
_TOLD_AMONG = 200  # of the newest orders with which a shop said something


class Counted(NamedTuple):
    """``since``: the earliest of all that is told and known."""

    orders: int
    since: datetime | None
    figures: tuple[Figures, ...]


def figures_of(connection: Connection, one: CustomerId) -> Counted:
    """A shop that tells of its customer is believed; the other sources' orders are counted."""
    mine = shop_order.c.customer_id == one
    sources = connection.execute(
        select(
            shop_order.c.source_id,
            func.count().label("orders"),
            func.min(shop_order.c.placed_at).label("since"),
        )
        .where(mine)
        .group_by(shop_order.c.source_id)
    ).all()
    told = _told(connection, one) if sources else {}
    counted = [row.source_id for row in sources if row.source_id not in told]
    figures = [_as_told(source, known) for source, known in told.values()]
    if counted:
        number = sum(row.orders for row in sources if row.source_id in counted)
        figures.append(Figures("", number, _spent(connection, one, counted, number)))
    dates = [known.since for _, known in told.values()] + [row.since for row in sources]
    since = min(filter(None, dates), default=None)
    return Counted(sum(row.orders for row in sources), since, tuple(figures))


def _told(connection: Connection, one: CustomerId) -> dict[int, tuple[str, ShopCustomer]]:
    """What each shop says of its customer: with the newest order that it says it with."""
    rows = connection.execute(
        select(
            shop_order.c.source_id,
            order_source.c.name.label("source"),
            shop_order.c.shop_customer,
        )
        .join(order_source, order_source.c.id == shop_order.c.source_id)
        .where(shop_order.c.customer_id == one, shop_order.c.shop_customer != "")
        .order_by(*NEWEST_FIRST)
        .limit(_TOLD_AMONG)
    )
    told: dict[int, tuple[str, ShopCustomer]] = {}
    for row in rows:
        known = customer_of(row.shop_customer) if row.source_id not in told else None
        if known is not None and known.orders is not None:
            told[row.source_id] = row.source, known
    return told


def _as_told(source: str, known: ShopCustomer) -> Figures:
    spent = () if known.spent is None else ((known.currency, known.spent),)
    return Figures(source, known.orders or 0, spent)


def _spent(
    connection: Connection, one: CustomerId, sources: Sequence[int], orders: int
) -> tuple[tuple[str, Decimal], ...]:
    """Less what was given back; nothing for so many orders that summing them would be waited for:
    a sum of some of them would be a lie."""
    if orders > _MOST:
        return ()
    rows = connection.execute(
        select(
            shop_order.c.id,
            order_source.c.kind,
            shop_order.c.currency,
            # As it is stored: the way through the column's type costs more than the rest.
            type_coerce(shop_order.c.total, String).label("total"),
        )
        .join(order_source, order_source.c.id == shop_order.c.source_id)
        .where(
            shop_order.c.customer_id == one,
            shop_order.c.source_id.in_(sources),
            shop_order.c.status != OrderStatus.CANCELLED,
            shop_order.c.total.is_not(None),
        )
    )
    back = _given_back(connection, one)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for number, kind, currency, total in rows:
        # Shopify's total is what is left after refunds already.
        less = Decimal(0) if kind == "shopify" else back.get(number, Decimal(0))
        spent[currency] += max(Decimal(total) - less, Decimal(0))
    return tuple(sorted(spent.items()))


def _given_back(connection: Connection, one: CustomerId) -> dict[int, Decimal]:
    """By order, in the order's own currency."""
    refunds = (
        select(order_refund.c.order_id, order_refund.c.amount)
        .join(shop_order, shop_order.c.id == order_refund.c.order_id)
        .where(
            shop_order.c.customer_id == one,
            order_refund.c.currency.in_(["", shop_order.c.currency]),
        )
    )
    back: dict[int, Decimal] = defaultdict(Decimal)
    for row in connection.execute(refunds):
        back[row.order_id] += row.amount
    return back
