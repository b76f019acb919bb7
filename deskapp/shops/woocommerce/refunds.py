"""Giving money back at WooCommerce."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from deskapp.domain.order_acts import ActEnd, ActReport, Pieces, RefundOrder

from ..acting import check_amount, invalid, is_signed, known, rounded, signed, too_many, whole
from ..answers import Json
from ..shapes import Shape, shape_of
from .session import Session


def left(order: Shape) -> Decimal:
    """What was paid and not yet given back; nothing of an order that nobody has paid."""
    if not order.text("date_paid_gmt"):
        return Decimal(0)
    refunds = order.shapes("refunds")
    given = sum((abs(one.money("total") or Decimal(0)) for one in refunds), Decimal(0))
    return (order.money("total") or Decimal(0)) - given


def step(
    act: RefundOrder, order: Shape, key: str
) -> tuple[Mapping[str, Json], Callable[[Shape], ActReport]]:
    """What is sent, and the reading of its answer. ``amount`` is what counts there; the lines
    only say what it is for. Raises Problem."""
    currency = order.text("currency")
    if act.currency != currency:
        raise invalid("refund_currency", act.currency, currency=currency)
    check_amount(act.amount, currency, left(order))
    body: Mapping[str, Json] = {
        "amount": f"{act.amount:f}",
        "reason": signed(act.reason, key),
        "line_items": [_line(one, order, currency) for one in act.lines],
        "api_refund": act.through_gateway,
        "api_restock": act.restock,
    }

    def read(answer: Shape) -> ActReport:
        return _reported(answer, act, key)

    return body, read


def found(session: Session, order: Shape, act: RefundOrder, key: str) -> ActReport | None:
    """An order names its refunds with their reasons; whether money moved, each of them says."""
    for short in order.shapes("refunds"):
        if is_signed(short.text("reason") or short.text("refund"), key):
            path = f"/orders/{order.text('id')}/refunds/{short.text('id')}"
            refund = shape_of(session.get(path, {}).data)
            return _reported(known(refund, "id", short.text("id")), act, key)
    return None


def _reported(refund: Shape, act: RefundOrder, key: str) -> ActReport:
    """Money that was to move and was only booked is for a person to look at."""
    known = refund.text("id") and is_signed(refund.text("reason"), key)
    moved = refund.data.get("refunded_payment") is True or not act.through_gateway
    end = ActEnd.DONE if known and moved else ActEnd.UNCLEAR
    amount = refund.money("amount")
    return ActReport(end, refund.text("id"), None if amount is None else abs(amount), act.currency)


def _line(pieces: Pieces, order: Shape, currency: str) -> Json:
    """A part of a line, with its part of price and taxes."""
    line = next((one for one in order.shapes("line_items") if one.text("id") == pieces.ref), None)
    count = whole(pieces)
    if line is None or count > line.quantity("quantity"):
        raise too_many(pieces)
    share = Decimal(count) / line.quantity("quantity")

    def part(amount: Decimal | None) -> str:
        return f"{rounded((amount or Decimal(0)) * share, currency):f}"

    return {
        "id": line.count("id"),
        "quantity": count,
        "refund_total": part(line.money("total")),
        "refund_tax": [
            {"id": tax.count("id"), "refund_total": part(tax.money("total"))}
            for tax in line.shapes("taxes")
        ],
    }
