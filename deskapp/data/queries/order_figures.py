"""How much one customer has ordered: as their shops tell it, else counted from what is here."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, select

from deskapp.domain.ids import CustomerId
from deskapp.domain.order_card import Figures
from deskapp.domain.orders import OrderStatus, ShopCustomer

from ..tables.columns import AnyRow
from ..tables.orders import order_refund, order_source, shop_order
from .order_json import customer_of
from .orders import NEWEST_FIRST

_MOST = 5_000  # orders of one customer that are summed; who has more is a shop


class Counted(NamedTuple):
    """``since``: the earliest of all that is told and known."""

    orders: int
    since: datetime | None
    figures: tuple[Figures, ...]


def figures_of(connection: Connection, one: CustomerId) -> Counted:
    """A shop that tells of its customer is believed; the other sources' orders are counted."""
    rows = connection.execute(
        select(
            shop_order.c.id,
            shop_order.c.source_id,
            order_source.c.name.label("source"),
            order_source.c.kind,
            shop_order.c.status,
            shop_order.c.currency,
            shop_order.c.total,
            shop_order.c.placed_at,
            shop_order.c.shop_customer,
        )
        .join(order_source, order_source.c.id == shop_order.c.source_id)
        .where(shop_order.c.customer_id == one)
        .order_by(*NEWEST_FIRST)
        .limit(_MOST)
    ).all()
    told = _told(rows)
    counted = [row for row in rows if row.source_id not in told]
    figures = [_as_told(source, known) for source, known in told.values()]
    if counted:
        figures.append(_as_counted(connection, one, counted))
    dates = [known.since for _, known in told.values()] + [row.placed_at for row in rows]
    return Counted(len(rows), min(filter(None, dates), default=None), tuple(figures))


def _told(rows: Sequence[AnyRow]) -> dict[int, tuple[str, ShopCustomer]]:
    """What each shop says of its customer: with the newest order that it says it with."""
    told: dict[int, tuple[str, ShopCustomer]] = {}
    for row in rows:
        known = customer_of(row.shop_customer) if row.source_id not in told else None
        if known is not None and known.orders is not None:
            told[row.source_id] = row.source, known
    return told


def _as_told(source: str, known: ShopCustomer) -> Figures:
    spent = () if known.spent is None else ((known.currency, known.spent),)
    return Figures(source, known.orders or 0, spent)


def _as_counted(connection: Connection, one: CustomerId, rows: Sequence[AnyRow]) -> Figures:
    back = _given_back(connection, one)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.total is None or row.status == OrderStatus.CANCELLED:
            continue
        # Shopify's total is what is left after refunds already.
        less = Decimal(0) if row.kind == "shopify" else back.get(row.id, Decimal(0))
        spent[row.currency] += max(row.total - less, Decimal(0))
    return Figures("", len(rows), tuple(sorted(spent.items())))


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
