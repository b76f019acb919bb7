"""A Magento order (REST V1), its shipments and credit memos as ours."""

from collections.abc import Sequence
from decimal import Decimal

from deskapp.domain.orders import OrderData, OrderLine, OrderStatus, PostalAddress, Refund, Shipment
from deskapp.domain.person_names import whole_name

from ..shapes import Shape

_S = OrderStatus
_STATES = {
    "new": _S.OPEN,
    "pending_payment": _S.OPEN,
    "payment_review": _S.OPEN,
    "holded": _S.OPEN,
    "processing": _S.PAID,
    "complete": _S.SHIPPED,
    "closed": _S.REFUNDED,
    "canceled": _S.CANCELLED,
}


def read_order(order: Shape, parcels: Sequence[Shape], memos: Sequence[Shape]) -> OrderData:
    """``parcels`` and ``memos`` are those of this order. Raises Misshapen."""
    bill_to = _address(order.shape("billing_address"))
    ship_to = _ship_to(order)
    state = order.text("state")
    standing = _STATES.get(state, _S.UNKNOWN)
    shipments = _shipments(parcels)
    return OrderData(
        number=order.text("increment_id"),
        status=(order.text("status") or state).replace("_", " "),
        payment_status=_payment(order),
        fulfilment_status="shipped" if shipments else "",
        standing=standing,
        placed_at=order.instant("created_at"),
        currency=order.text("order_currency_code"),
        total=order.money("grand_total"),
        customer_name=whole_name(order.text("customer_firstname"), order.text("customer_lastname"))
        or bill_to.name,
        email=order.text("customer_email"),
        phone=bill_to.phone or ship_to.phone,
        note=order.lines("customer_note"),
        shipping_address=(ship_to if ship_to.text else bill_to).text,
        lines=_lines(order),
        shipments=shipments,
        ref=order.text("entity_id"),
        changed_at=order.instant("updated_at"),
        ship_to=ship_to if ship_to.text else None,
        bill_to=bill_to if bill_to.text else None,
        refunds=_refunds(memos),
    )


def _payment(order: Shape) -> str:
    total, paid = order.money("grand_total"), order.money("total_paid")
    if not paid:
        return ""
    return "paid" if total is not None and paid >= total else "partially paid"


def _ship_to(order: Shape) -> PostalAddress:
    """The first place the order goes to; downloads go nowhere."""
    for one in order.shapes("extension_attributes.shipping_assignments"):
        return _address(one.shape("shipping.address"))
    return PostalAddress()


def _address(place: Shape) -> PostalAddress:
    return PostalAddress(
        name=whole_name(place.text("firstname"), place.text("lastname")),
        lines=tuple(filter(None, (place.text("company"), *place.texts("street")))),
        postcode=place.text("postcode"),
        city=place.text("city"),
        province=place.text("region"),
        country=place.text("country_id"),
        phone=place.text("telephone"),
    )


def _lines(order: Shape) -> tuple[OrderLine, ...]:
    """A product with a choice stands twice in Magento: as itself, and as the free part that was
    chosen, which has the first as its parent."""
    return tuple(
        OrderLine(
            sku=item.text("sku"),
            title=item.text("name"),
            quantity=item.quantity("qty_ordered") - item.quantity("qty_canceled"),
            price=item.money("price"),
            ref=item.text("item_id"),
        )
        for item in order.shapes("items")
        if not item.text("parent_item_id")
    )


def _shipments(parcels: Sequence[Shape]) -> tuple[Shipment, ...]:
    found: list[Shipment] = []
    for parcel in parcels:
        tracks = parcel.shapes("tracks") or (Shape({}),)
        found += [
            Shipment(
                carrier=track.text("title") or track.text("carrier_code"),
                tracking_number=track.text("track_number"),
                tracking_url="",
                shipped_at=parcel.instant("created_at"),
                delivered_at=None,
            )
            for track in tracks
        ]
    return tuple(found)


def _refunds(memos: Sequence[Shape]) -> tuple[Refund, ...]:
    return tuple(
        Refund(
            ref=memo.text("entity_id"),
            amount=memo.money("grand_total") or Decimal(0),
            currency=memo.text("order_currency_code"),
            at=memo.instant("created_at"),
            reason=memo.text("customer_note"),
        )
        for memo in memos
    )
