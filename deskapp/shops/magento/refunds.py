"""Giving money back at Magento: a credit memo of an order, or of an invoice through its gateway."""

from collections.abc import Mapping
from decimal import Decimal

from deskapp.domain.order_acts import ActEnd, ActReport, Pieces, RefundOrder
from deskapp.domain.problem import Problem

from ..acting import Step, check_amount, invalid, is_signed, rounded, signed, too_many, whole
from ..answers import Json
from ..shapes import Shape
from .changes import Change, comments_of
from .session import ANSWER, Filter, Search, Session

_ALL = 100
_OPEN, _CANCELED = "1", "3"
_PAID = "2"


def left(order: Shape) -> Decimal:
    """What was paid and not yet given back, in the order's currency."""
    paid = order.money("total_paid") or Decimal(0)
    return paid - (order.money("total_refunded") or Decimal(0))


def step(session: Session, act: RefundOrder, order: Shape, key: str) -> Step[Change]:
    """Raises Problem where this cannot be given back."""
    currency = order.text("order_currency_code")
    if act.currency != currency:
        raise invalid("refund_currency", act.currency, currency=currency)
    check_amount(act.amount, currency, left(order))
    body: dict[str, Json] = {
        "items": _items(act, order),
        "notify": act.tell_customer,
        "appendComment": False,
        "comment": {"comment": signed(act.reason, key), "is_visible_on_front": 0},
        "arguments": _arguments(act, order),
    }
    path = f"/order/{order.text('entity_id')}/refund"
    if act.through_gateway:
        path = f"/invoice/{_invoice(session, act, order)}/refund"
        body["isOnline"] = True
    return Step(Change("POST", path, body), _read)


def found(session: Session, act: RefundOrder, key: str) -> ActReport | None:
    memos = _of_order(session, "/creditmemos", act.order.ref)
    for memo in memos:
        if is_signed(memo.text("customer_note"), key) or any(
            is_signed(one.text("comment"), key) for one in comments_of(session, "creditmemo", memo)
        ):
            ends = {_OPEN: ActEnd.UNDER_WAY, _CANCELED: ActEnd.NOT_DONE}
            end = ends.get(memo.text("state"), ActEnd.DONE)
            amount, currency = memo.money("grand_total"), memo.text("order_currency_code")
            return ActReport(end, memo.text("entity_id"), amount, currency)
    return ActReport(ActEnd.UNCLEAR) if len(memos) >= _ALL else None


def counted(session: Session, act: RefundOrder, key: str, report: ActReport) -> ActReport:
    """The amount as well, which Magento reckons itself and does not tell in its answer."""
    try:
        return found(session, act, key) or report
    except Problem:
        return report


def _items(act: RefundOrder, order: Shape) -> Json:
    """No items at all would mean every one that is left: for an amount alone it is none of one."""
    if not act.lines:
        items = [one for one in order.shapes("items") if not one.text("parent_item_id")]
        items.sort(key=lambda one: one.text("product_type") == "bundle")  # which count by parts
        if not items:
            raise invalid("pieces", "0")
        return [{"order_item_id": items[0].count("item_id"), "qty": 0}]
    return [
        {"order_item_id": _line(one, order).count("item_id"), "qty": whole(one)}
        for one in act.lines
    ]


def _arguments(act: RefundOrder, order: Shape) -> Mapping[str, Json]:
    """What makes the sum the amount asked for. Shipping left out would be given back whole, and
    the sums are in the shop's own currency, from which Magento reckons back with its rate."""
    currency = order.text("order_currency_code")
    share = sum((_share(one, order) for one in act.lines), Decimal(0))
    difference = act.amount - rounded(share, currency)
    rate = order.money("base_to_order_rate") or Decimal(1)
    if order.text("base_currency_code") in ("", currency):
        rate = Decimal(1)
    base = rounded(difference / rate, order.text("base_currency_code"))
    if rounded(base * rate, currency) != difference:
        raise invalid("refund_rounding", str(act.amount), currency=currency)
    told: dict[str, Json] = {
        "shipping_amount": 0,
        "adjustment_positive": max(base, Decimal(0)),
        "adjustment_negative": max(-base, Decimal(0)),
    }
    if act.restock:
        back: Json = [_line(one, order).count("item_id") for one in act.lines]
        told["extension_attributes"] = {"return_to_stock_items": back}
    return told


def _share(pieces: Pieces, order: Shape) -> Decimal:
    line = _line(pieces, order)
    names = ("row_total", "tax_amount", "discount_tax_compensation_amount")
    whole_line = sum((line.money(name) or Decimal(0) for name in names), Decimal(0))
    whole_line -= line.money("discount_amount") or Decimal(0)
    return whole_line * whole(pieces) / line.quantity("qty_ordered")


def _line(pieces: Pieces, order: Shape) -> Shape:
    for line in order.shapes("items"):
        if line.text("item_id") == pieces.ref:
            given = line.quantity("qty_invoiced") - line.quantity("qty_refunded")
            if pieces.quantity > given:
                raise too_many(pieces)
            return line
    raise too_many(pieces)


def _invoice(session: Session, act: RefundOrder, order: Shape) -> str:
    """One that was paid through a gateway and covers the amount."""
    for one in _of_order(session, "/invoices", act.order.ref):
        total = one.money("grand_total") or Decimal(0)
        rate = order.money("base_to_order_rate") or Decimal(1)
        rest = total - (one.money("base_total_refunded") or Decimal(0)) * rate
        if one.text("state") == _PAID and one.text("transaction_id") and rest >= act.amount:
            return one.text("entity_id")
    raise invalid("refund_through")


def _of_order(session: Session, path: str, ref: str) -> tuple[Shape, ...]:
    search = Search([(Filter("order_id", ref),)], "entity_id", True, _ALL)
    return session.items(path, search)


def _read(answer: Shape) -> ActReport:
    """The id of the credit memo, as a number or as a text of one."""
    ref = answer.text(ANSWER)
    return ActReport(ActEnd.DONE if ref.isdecimal() else ActEnd.UNCLEAR, ref)
