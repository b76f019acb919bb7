"""Rows joined into orders: all of an order or nothing of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from deskapp.domain.order_faults import FaultKind, RowFault
from deskapp.domain.order_files import OrderField
from deskapp.domain.orders import OrderData, OrderStatus

from .row_reading import ReadRow

# Two rows of one order cannot differ in these; where they do, two orders share a number.
_ONE_PER_ORDER = {
    "placed_at": OrderField.PLACED_AT,
    "currency": OrderField.CURRENCY,
    "email": OrderField.EMAIL,
    "total": OrderField.TOTAL,
}
_EARLIEST_FIRST = tuple(OrderStatus)


class Conflict(Exception):
    """Rows with one order number tell of different orders."""

    def __init__(self, row: int, field: OrderField, value: str) -> None:
        super().__init__(field.value)
        self.row = row
        self.field = field
        self.value = value


def by_number(rows: Iterable[ReadRow]) -> dict[str, list[ReadRow]]:
    """The rows of each order in the order of the file, wherever they stand."""
    orders: dict[str, list[ReadRow]] = {}
    for row in rows:
        orders.setdefault(row.order.number, []).append(row)
    return orders


def totals_are_per_line(orders: dict[str, list[ReadRow]]) -> bool:
    """Whether the total column holds quantity times price of each line.

    Proven by an order whose rows differ in it, when no row of the file contradicts.
    """
    differing = False
    for rows in orders.values():
        for row in rows:
            line = row.order.lines[0] if len(row.order.lines) == 1 else None
            if row.order.total is None or line is None or line.price is None:
                return False
            if line.quantity * line.price != row.order.total:
                return False
        differing = differing or len({row.order.total for row in rows}) > 1
    return differing


def joined(rows: Sequence[ReadRow], *, blocks: bool, per_line: bool) -> OrderData:
    """One order from its rows. Raises Conflict.

    ``blocks``: a row that leads begins the order anew; the same order told twice counts once.
    ``per_line``: totals are added up.
    """
    if not blocks:
        return _merged(rows, per_line)
    told: list[list[ReadRow]] = []
    for row in rows:
        if row.leads or not told:
            told.append([])
        told[-1].append(row)
    first = _merged(told[0], per_line)
    for again in told[1:]:
        if _merged(again, per_line) != first:
            raise Conflict(again[0].row, OrderField.NUMBER, first.number)
    return first


def _merged(rows: Sequence[ReadRow], per_line: bool) -> OrderData:
    if len(rows) == 1:
        return rows[0].order
    for attribute, field in _ONE_PER_ORDER.items():
        if not (per_line and field is OrderField.TOTAL):
            _check_one(rows, attribute, field)
    parts = [row.order for row in rows]
    totals = [part.total for part in parts if part.total is not None]
    total = sum(totals, Decimal(0)) if per_line else next(iter(totals), None)
    return replace(
        parts[0],
        placed_at=next((part.placed_at for part in parts if part.placed_at), None),
        total=total,
        standing=_slowest(part.standing for part in parts),
        lines=tuple(chain.from_iterable(part.lines for part in parts)),
        shipments=tuple(dict.fromkeys(chain.from_iterable(part.shipments for part in parts))),
        status=_first(part.status for part in parts),
        payment_status=_first(part.payment_status for part in parts),
        fulfilment_status=_first(part.fulfilment_status for part in parts),
        currency=_first(part.currency for part in parts),
        customer_name=_first(part.customer_name for part in parts),
        email=_first(part.email for part in parts),
        phone=_first(part.phone for part in parts),
        note=_first(part.note for part in parts),
        shipping_address=_first(part.shipping_address for part in parts),
        changed_at=max((part.changed_at for part in parts if part.changed_at), default=None),
        ship_to=next((part.ship_to for part in parts if part.ship_to), None),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _check_one(rows: Sequence[ReadRow], attribute: str, field: OrderField) -> None:
    seen: object = None
    for row in rows:
        value = getattr(row.order, attribute)
        if value is None or value == "":
            continue
        if seen is not None and value != seen:
            raise Conflict(row.row, field, str(value))
        seen = value


def _slowest(standings: Iterable[OrderStatus]) -> OrderStatus:
    """An order stands where its slowest item stands; a cancelled item does not end the others."""
    known = set(standings) - {OrderStatus.UNKNOWN}
    return min(known, key=_EARLIEST_FIRST.index, default=OrderStatus.UNKNOWN)


def conflict_fault(conflict: Conflict, column: str, number: str) -> RowFault:
    """What a person is told of it."""
    why = FaultKind.DUPLICATE_NUMBER_CONFLICT
    return RowFault(conflict.row, why, conflict.value, column, number)
