"""Giving money back at Shopify."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from deskapp.domain.order_acts import ActEnd, ActReport, RefundOrder
from deskapp.domain.problem import Problem, ProblemKind

from ..acting import (
    Step,
    bare_key,
    check_amount,
    invalid,
    is_signed,
    refused,
    signed,
    too_late,
    unchanged,
    whole,
)
from ..answers import Json
from ..shapes import Shape
from .act_documents import REFUND, REFUNDED, REFUNDS, SUGGESTED
from .changes import Mutation, errors
from .session import Session

_AMOUNT = "presentmentMoney.amount"
_CURRENCY = "presentmentMoney.currencyCode"
_FAILED = ("ERROR", "FAILURE")
_WAITING = ("PENDING", "AWAITING_RESPONSE")


@dataclass(frozen=True, slots=True)
class Suggested:
    """What Shopify reckons: for the lines asked for, and at most. In the customer's currency."""

    order: Shape
    amount: Decimal
    most: Decimal
    currency: str

    @property
    def gateways(self) -> tuple[Shape, ...]:
        return self.order.shapes("suggestedRefund.suggestedTransactions")


def suggested(session: Session, ref: str, lines: Json = ()) -> Suggested:
    """Without lines, for all that is left. Raises Problem, Misshapen."""
    told = session.run(SUGGESTED, {"id": ref, "lines": lines or None, "all": not lines})
    order = told.data.shape("order")
    if not order.data:
        raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
    reckoned = order.shape("suggestedRefund")
    return Suggested(
        order,
        reckoned.money(f"amountSet.{_AMOUNT}") or Decimal(0),
        reckoned.money(f"maximumRefundableSet.{_AMOUNT}") or Decimal(0),
        order.text("presentmentCurrencyCode"),
    )


def checked(session: Session, act: RefundOrder) -> Suggested:
    """Raises Problem where this cannot be given back."""
    lines: Json = [
        {
            "lineItemId": one.ref,
            "quantity": whole(one),
            "restockType": "RETURN" if act.restock else "NO_RESTOCK",
        }
        for one in act.lines
    ]
    told = suggested(session, act.order.ref, lines)
    if told.order.data.get("refundable") is False:
        raise too_late("order_refunded")
    if act.currency != told.currency:
        raise invalid("refund_currency", act.currency, currency=told.currency)
    check_amount(act.amount, told.currency, told.most)
    return told


def step(session: Session, act: RefundOrder, key: str) -> Step[Mutation]:
    told = checked(session, act)
    unchanged(act.order, told.order.instant("updatedAt"))
    given: Mapping[str, Json] = {
        "orderId": act.order.ref,
        "currency": told.currency,
        "note": signed(act.reason, key),
        "notify": act.tell_customer,
        "refundLineItems": _lines(told, act),
        "transactions": _transactions(told, act),
    }
    return Step(Mutation(REFUND, {"input": given, "key": bare_key(key)}), _read)


def found(session: Session, act: RefundOrder, key: str) -> ActReport | None:
    told = session.run(REFUNDED, {"id": act.order.ref, "first": REFUNDS})
    refunds = told.data.shapes("order.refunds")
    for refund in refunds:
        if is_signed(refund.text("note"), key):
            return _reported(refund)
    return ActReport(ActEnd.UNCLEAR) if len(refunds) >= REFUNDS or told.shortfalls else None


def _lines(told: Suggested, act: RefundOrder) -> Json:
    """As Shopify suggests them: it knows what has left, and where stock is kept."""
    restock = "RETURN" if act.restock else "NO_RESTOCK"
    given: list[Json] = []
    for line in told.order.shapes("suggestedRefund.refundLineItems") if act.lines else ():
        count = line.count("quantity") or 0
        here = (line.count("lineItem.unfulfilledQuantity") or 0) >= count
        one: dict[str, Json] = {
            "lineItemId": line.text("lineItem.id"),
            "quantity": count,
            "restockType": "CANCEL" if act.restock and here else restock,
        }
        if place := line.text("location.id"):
            one["locationId"] = place
        given.append(one)
    return given


def _transactions(told: Suggested, act: RefundOrder) -> Json:
    """The amount over the payments it came from. A payment taken by hand is only ever booked."""
    left = act.amount
    given: list[Json] = []
    for gateway in told.gateways:
        by_hand = gateway.shape("parentTransaction").data.get("manualPaymentGateway") is True
        part = min(left, gateway.money(f"maximumRefundableSet.{_AMOUNT}") or Decimal(0))
        if part <= 0 or by_hand is act.through_gateway:
            continue
        left -= part
        one: dict[str, Json] = {
            "orderId": act.order.ref,
            "gateway": gateway.text("gateway"),
            "kind": "REFUND",
            "amount": f"{part:f}",
        }
        if parent := gateway.text("parentTransaction.id"):
            one["parentId"] = parent
        given.append(one)
    if left:
        raise invalid("refund_through" if act.through_gateway else "refund_booked")
    return given


def _read(data: Shape) -> ActReport:
    answer = data.shape("refundCreate")
    refund = answer.shape("refund")
    said = errors(answer)
    if refund.text("id"):
        return _reported(refund)
    if said and not any("idempot" in one.lower() or "in progress" in one.lower() for one in said):
        raise refused(said)
    return ActReport(ActEnd.UNCLEAR, said="; ".join(said))


def _reported(refund: Shape) -> ActReport:
    states = {one.text("status") for one in refund.shapes("transactions.nodes")}
    if not states.isdisjoint(_FAILED):
        end = ActEnd.UNCLEAR
    elif not states.isdisjoint(_WAITING):
        end = ActEnd.UNDER_WAY
    else:
        end = ActEnd.DONE
    paid = refund.shape("totalRefundedSet")
    return ActReport(end, refund.text("id"), paid.money(_AMOUNT), paid.text(_CURRENCY))
