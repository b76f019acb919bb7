"""Removing order sources, and the orders of one that nobody needs."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, delete, func, select, update

from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SourceKind

from ..database import Unit
from ..search import forget_rows
from ..tables import metadata
from ..tables.orders import (
    order_line,
    order_refund,
    order_source,
    shipment,
    shop_order,
    shop_return,
)
from .act_limits import forget_source
from .order_parts import clear_parts
from .order_sources import BY_HAND, source_state
from .parts import parts

_OWN = (order_line, shipment, order_refund, shop_return)
_AT_ONCE = 2_000  # orders of one transaction: below a second, in which others wait to write
_BY_HAND = {
    "kind": SourceKind.FILE.value,
    "settings": BY_HAND,
    "address": "",
    "mark": "",
    "shortfalls": "[]",
    "trouble": "",
    "next_at": None,
    "active": False,
}


def remove_source(unit: Unit, source: OrderSourceId) -> int:
    """How many orders stay: while any does the source does too, as one that nothing asks.

    Raises Problem(NOT_FOUND).
    """
    source_state(unit.connection, source)
    counted = select(func.count()).where(shop_order.c.source_id == source)
    left = int(unit.connection.execute(counted).scalar_one())
    if left:
        unit.connection.execute(
            update(order_source)
            .where(order_source.c.id == source)
            .values(**_BY_HAND, version=order_source.c.version + 1)
        )
    else:
        forget_source(unit, source)
        unit.connection.execute(delete(order_source).where(order_source.c.id == source))
    unit.touched.areas.update(("order_sources", "orders"))
    return left


def delete_orders(unit: Unit, source: OrderSourceId, after: int) -> int | None:
    """Deletes a portion of a source's orders, less those that other work of ours refers to.

    Goes on behind the id ``after``; returns where the next portion begins, None at the end.
    """
    portion = (
        select(shop_order.c.id)
        .where(shop_order.c.source_id == source, shop_order.c.id > after)
        .order_by(shop_order.c.id)
        .limit(_AT_ONCE)
    )
    some: Sequence[int] = unit.connection.execute(portion).scalars().all()
    for part in parts(some):
        _delete(unit, part)
    if some:
        unit.touched.areas.add("orders")
    return some[-1] if len(some) == _AT_ONCE else None


def _delete(unit: Unit, orders: Iterable[int]) -> None:
    ids = list(orders)
    kept: set[int] = set()
    for table in _referring():
        kept.update(_named_by(unit.connection, table, ids))
    free = [one for one in ids if one not in kept]
    clear_parts(unit.connection, free)
    forget_rows(unit.connection, "order", free)
    unit.connection.execute(delete(shop_order).where(shop_order.c.id.in_(free)))


def _named_by(connection: Connection, table: Table, ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for key in table.foreign_keys:
        if key.column.table is shop_order:
            column = key.parent
            asked = select(column).where(column.in_(ids))
            found.update(connection.execute(asked).scalars())
    return found


def _referring() -> list[Table]:
    """The tables of our own work that name orders."""
    return [
        table
        for table in metadata.sorted_tables
        if table not in _OWN and any(one.column.table is shop_order for one in table.foreign_keys)
    ]
