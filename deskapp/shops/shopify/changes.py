"""Note, address and cancelling of a Shopify order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from deskapp.domain.order_acts import (
    ActEnd,
    ActReport,
    CancelOrder,
    ChangeAddress,
    ChangeNote,
)
from deskapp.domain.orders import PostalAddress
from deskapp.domain.problem import Problem, ProblemKind

from ..acting import (
    Step,
    bare_key,
    is_signed,
    refused,
    signed,
    too_late,
    two_names,
    unchanged,
)
from ..answers import Json
from ..countries import country_code
from ..shapes import Shape
from .act_documents import CANCEL, JOB, NAMESPACE, STANDING, UPDATE
from .session import Session

_REASONS = ("CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "OTHER", "STAFF")
_LONGEST_NOTE = 255
_JOB = "gid://shopify/Job/"
CANCELS_WITHIN = timedelta(hours=2)  # where the answer with the job's id was lost
_LEFT = ("FULFILLED", "PARTIALLY_FULFILLED")

Change = ChangeNote | ChangeAddress | CancelOrder


@dataclass(frozen=True, slots=True)
class Mutation:
    """One request of GraphQL."""

    document: str
    variables: Mapping[str, Json]


def standing(session: Session, ref: str, key: str) -> Shape:
    """The order as it is now. Raises Problem(NOT_FOUND, what="order")."""
    told = session.run(STANDING, {"id": ref, "key": bare_key(key)})
    order = told.data.shape("order")
    if not order.data:
        raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
    return order


def step(session: Session, act: Change, key: str) -> Step[Mutation]:
    """Raises Problem where the order is another one now, or cannot be changed any more."""
    order = standing(session, act.order.ref, key)
    unchanged(act.order, order.instant("updatedAt"))
    if isinstance(act, CancelOrder):
        if order.text("cancelledAt"):
            raise too_late("order_cancelled")
        return Step(Mutation(CANCEL, _cancelling(act, key)), _cancelled)
    given: dict[str, Json] = {"id": act.order.ref, "metafields": proof(key)}
    if isinstance(act, ChangeNote):
        given["note"] = act.text
    else:
        if order.text("cancelledAt"):
            raise too_late("order_cancelled")
        if order.text("displayFulfillmentStatus") in _LEFT:
            raise too_late("order_shipped")
        given["shippingAddress"] = address(act.ship_to, order.shape("shippingAddress"))
    return Step(Mutation(UPDATE, {"input": given}), _updated)


def found(session: Session, act: ChangeNote | ChangeAddress, key: str) -> ActReport | None:
    """What the order shows of the act, None for nothing yet."""
    order = standing(session, act.order.ref, key)
    return ActReport(ActEnd.DONE, act.order.ref) if order.shape("proof").data else None


def cancelled(session: Session, act: CancelOrder, key: str, job: str) -> ActReport | None:
    """The same for what a ``job`` does in the background, which is asked first: it may end
    between the two questions."""
    working = ended = False
    if job.startswith(_JOB):
        told = session.run(JOB, {"id": job}).data.shape("job").data.get("done")
        working, ended = told is False, told is True
    order = standing(session, act.order.ref, key)
    if not order.text("cancelledAt"):
        if working:
            return ActReport(ActEnd.UNDER_WAY, job)
        return ActReport(ActEnd.NOT_DONE, job) if ended else None
    if is_signed(order.text("cancellation.staffNote"), key):
        return ActReport(ActEnd.DONE, act.order.ref)
    hidden = not order.shape("cancellation").data
    return ActReport(ActEnd.UNCLEAR if hidden else ActEnd.NOT_DONE, act.order.ref)


def proof(key: str) -> Json:
    """A field of our own on what an act changed or made."""
    field = {"namespace": NAMESPACE, "key": bare_key(key)}
    return [{**field, "type": "single_line_text_field", "value": "done"}]


def address(place: PostalAddress, known: Shape) -> Json:
    """As Shopify takes it; ``known`` is the address that stands there now, whose parts that only
    Shopify has codes for are kept as long as they read the same."""
    lines = list(place.lines)
    company = lines.pop(0) if len(lines) > 2 or lines[:1] == [known.text("company")] else ""
    first, last = two_names(place.name)
    if place.name == known.text("name"):
        first, last = known.text("firstName"), known.text("lastName")
    given: dict[str, Json] = {
        "firstName": first,
        "lastName": last,
        "company": company,
        "address1": "".join(lines[:1]),
        "address2": ", ".join(lines[1:]),
        "city": place.city,
        "zip": place.postcode,
        "phone": place.phone,
    }
    code = country_code(place.country, known.text("country"), known.text("countryCodeV2"))
    if code:
        given["countryCode"] = code
    province = place.province.strip()
    if province and province == known.text("province"):
        given["provinceCode"] = known.text("provinceCode")
    elif province:
        given["provinceCode"] = province
    return given


def errors(answer: Shape, name: str = "userErrors") -> tuple[str, ...]:
    return tuple(one.text("message") for one in answer.shapes(name))


def _cancelling(act: CancelOrder, key: str) -> Mapping[str, Json]:
    reason = act.reason.strip().upper()
    return {
        "id": act.order.ref,
        "reason": reason if reason in _REASONS else "OTHER",
        "restock": act.restock,
        "notify": act.tell_customer,
        "refund": {"originalPaymentMethodsRefund": act.refund},
        "note": signed(act.reason, key, _LONGEST_NOTE),
    }


def _cancelled(data: Shape) -> ActReport:
    answer = data.shape("orderCancel")
    job = answer.text("job.id")
    if not job and (said := errors(answer, "orderCancelUserErrors")):
        raise refused(said)
    return ActReport(ActEnd.UNDER_WAY if job else ActEnd.UNCLEAR, job)


def _updated(data: Shape) -> ActReport:
    answer = data.shape("orderUpdate")
    if said := errors(answer):
        raise refused(said)
    ref = answer.text("order.id")
    return ActReport(ActEnd.DONE if ref else ActEnd.UNCLEAR, ref)
