"""An order as its source tells it, in the form of our rows, and what becomes of what was known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from deskapp.domain.contact import phone_key, region_of_currency
from deskapp.domain.mail import Address
from deskapp.domain.order_keys import postcode_key, tracking_key
from deskapp.domain.orders import OrderData, OrderLine, OrderStatus, Refund, Shipment, ShopReturn
from deskapp.domain.orders import PostalAddress as Place
from deskapp.domain.orders import number_key as key_of
from deskapp.domain.plain import one_line, plain_text

from ..tables.columns import AnyRow
from .order_json import customer_text, place_text, tags_text
from .order_parts import OrderParts

Part = TypeVar("Part", OrderLine, Shipment, Refund, ShopReturn)

# What a key without leave for personal data sees as empty.
_PERSONAL = (
    "name",
    "email",
    "email_key",
    "phone",
    "phone_key",
    "address",
    "ship_to",
    "bill_to",
    "postcode_key",
    "shop_customer",
    "language",
)


@dataclass(frozen=True, slots=True)
class Told:
    """``values`` by column of shop_order; ``customer_id`` is among them once it is known."""

    values: dict[str, Any]
    parts: OrderParts

    @property
    def changed_at(self) -> datetime | None:
        at: datetime | None = self.values["changed_at"]
        return at

    @property
    def numbered_apart(self) -> str:
        """The number under which it stands where another order has its own."""
        ref = self.values["ref"][-40:]  # of a long id the end is its own
        return f"{self.values['number'][: 120 - len(ref) - 3]} ({ref})"


def told(data: OrderData) -> Told:
    """Cut and cleaned to what the tables keep, so that the same telling compares equal again."""
    email, phone = one_line(data.email, 320), one_line(data.phone, 60)
    return Told(
        {
            "number": one_line(data.number, 120),
            "number_key": key_of(data.number)[:120],
            "customer_id": None,
            "name": one_line(data.customer_name),
            "email": email,
            "email_key": Address("", email).key,
            "phone": phone,
            "phone_key": phone_key(phone, _region(data))[:40],
            "status": data.standing,
            "status_text": one_line(data.status),
            "payment_status": one_line(data.payment_status),
            "fulfilment_status": one_line(data.fulfilment_status),
            "currency": data.currency[:3].upper(),
            "total": data.total,
            "placed_at": _instant(data.placed_at),
            "changed_at": _instant(data.changed_at),
            "cancelled_at": _instant(data.cancelled_at),
            "ref": one_line(data.ref, 200),
            "page": one_line(data.page),
            "language": one_line(data.language, 12),
            "tags": tags_text(data.tags),
            "address": plain_text(data.shipping_address),
            "ship_to": place_text(data.ship_to),
            "bill_to": place_text(data.bill_to),
            "postcode_key": _postcode(data.ship_to) or _postcode(data.bill_to),
            "shop_customer": customer_text(data.customer),
            "note": plain_text(data.note),
            "whole": data.whole,
        },
        OrderParts(
            tuple(map(_line, data.lines)),
            tuple(map(_shipment, data.shipments)),
            tuple(map(_refund, data.refunds)),
            tuple(map(_return, data.returns)),
        ),
    )


def is_another(ref: str, placed_at: datetime | None, now: Told) -> bool:
    """Of two orders with one number, whether they are two: a shop that is several may count each
    from the same beginning, and another shop may stand at an address. By the shop's ids; the same
    order that moved to another shop was placed at the same time."""
    other = now.values["ref"]
    return bool(ref and other) and ref != other and placed_at != now.values["placed_at"]


def brought_up_to_date(row: AnyRow, known: OrderParts, now: Told, *, hidden: bool) -> Told | None:
    """What the desk knows after this telling; None where it is older than what is known.

    ``hidden`` says that the source may not see some fields: what is empty then is kept as known.
    An order told without its time of change, by a file, fills the gaps of one that a shop tells
    of and changes nothing else.
    """
    stored = row._mapping
    before, then = stored["changed_at"], now.changed_at
    if before and then and then < before:
        return None
    values, hung = dict(now.values), now.parts
    if before and not then:
        kept = {name for name in values if not _empty(stored[name])} | {"status", "whole"}
        values |= {name: stored[name] for name in kept}
        hung = _where_empty(known, hung)
    else:
        if hidden:
            gaps = {name for name in _PERSONAL if _empty(values[name])}
            values |= {name: stored[name] for name in gaps}
            hung = _where_empty(hung, known)
        if not now.values["whole"]:
            hung = _joined(known, hung)
            values["whole"] = bool(stored["whole"] and before and then == before)
    reached = ("email_key", "phone_key")
    if stored["customer_id"] and all(values[name] == stored[name] for name in reached):
        values["customer_id"] = stored["customer_id"]  # linked by hand, by a merge, or as before
    return Told(values, hung)


def same(row: AnyRow, known: OrderParts, now: Told) -> bool:
    """True when nothing would be written."""
    stored = row._mapping
    return known == now.parts and all(stored[name] == told for name, told in now.values.items())


def _empty(value: object) -> bool:
    return value in ("", None, "[]", OrderStatus.UNKNOWN)


def _where_empty(first: OrderParts, second: OrderParts) -> OrderParts:
    return OrderParts(
        first.lines or second.lines,
        first.shipments or second.shipments,
        first.refunds or second.refunds,
        first.returns or second.returns,
    )


def _joined(known: OrderParts, now: OrderParts) -> OrderParts:
    """What is told now beside what was known and may merely not have been told."""
    return OrderParts(
        _beside(known.lines, now.lines, lambda one: one.ref or one.sku or one.title),
        _beside(known.shipments, now.shipments, lambda one: tracking_key(one.tracking_number)),
        _beside(known.refunds, now.refunds, lambda one: one.ref),
        _beside(known.returns, now.returns, lambda one: one.ref),
    )


def _beside(
    known: tuple[Part, ...], now: tuple[Part, ...], name: Callable[[Part], str]
) -> tuple[Part, ...]:
    fresh = {name(one): one for one in now}
    kept = tuple(fresh.pop(name(one), one) for one in known)
    return kept + tuple(one for one in now if fresh.get(name(one)) is one)


def _region(data: OrderData) -> str:
    for place in (data.ship_to, data.bill_to):
        if place and len(place.country) == 2 and place.country.isascii():
            return place.country.upper()
    return region_of_currency(data.currency)


def _postcode(place: Place | None) -> str:
    return postcode_key(place.postcode) if place else ""


def _instant(at: datetime | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(round(at.timestamp() * 1000) / 1000, UTC)


def _line(one: OrderLine) -> OrderLine:
    return OrderLine(
        one_line(one.sku, 120),
        one_line(one.title),
        one.quantity,
        one.price,
        one_line(one.ref, 200),
        one_line(one.picture),
    )


def _shipment(one: Shipment) -> Shipment:
    return Shipment(
        one_line(one.carrier, 120),
        one_line(one.tracking_number, 120),
        one_line(one.tracking_url),
        _instant(one.shipped_at),
        _instant(one.delivered_at),
        one_line(one.status),
        _instant(one.expected_at),
    )


def _refund(one: Refund) -> Refund:
    return Refund(
        one_line(one.ref, 200),
        one.amount,
        one.currency[:3].upper(),
        _instant(one.at),
        plain_text(one.reason),
    )


def _return(one: ShopReturn) -> ShopReturn:
    return replace(
        one,
        ref=one_line(one.ref, 200),
        name=one_line(one.name),
        status=one_line(one.status),
        at=_instant(one.at),
    )
