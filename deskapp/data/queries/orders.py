"""Orders as they are kept: ids in order, rows for a page, whole orders, and their sources."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select, true

from deskapp.domain.ids import CustomerId, OrderId, OrderSourceId
from deskapp.domain.order_rows import OrderDetail, OrderRow
from deskapp.domain.orders import OrderStatus, Shipment, number_key

from ..tables.columns import AnyRow
from ..tables.orders import order_line, order_source, shop_order
from .order_find import newest_of
from .order_json import customer_of, place_of, ref_of, tags_of
from .order_parts import OrderParts, order_parts, order_shipments
from .parts import parts

NEWEST_FIRST = (shop_order.c.placed_at.desc().nulls_last(), shop_order.c.id.desc())


def order_ids(connection: Connection, limit: int) -> list[OrderId]:
    """The newest orders first; those without a date last."""
    return newest_of(connection, true(), limit)


def customer_order_ids(connection: Connection, customer: CustomerId, limit: int) -> list[OrderId]:
    """A customer's orders, the newest first."""
    mine = select(shop_order.c.id).where(shop_order.c.customer_id == customer)
    found = connection.execute(mine.order_by(*NEWEST_FIRST).limit(limit))
    return [OrderId(one) for one in found.scalars()]


def order_rows(connection: Connection, ids: Sequence[OrderId]) -> list[OrderRow]:
    """The rows behind ids, in the order asked. Ids that are gone are left out."""
    found = _orders(connection, ids)
    items = _line_counts(connection, found)
    parcels = order_shipments(connection, found)
    return [
        _row(found[one], items.get(one, 0), parcels.get(one, ())) for one in ids if one in found
    ]


def order_details(connection: Connection, ids: Sequence[OrderId]) -> list[OrderDetail]:
    """The whole orders behind ids, in the order asked. Ids that are gone are left out."""
    found = _orders(connection, ids)
    hung = order_parts(connection, found)
    return [_detail(found[one], hung[one]) for one in ids if one in found]


def orders_numbered(
    connection: Connection, numbers: Iterable[str]
) -> dict[str, tuple[OrderId, ...]]:
    """The orders behind each number as somebody spelt it; unknown numbers are left out.

    Two shops may count alike: those spelt just so come first, of both the newest.
    """
    keys = {number: number_key(number) for number in numbers}
    by_key: dict[str, list[AnyRow]] = defaultdict(list)
    for part in parts(sorted({key for key in keys.values() if key})):
        statement = select(shop_order.c.id, shop_order.c.number, shop_order.c.number_key).where(
            shop_order.c.number_key.in_(part)
        )
        for row in connection.execute(statement.order_by(*NEWEST_FIRST)):
            by_key[row.number_key].append(row)
    found: dict[str, tuple[OrderId, ...]] = {}
    for number, key in keys.items():
        same = by_key.get(key, [])
        wanted = number.strip().casefold()
        if same:
            just_so = [row for row in same if row.number.casefold() == wanted]
            rest = [row for row in same if row.number.casefold() != wanted]
            found[number] = tuple(OrderId(row.id) for row in (*just_so, *rest))
    return found


def _orders(connection: Connection, ids: Iterable[OrderId]) -> dict[OrderId, AnyRow]:
    found: dict[OrderId, AnyRow] = {}
    for part in parts(ids):
        statement = (
            select(
                shop_order,
                order_source.c.name.label("source"),
                order_source.c.kind.label("source_kind"),
            )
            .join(order_source, order_source.c.id == shop_order.c.source_id)
            .where(shop_order.c.id.in_(part))
        )
        for row in connection.execute(statement):
            found[OrderId(row.id)] = row
    return found


def _line_counts(connection: Connection, orders: Iterable[int]) -> Mapping[int, int]:
    counts: dict[int, int] = {}
    for part in parts(orders):
        statement = (
            select(order_line.c.order_id, func.count().label("items"))
            .where(order_line.c.order_id.in_(part))
            .group_by(order_line.c.order_id)
        )
        counts.update({row.order_id: row.items for row in connection.execute(statement)})
    return counts


def newest_parcel(parcels: Sequence[Shipment]) -> Shipment | None:
    """The last that can be followed, else the last; None without any."""
    followed = [one for one in parcels if one.tracking_number]
    return next(reversed(followed or parcels), None)


def _row(row: AnyRow, items: int, parcels: Sequence[Shipment]) -> OrderRow:
    newest = newest_parcel(parcels)
    return OrderRow(
        id=OrderId(row.id),
        source=row.source,
        number=row.number,
        customer_id=None if row.customer_id is None else CustomerId(row.customer_id),
        name=row.name,
        email=row.email,
        phone=row.phone,
        status=OrderStatus(row.status),
        status_text=row.status_text,
        payment_text=row.payment_status,
        fulfilment_text=row.fulfilment_status,
        currency=row.currency,
        total=row.total,
        placed_at=row.placed_at,
        items=items,
        tracking_number=newest.tracking_number if newest else "",
        tracking_url=newest.tracking_url if newest else "",
        version=row.version,
        source_id=OrderSourceId(row.source_id),
        changed_at=row.changed_at,
        cancelled_at=row.cancelled_at,
        seen_at=row.seen_at,
    )


def _detail(row: AnyRow, hung: OrderParts) -> OrderDetail:
    return OrderDetail(
        row=_row(row, len(hung.lines), hung.shipments),
        address=row.address,
        note=row.note,
        lines=hung.lines,
        shipments=hung.shipments,
        seen_at=row.seen_at,
        ref=ref_of(row.ref),
        source_kind=row.source_kind,
        page=row.page,
        language=row.language,
        tags=tags_of(row.tags),
        ship_to=place_of(row.ship_to),
        bill_to=place_of(row.bill_to),
        refunds=hung.refunds,
        returns=hung.returns,
        shop_customer=customer_of(row.shop_customer),
        whole=row.whole,
    )
