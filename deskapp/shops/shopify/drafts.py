"""Draft orders at Shopify, which the customer pays from a link."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from deskapp.domain.order_acts import ActEnd, ActReport, PlaceOrder
from deskapp.domain.problem import Problem

from ..acting import Step, bare_key, invalid, long_before, refused
from ..answers import Json
from ..line import Unclear
from ..shapes import Misshapen, Shape
from .act_documents import CALCULATED_DRAFT, DRAFT, DRAFTED, DRAFTS, INVOICE
from .changes import Mutation, address, errors, proof
from .returns import variants
from .session import Session

_PRICE = "totalPriceSet.presentmentMoney"
_MOST_PAGES = 5


def reckoned(session: Session, act: PlaceOrder) -> tuple[Decimal | None, str]:
    """What the customer would pay. Shopify calls the question a mutation; it changes nothing."""
    told = session.run(CALCULATED_DRAFT, {"input": _draft(session, act)}).data
    answer = told.shape("draftOrderCalculate")
    if said := errors(answer):
        raise refused(said)
    draft = answer.shape("calculatedDraftOrder")
    return draft.money(f"{_PRICE}.amount"), draft.text(f"{_PRICE}.currencyCode")


def step(session: Session, act: PlaceOrder, key: str) -> Step[Mutation]:
    given = {**_draft(session, act), "metafields": proof(key)}
    return Step(Mutation(DRAFT, {"input": given}), _read)


def invoiced(session: Session, report: ActReport) -> ActReport:
    """Sends the link once. The draft stands whatever becomes of that."""
    try:
        answer = session.change(INVOICE, {"id": report.ref}).shape("draftOrderInvoiceSend")
    except Problem as problem:
        said = problem.details.get("said")
        return replace(report, told=False, said=str(said or problem.kind.value))
    except Unclear:
        return replace(report, told=None)
    said = "; ".join(errors(answer))
    return replace(report, told=bool(answer.text("draftOrder.invoiceSentAt")), said=said)


def found(
    session: Session, act: PlaceOrder, key: str, sent_at: datetime | None
) -> ActReport | None:
    """Goes through the newest drafts, back to the time of the act: a search would lag behind."""
    after: Json = None
    for _ in range(_MOST_PAGES):
        given: Mapping[str, Json] = {"first": DRAFTS, "after": after, "key": bare_key(key)}
        told = session.run(DRAFTED, given)
        page = told.data.shape("draftOrders")
        for draft in page.shapes("nodes"):
            if draft.shape("proof").data:
                told_customer = bool(draft.text("invoiceSentAt"))
                return replace(_reported(draft), told=told_customer)
            if long_before(draft.instant("createdAt"), sent_at):
                return None
        if page.shape("pageInfo").data.get("hasNextPage") is not True:
            return ActReport(ActEnd.UNCLEAR) if told.shortfalls else None
        after = page.text("pageInfo.endCursor")
    return ActReport(ActEnd.UNCLEAR)


def _draft(session: Session, act: PlaceOrder) -> dict[str, Json]:
    if not act.lines:
        raise invalid("pieces", "0")
    given: dict[str, Json] = {
        "email": act.mail,
        "note": act.note,
        "lineItems": variants(session, act.lines),
    }
    if act.ship_to.text:
        given["shippingAddress"] = address(act.ship_to, Shape({}))
    return given


def _read(data: Shape) -> ActReport:
    answer = data.shape("draftOrderCreate")
    draft = answer.shape("draftOrder")
    if not draft.text("id") and (said := errors(answer)):
        raise refused(said)
    return _reported(draft)


def _reported(draft: Shape) -> ActReport:
    try:
        amount = draft.money(f"{_PRICE}.amount")
    except Misshapen:
        amount = None
    return ActReport(
        ActEnd.DONE if draft.text("id") else ActEnd.UNCLEAR,
        draft.text("id"),
        amount,
        draft.text(f"{_PRICE}.currencyCode"),
        draft.web_address("invoiceUrl"),
    )
