"""Taking in what an order source tells, whole readings at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from deskapp.domain.contact import phone_key, region_of_currency
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.orders import OrderData, OrderLine, Shipment, number_key
from deskapp.domain.plain import one_line, plain_text

from ..database import Unit
from ..rowids import reserve
from ..search import index_rows, reindex_rows
from ..tables.columns import AnyRow
from ..tables.orders import order_line, order_source, shipment, shop_order
from .order_links import owners_of
from .orders import order_lines, order_shipments
from .parts import parts
from .search_texts import texts_of
from .writes import insert_row

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Told:
    """An order as its source tells it now, in the form of our rows."""

    values: Values
    lines: tuple[OrderLine, ...]
    shipments: tuple[Shipment, ...]


def save_orders(
    unit: Unit, source: str, kind: str, profile: str, reading: Sequence[OrderData], at: datetime
) -> OrderImport:
    """Stores a reading: orders are told apart by source and number; the last telling counts."""
    source_id = _source(unit, source, kind, profile, at)
    told = _owned(unit, {data.number: _told(data) for data in reading})
    new: list[_Told] = []
    updated: list[tuple[AnyRow, _Told]] = []
    unchanged = 0
    for numbers in parts(told):
        known = _known(unit, source_id, numbers)
        ids = [row.id for row in known.values()]
        lines = order_lines(unit.connection, ids)
        parcels = order_shipments(unit.connection, ids)
        for number in numbers:
            row = known.get(number)
            if row is None:
                new.append(told[number])
            elif _same(row, lines.get(row.id, ()), parcels.get(row.id, ()), told[number]):
                unchanged += 1
            else:
                updated.append((row, told[number]))
        _seen(unit, ids, at)
    _insert(unit, source_id, new, at)
    _update(unit, updated)
    unit.touched.areas.add("orders")
    return OrderImport(len(new), len(updated), unchanged)


def _source(unit: Unit, name: str, kind: str, profile: str, at: datetime) -> int:
    values = {"kind": kind, "profile": profile, "read_at": at}
    known: int | None = unit.connection.execute(
        update(order_source)
        .where(order_source.c.name == name)
        .values(**values)
        .returning(order_source.c.id)
    ).scalar()
    if known is not None:
        return known
    return insert_row(unit.connection, order_source, {"name": name, **values})


def _told(data: OrderData) -> _Told:
    email, phone = one_line(data.email, 320), one_line(data.phone, 60)
    return _Told(
        values={
            "number": one_line(data.number, 120),
            "number_key": number_key(data.number)[:120],
            "name": one_line(data.customer_name),
            "email": email,
            "email_key": Address("", email).key,
            "phone": phone,
            "phone_key": phone_key(phone, region_of_currency(data.currency))[:40],
            "status": data.standing,
            "status_text": one_line(data.status),
            "payment_status": one_line(data.payment_status),
            "fulfilment_status": one_line(data.fulfilment_status),
            "currency": data.currency[:3].upper(),
            "total": data.total,
            "placed_at": _instant(data.placed_at),
            "address": plain_text(data.shipping_address),
            "note": plain_text(data.note),
        },
        lines=tuple(
            OrderLine(one_line(one.sku, 120), one_line(one.title), one.quantity, one.price)
            for one in data.lines
        ),
        shipments=tuple(
            Shipment(
                one_line(one.carrier, 120),
                one_line(one.tracking_number, 120),
                one_line(one.tracking_url),
                _instant(one.shipped_at),
                _instant(one.delivered_at),
            )
            for one in data.shipments
        ),
    )


def _instant(at: datetime | None) -> datetime | None:
    """Cut to what the table keeps, so that the same telling compares equal next time."""
    return None if at is None else datetime.fromtimestamp(round(at.timestamp() * 1000) / 1000, UTC)


def _owned(unit: Unit, told: Mapping[str, _Told]) -> dict[str, _Told]:
    """Fills in whose each order is. The mail address says more than the phone."""
    mails = {one.values["email_key"] for one in told.values()}
    phones = {one.values["phone_key"] for one in told.values()}
    by_mail = owners_of(unit, ContactKind.MAIL, mails)
    by_phone = owners_of(unit, ContactKind.PHONE, phones)
    for one in told.values():
        owner = by_mail.get(one.values["email_key"]) or by_phone.get(one.values["phone_key"])
        one.values["customer_id"] = owner
    return {one.values["number"]: one for one in told.values()}


def _known(unit: Unit, source_id: int, numbers: Sequence[str]) -> dict[str, AnyRow]:
    statement = select(shop_order).where(
        shop_order.c.source_id == source_id, shop_order.c.number.in_(numbers)
    )
    return {row.number: row for row in unit.connection.execute(statement)}


def _same(
    row: AnyRow, lines: Sequence[OrderLine], parcels: Sequence[Shipment], told: _Told
) -> bool:
    values = told.values
    contacts = ("email_key", "phone_key")
    if values["customer_id"] is None and all(row._mapping[k] == values[k] for k in contacts):
        values["customer_id"] = row.customer_id  # linked by hand, or by a merge
    return (
        all(row._mapping[name] == value for name, value in values.items())
        and tuple(lines) == told.lines
        and tuple(parcels) == told.shipments
    )


def _seen(unit: Unit, ids: Sequence[int], at: datetime) -> None:
    if ids:
        unit.connection.execute(
            update(shop_order).where(shop_order.c.id.in_(ids)).values(seen_at=at)
        )


def _insert(unit: Unit, source_id: int, new: Sequence[_Told], at: datetime) -> None:
    if not new:
        return
    ids = reserve(unit.connection, shop_order, len(new))
    numbered = list(zip(ids, new, strict=True))
    unit.connection.execute(
        insert(shop_order),
        [
            {"id": one, "source_id": source_id, "seen_at": at, **told.values}
            for one, told in numbered
        ],
    )
    _write_parts(unit, numbered)
    index_rows(unit.connection, texts_of(unit.connection, "order", ids))
    _touch(unit, (told.values["customer_id"] for told in new))


def _update(unit: Unit, updated: Sequence[tuple[AnyRow, _Told]]) -> None:
    if not updated:
        return
    numbered = [(int(row.id), told) for row, told in updated]
    names = list(updated[0][1].values)
    unit.connection.execute(
        update(shop_order)
        .where(shop_order.c.id == bindparam("row_id"))
        .values(
            **{name: bindparam(f"new_{name}") for name in names}, version=shop_order.c.version + 1
        ),
        [
            {"row_id": one, **{f"new_{name}": told.values[name] for name in names}}
            for one, told in numbered
        ],
    )
    for part in parts(one for one, _ in numbered):
        unit.connection.execute(delete(order_line).where(order_line.c.order_id.in_(part)))
        unit.connection.execute(delete(shipment).where(shipment.c.order_id.in_(part)))
    _write_parts(unit, numbered)
    ids = [one for one, _ in numbered]
    reindex_rows(unit.connection, texts_of(unit.connection, "order", ids))
    _touch(unit, (row.customer_id for row, _ in updated))
    _touch(unit, (told.values["customer_id"] for _, told in numbered))


def _write_parts(unit: Unit, numbered: Sequence[tuple[int, _Told]]) -> None:
    lines = [
        {
            "order_id": one,
            "position": position,
            "sku": line.sku,
            "title": line.title,
            "quantity": line.quantity,
            "price": line.price,
        }
        for one, told in numbered
        for position, line in enumerate(told.lines)
    ]
    parcels = [
        {
            "order_id": one,
            "carrier": parcel.carrier,
            "tracking_number": parcel.tracking_number,
            "tracking_url": parcel.tracking_url,
            "shipped_at": parcel.shipped_at,
            "delivered_at": parcel.delivered_at,
        }
        for one, told in numbered
        for parcel in told.shipments
    ]
    if lines:
        unit.connection.execute(insert(order_line), lines)
    if parcels:
        unit.connection.execute(insert(shipment), parcels)


def _touch(unit: Unit, owners: Iterable[CustomerId | None]) -> None:
    unit.touched.customers.update(CustomerId(one) for one in owners if one is not None)
