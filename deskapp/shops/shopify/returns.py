"""Returns and exchanges at Shopify."""

from collections.abc import Mapping
from decimal import Decimal

from deskapp.domain.order_acts import ActEnd, ActReport, Pieces, ReturnItems
from deskapp.domain.problem import Problem, ProblemKind

from ..acting import Step, invalid, is_signed, refused, signed, too_many, unchanged, whole
from ..answers import Json
from ..shapes import Shape
from .act_documents import (
    CALCULATED_RETURN,
    RETURN,
    RETURNABLE,
    RETURNED,
    RETURNS,
    VARIANTS,
)
from .changes import Mutation, errors
from .session import Session

_LONGEST_NOTE = 255
_MOST_VARIANTS = 25


def reckoned(session: Session, act: ReturnItems) -> tuple[Decimal, str]:
    """What goes back to the customer less what is sent instead, as Shopify calculates it; below
    zero the customer owes it."""
    told = _returnable(session, act.order.ref)
    lines: Json = [
        {"fulfillmentLineItemId": ref, "quantity": count} for ref, count in _chosen(told, act)
    ]
    given: Mapping[str, Json] = {
        "orderId": act.order.ref,
        "returnLineItems": lines,
        "exchangeLineItems": variants(session, act.instead),
    }
    told = session.run(CALCULATED_RETURN, {"input": given}).data
    back, currency = _sum(told.shapes("returnCalculate.returnLineItems"))
    due, other = _sum(told.shapes("returnCalculate.exchangeLineItems"))
    return back - due, currency or other


def step(session: Session, act: ReturnItems, key: str) -> Step[Mutation]:
    told = _returnable(session, act.order.ref)
    unchanged(act.order, told.instant("order.updatedAt"))
    why: dict[str, Json] = {"returnReasonNote": signed(act.reason, key, _LONGEST_NOTE)}
    for reason in told.shapes("returnReasonDefinitions.nodes")[:1]:
        why["returnReasonDefinitionId"] = reason.text("id")
    given: Mapping[str, Json] = {
        "orderId": act.order.ref,
        "returnLineItems": [
            {"fulfillmentLineItemId": ref, "quantity": count, **why}
            for ref, count in _chosen(told, act)
        ],
        "exchangeLineItems": variants(session, act.instead),
    }
    return Step(Mutation(RETURN, {"input": given}), _read)


def found(session: Session, act: ReturnItems, key: str) -> ActReport | None:
    told = session.run(RETURNED, {"id": act.order.ref, "first": RETURNS})
    returns = told.data.shape("order.returns")
    for one in returns.shapes("nodes"):
        notes = (line.text("returnReasonNote") for line in one.shapes("returnLineItems.nodes"))
        if any(is_signed(note, key) for note in notes):
            return ActReport(ActEnd.DONE, one.text("id"))
    more = returns.shape("pageInfo").data.get("hasNextPage") is True
    return ActReport(ActEnd.UNCLEAR) if more or told.shortfalls else None


def variants(session: Session, wanted: tuple[Pieces, ...]) -> Json:
    """What is sold under these SKUs. Raises Problem(INVALID) for one that none or several have."""
    if not wanted:
        return []
    query = " OR ".join(f"sku:{_quoted(one.ref)}" for one in wanted)
    told = session.run(VARIANTS, {"query": query, "first": _MOST_VARIANTS})
    given: list[Json] = []
    for one in wanted:
        nodes = told.data.shapes("productVariants.nodes")
        ids = [node.text("id") for node in nodes if node.text("sku") == one.ref]
        if len(ids) != 1:
            raise invalid("sku", one.ref)
        given.append({"variantId": ids[0], "quantity": whole(one)})
    return given


def _returnable(session: Session, ref: str) -> Shape:
    told = session.run(RETURNABLE, {"id": ref}).data
    if not told.shape("order").data:
        raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
    return told


def _chosen(told: Shape, act: ReturnItems) -> list[tuple[str, int]]:
    """The pieces of parcels that fit. Raises Problem(INVALID) where fewer have arrived."""
    parcels = told.shapes("returnableFulfillments.nodes")
    items = [
        one for parcel in parcels for one in parcel.shapes("returnableFulfillmentLineItems.nodes")
    ]
    chosen: list[tuple[str, int]] = []
    for wanted in act.lines:
        left = whole(wanted)
        for item in items:
            if item.text("fulfillmentLineItem.lineItem.id") == wanted.ref:
                part = min(left, item.count("quantity") or 0)
                left -= part
                chosen += [(item.text("fulfillmentLineItem.id"), part)] if part else []
        if left:
            raise too_many(wanted)
    if not chosen:
        raise invalid("pieces", "0")
    return chosen


def _sum(lines: tuple[Shape, ...]) -> tuple[Decimal, str]:
    total, currency = Decimal(0), ""
    for line in lines:
        for name in ("subtotalSet", "totalTaxSet"):
            total += line.money(f"{name}.presentmentMoney.amount") or 0
        currency = line.text("subtotalSet.presentmentMoney.currencyCode")
    return total, currency


def _read(data: Shape) -> ActReport:
    answer = data.shape("returnCreate")
    ref, said = answer.text("return.id"), errors(answer)
    if not ref and said:
        raise refused(said)
    return ActReport(ActEnd.DONE if ref else ActEnd.UNCLEAR, ref, said="; ".join(said))


def _quoted(sku: str) -> str:
    escaped = sku.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
