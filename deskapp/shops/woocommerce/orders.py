"""A WooCommerce order (REST API v3) as ours."""

import html
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from deskapp.domain.orders import OrderData, OrderLine, OrderStatus, PostalAddress, Refund, Shipment
from deskapp.domain.person_names import whole_name

from ..answers import Json
from ..shapes import Misshapen, Shape, shapes_of

_S = OrderStatus
_STANDING = {
    "pending": _S.OPEN,
    "processing": _S.PAID,
    "on-hold": _S.OPEN,
    "completed": _S.SHIPPED,  # the shop is done with it; whether it has arrived is not known
    "cancelled": _S.CANCELLED,
    "refunded": _S.REFUNDED,
    "failed": _S.CANCELLED,
    "trash": _S.CANCELLED,
    "checkout-draft": _S.OPEN,
}
# WooCommerce has no parcels. Its own plug-in and Advanced Shipment Tracking keep theirs here.
_TRACKING = "_wc_shipment_tracking_items"


def read_order(order: Shape) -> OrderData:
    """Raises Misshapen. Times of the site's own zone are left: the "_gmt" ones are exact."""
    bill_to, ship_to = _address(order.shape("billing")), _address(order.shape("shipping"))
    status = order.text("status")
    shipments = _shipments(order)
    standing = _STANDING.get(status, _S.UNKNOWN)
    return OrderData(
        number=order.text("number"),
        status=status.replace("-", " "),
        payment_status="paid" if order.text("date_paid_gmt") else "",
        standing=_S.SHIPPED if shipments and standing is _S.PAID else standing,
        placed_at=order.instant("date_created_gmt"),
        currency=order.text("currency"),
        total=order.money("total"),
        customer_name=bill_to.name or ship_to.name,
        email=order.text("billing.email"),
        phone=order.text("billing.phone") or ship_to.phone,
        note=order.lines("customer_note"),
        shipping_address=(ship_to if ship_to.text else bill_to).text,
        lines=_lines(order),
        shipments=shipments,
        ref=order.text("id"),
        changed_at=order.instant("date_modified_gmt"),
        ship_to=ship_to if ship_to.text else None,
        bill_to=bill_to if bill_to.text else None,
        refunds=_refunds(order),
    )


def _address(place: Shape) -> PostalAddress:
    lines = (place.text("company"), place.text("address_1"), place.text("address_2"))
    return PostalAddress(
        name=whole_name(place.text("first_name"), place.text("last_name")),
        lines=tuple(filter(None, lines)),
        postcode=place.text("postcode"),
        city=place.text("city"),
        province=place.text("state"),
        country=place.text("country"),
        phone=place.text("phone"),
    )


def _lines(order: Shape) -> tuple[OrderLine, ...]:
    return tuple(
        OrderLine(
            sku=line.text("sku"),
            title=html.unescape(line.text("name")),  # WordPress keeps names as HTML
            quantity=line.quantity("quantity"),
            price=line.money("price"),
            ref=line.text("id"),
            picture=line.web_address("image.src"),
        )
        for line in order.shapes("line_items")
    )


def _refunds(order: Shape) -> tuple[Refund, ...]:
    """Their amounts stand with a minus; when they were made, the order does not say."""
    return tuple(
        Refund(
            ref=refund.text("id"),
            amount=abs(refund.money("total") or Decimal(0)),
            currency=order.text("currency"),
            at=None,
            reason=refund.text("reason") or refund.text("refund"),
        )
        for refund in order.shapes("refunds")
    )


def _shipments(order: Shape) -> tuple[Shipment, ...]:
    return tuple(
        Shipment(
            carrier=one.text("tracking_provider") or one.text("custom_tracking_provider"),
            tracking_number=one.text("tracking_number"),
            tracking_url=one.web_address("custom_tracking_link")
            or one.web_address("tracking_link")
            or one.web_address("ast_tracking_link"),
            shipped_at=_day(one),
            delivered_at=None,
        )
        for meta in order.shapes("meta_data")
        if meta.text("key") == _TRACKING
        for one in _parcels(meta.data.get("value"))
    )


def _parcels(value: Json) -> tuple[Shape, ...]:
    """A list, or an object of them by number, as PHP writes a list with a hole in it."""
    if isinstance(value, Mapping):
        value = list(value.values())
    return tuple(one for one in shapes_of(value) if one.text("tracking_number"))


def _day(parcel: Shape) -> datetime | None:
    """Seconds since 1970 in the one plug-in, a date in the other; nobody's order hangs on it."""
    text = parcel.text("date_shipped")
    try:
        if text.isdecimal():
            return datetime.fromtimestamp(int(text[:12]), UTC) if int(text[:12]) else None
        return parcel.instant("date_shipped")
    except (Misshapen, OverflowError, ValueError, OSError):
        return None
