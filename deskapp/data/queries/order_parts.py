"""What hangs on orders: items, parcels, refunds and returns; read and written many at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Table, delete, insert, select

from deskapp.domain.order_keys import tracking_key
from deskapp.domain.orders import OrderLine, Refund, Shipment, ShopReturn

from ..tables.columns import AnyRow
from ..tables.orders import order_line, order_refund, shipment, shop_return
from .parts import parts

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class OrderParts:
    """What hangs on one order, each in its source's own order."""

    lines: tuple[OrderLine, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    returns: tuple[ShopReturn, ...] = ()


def order_parts(connection: Connection, orders: Iterable[int]) -> dict[int, OrderParts]:
    """Everything that hangs on several orders; every order asked for is in the answer."""
    ids = list(orders)
    lines = order_lines(connection, ids)
    parcels = order_shipments(connection, ids)
    refunds = _read(connection, order_refund, ids, _refund)
    returns = _read(connection, shop_return, ids, _return)
    return {
        one: OrderParts(
            lines.get(one, ()), parcels.get(one, ()), refunds.get(one, ()), returns.get(one, ())
        )
        for one in ids
    }


def order_lines(connection: Connection, orders: Iterable[int]) -> dict[int, tuple[OrderLine, ...]]:
    """The items of several orders."""
    return _read(connection, order_line, orders, _line)


def order_shipments(
    connection: Connection, orders: Iterable[int]
) -> dict[int, tuple[Shipment, ...]]:
    """The parcels of several orders."""
    return _read(connection, shipment, orders, _shipment)


def write_parts(connection: Connection, told: Sequence[tuple[int, OrderParts]]) -> None:
    """Adds what hangs on orders that have nothing yet."""
    _insert(connection, order_line, _line_rows(told))
    _insert(connection, shipment, _shipment_rows(told))
    _insert(connection, order_refund, _refund_rows(told))
    _insert(connection, shop_return, _return_rows(told))


def clear_parts(connection: Connection, orders: Iterable[int]) -> None:
    """Takes away all that hangs on these orders as their source told it."""
    for part in parts(orders):
        for table in (order_line, shipment, order_refund, shop_return):
            connection.execute(delete(table).where(table.c.order_id.in_(part)))


def _read(
    connection: Connection, table: Table, orders: Iterable[int], made: Callable[[AnyRow], Part]
) -> dict[int, tuple[Part, ...]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts(orders):
        # Ids grow in the order of writing, which is the source's own.
        statement = select(table).where(table.c.order_id.in_(part)).order_by(table.c.id)
        for row in connection.execute(statement):
            found[row.order_id].append(made(row))
    return {owner: tuple(several) for owner, several in found.items()}


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _line(row: AnyRow) -> OrderLine:
    return OrderLine(row.sku, row.title, row.quantity, row.price, row.ref, row.picture)


def _line_rows(told: Sequence[tuple[int, OrderParts]]) -> list[dict[str, object]]:
    return [
        {
            "order_id": order,
            "position": position,
            "sku": line.sku,
            "title": line.title,
            "quantity": line.quantity,
            "price": line.price,
            "ref": line.ref,
            "picture": line.picture,
        }
        for order, hung in told
        for position, line in enumerate(hung.lines)
    ]


def _shipment(row: AnyRow) -> Shipment:
    return Shipment(
        row.carrier,
        row.tracking_number,
        row.tracking_url,
        row.shipped_at,
        row.delivered_at,
        row.status,
        row.expected_at,
    )


def _shipment_rows(told: Sequence[tuple[int, OrderParts]]) -> list[dict[str, object]]:
    return [
        {
            "order_id": order,
            "carrier": parcel.carrier,
            "tracking_number": parcel.tracking_number,
            "tracking_key": tracking_key(parcel.tracking_number),
            "tracking_url": parcel.tracking_url,
            "status": parcel.status,
            "shipped_at": parcel.shipped_at,
            "expected_at": parcel.expected_at,
            "delivered_at": parcel.delivered_at,
        }
        for order, hung in told
        for parcel in hung.shipments
    ]


def _refund(row: AnyRow) -> Refund:
    return Refund(row.ref, row.amount, row.currency, row.at, row.reason)


def _refund_rows(told: Sequence[tuple[int, OrderParts]]) -> list[dict[str, object]]:
    return [
        {
            "order_id": order,
            "ref": refund.ref,
            "amount": refund.amount,
            "currency": refund.currency,
            "at": refund.at,
            "reason": refund.reason,
        }
        for order, hung in told
        for refund in hung.refunds
    ]


def _return(row: AnyRow) -> ShopReturn:
    return ShopReturn(row.ref, row.name, row.status, row.quantity, row.at)


def _return_rows(told: Sequence[tuple[int, OrderParts]]) -> list[dict[str, object]]:
    return [
        {
            "order_id": order,
            "ref": one.ref,
            "name": one.name,
            "status": one.status,
            "quantity": one.quantity,
            "at": one.at,
        }
        for order, hung in told
        for one in hung.returns
    ]
