"""A Shopify order as ours."""

from decimal import Decimal

from deskapp.domain.orders import (
    OrderData,
    OrderLine,
    OrderStatus,
    PostalAddress,
    Refund,
    Shipment,
    ShopCustomer,
    ShopReturn,
)

from ..shapes import Shape
from ..standing import furthest

_S = OrderStatus
_PAYMENT = {
    "AUTHORIZED": _S.OPEN,
    "EXPIRED": _S.OPEN,
    "PAID": _S.PAID,
    "PARTIALLY_PAID": _S.OPEN,
    "PARTIALLY_REFUNDED": _S.PAID,
    "PENDING": _S.OPEN,
    "REFUNDED": _S.REFUNDED,
    "VOIDED": _S.CANCELLED,
}
_FULFILMENT = {
    "FULFILLED": _S.SHIPPED,
    "IN_PROGRESS": _S.OPEN,
    "ON_HOLD": _S.OPEN,
    "OPEN": _S.OPEN,
    "PARTIALLY_FULFILLED": _S.OPEN,
    "PENDING_FULFILLMENT": _S.OPEN,
    "REQUEST_DECLINED": _S.OPEN,
    "SCHEDULED": _S.OPEN,
    "UNFULFILLED": _S.OPEN,
}
_MONEY = "shopMoney.amount"
_CURRENCY = "shopMoney.currencyCode"


def read_order(order: Shape, parcels: int, refunds: int) -> OrderData:
    """Raises Misshapen. Amounts are in the shop's own currency; at most so many parcels and
    refunds were asked for."""
    total = order.shape("currentTotalPriceSet")
    ship_to = _address(order.shape("shippingAddress"))
    bill_to = _address(order.shape("billingAddress"))
    customer = order.shape("customer")
    return OrderData(
        number=order.text("name"),
        status="cancelled" if order.text("cancelledAt") else _open_or_closed(order),
        payment_status=_word(order.text("displayFinancialStatus")),
        fulfilment_status=_word(order.text("displayFulfillmentStatus")),
        standing=_standing(order),
        placed_at=order.instant("processedAt") or order.instant("createdAt"),
        currency=total.text(_CURRENCY),
        total=total.money(_MONEY),
        customer_name=customer.text("displayName") or ship_to.name or bill_to.name,
        email=order.text("email") or customer.text("defaultEmailAddress.emailAddress"),
        phone=(
            order.text("phone")
            or ship_to.phone
            or bill_to.phone
            or customer.text("defaultPhoneNumber.phoneNumber")
        ),
        note=order.lines("note"),
        shipping_address=ship_to.text,
        lines=read_lines(order),
        shipments=_shipments(order),
        ref=order.text("id"),
        changed_at=order.instant("updatedAt"),
        cancelled_at=order.instant("cancelledAt"),
        language=order.text("customerLocale"),
        tags=order.texts("tags"),
        ship_to=ship_to if ship_to.text else None,
        bill_to=bill_to if bill_to.text else None,
        refunds=_refunds(order),
        returns=_returns(order),
        customer=_customer(customer),
        whole=order.data.get("lineItems") is not None
        and not more_lines(order)
        and len(order.shapes("fulfillments")) < parcels
        and len(order.shapes("refunds")) < refunds,
    )


def read_lines(order: Shape) -> tuple[OrderLine, ...]:
    """The items of this part of the list; removed ones stay as zero pieces."""
    return tuple(
        OrderLine(
            sku=line.text("sku"),
            title=" – ".join(filter(None, (line.text("title"), line.text("variantTitle")))),
            quantity=line.quantity("currentQuantity"),
            price=line.money(f"discountedUnitPriceSet.{_MONEY}"),
            ref=line.text("id"),
            picture=line.web_address("image.url"),
        )
        for line in order.shapes("lineItems.nodes")
    )


def more_lines(order: Shape) -> str:
    """Where the list of items goes on, "" at its end."""
    page = order.shape("lineItems.pageInfo")
    return page.text("endCursor") if page.data.get("hasNextPage") is True else ""


def _word(enum: str) -> str:
    """PARTIALLY_PAID as people read it; an unknown word the same way."""
    return enum.replace("_", " ").lower()


def _open_or_closed(order: Shape) -> str:
    return "closed" if order.data.get("closed") is True else "open"


def _standing(order: Shape) -> OrderStatus:
    said = {
        _PAYMENT.get(order.text("displayFinancialStatus"), _S.UNKNOWN),
        _FULFILMENT.get(order.text("displayFulfillmentStatus"), _S.UNKNOWN),
    }
    if order.text("cancelledAt"):
        said.add(_S.CANCELLED)
    if order.text("returnStatus") == "RETURNED":
        said.add(_S.RETURNED)
    parcels = {parcel.text("displayStatus") for parcel in order.shapes("fulfillments")}
    if _S.SHIPPED in said and parcels == {"DELIVERED"}:
        said.add(_S.DELIVERED)
    return furthest(said)


def _address(place: Shape) -> PostalAddress:
    lines = (place.text("company"), place.text("address1"), place.text("address2"))
    return PostalAddress(
        name=place.text("name"),
        lines=tuple(filter(None, lines)),
        postcode=place.text("zip"),
        city=place.text("city"),
        province=place.text("province"),
        country=place.text("country"),
        phone=place.text("phone"),
    )


def _shipments(order: Shape) -> tuple[Shipment, ...]:
    found: list[Shipment] = []
    for parcel in order.shapes("fulfillments"):
        if parcel.text("status") in ("CANCELLED", "ERROR", "FAILURE"):
            continue
        tracks = parcel.shapes("trackingInfo") or (Shape({}),)
        found += [
            Shipment(
                carrier=track.text("company"),
                tracking_number=track.text("number"),
                tracking_url=track.web_address("url"),
                shipped_at=parcel.instant("inTransitAt") or parcel.instant("createdAt"),
                delivered_at=parcel.instant("deliveredAt"),
                status=_word(parcel.text("displayStatus")),
                expected_at=parcel.instant("estimatedDeliveryAt"),
            )
            for track in tracks
        ]
    return tuple(found)


def _refunds(order: Shape) -> tuple[Refund, ...]:
    return tuple(
        Refund(
            ref=refund.text("id"),
            amount=refund.money(f"totalRefundedSet.{_MONEY}") or Decimal(0),
            currency=refund.text(f"totalRefundedSet.{_CURRENCY}"),
            at=refund.instant("createdAt"),
            reason=refund.text("note"),
        )
        for refund in order.shapes("refunds")
    )


def _returns(order: Shape) -> tuple[ShopReturn, ...]:
    return tuple(
        ShopReturn(
            ref=one.text("id"),
            name=one.text("name"),
            status=_word(one.text("status")),
            quantity=one.quantity("totalQuantity"),
            at=one.instant("createdAt"),
        )
        for one in order.shapes("returns.nodes")
    )


def _customer(customer: Shape) -> ShopCustomer | None:
    if not customer.text("id"):
        return None
    return ShopCustomer(
        ref=customer.text("id"),
        since=customer.instant("createdAt"),
        orders=customer.count("numberOfOrders"),
        spent=customer.money("amountSpent.amount"),
        currency=customer.text("amountSpent.currencyCode"),
    )
