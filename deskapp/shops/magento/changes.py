"""Comment, address and cancelling of a Magento order."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskapp.domain.order_acts import ActEnd, ActReport, CancelOrder, ChangeAddress, ChangeNote
from deskapp.domain.orders import PostalAddress
from deskapp.domain.problem import Problem, ProblemKind

from ..acting import Step, invalid, is_signed, known, signed_note, too_late, two_names
from ..answers import Json
from ..countries import country_code
from ..shapes import Shape
from .session import ANSWER, Search, Session

_COMMENTS = 100

_ENDED = {
    "canceled": "order_cancelled",
    "closed": "order_refunded",
    "complete": "order_shipped",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One request of REST."""

    method: str
    path: str
    body: Mapping[str, Json]


def standing(session: Session, ref: str) -> Shape:
    """The order as it is now. Raises Problem(NOT_FOUND, what="order")."""
    if not ref.isdecimal():
        raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
    return known(session.get(f"/orders/{ref}"), "entity_id", ref)


def step(act: ChangeNote | ChangeAddress | CancelOrder, order: Shape, key: str) -> Step[Change]:
    """Raises Problem where the order cannot be changed any more."""
    ref = order.text("entity_id")
    if isinstance(act, ChangeNote):
        return Step(Change("POST", f"/orders/{ref}/comments", _comment(act, order, key)), _true)
    if ended := _ENDED.get(order.text("state")):
        raise too_late(ended)
    if any((item.money("qty_shipped") or 0) > 0 for item in order.shapes("items")):
        raise too_late("order_shipped")
    if isinstance(act, CancelOrder):
        return Step(Change("POST", f"/orders/{ref}/cancel", {}), _true)
    place = _ship_to(order)
    if not place.text("entity_id"):
        raise invalid("act_kind")

    def placed(answer: Shape) -> ActReport:
        done = _reads(answer.shape(ANSWER), act.ship_to)
        return ActReport(ActEnd.DONE if done else ActEnd.UNCLEAR, ref)

    return Step(Change("PUT", f"/orders/{ref}", {"entity": _address(act.ship_to, place)}), placed)


def found(
    session: Session, act: ChangeNote | ChangeAddress | CancelOrder, key: str
) -> ActReport | None:
    """What the order shows of the act, None for nothing."""
    order = standing(session, act.order.ref)
    if isinstance(act, ChangeNote):
        comments = order.shapes("status_histories") or comments_of(session, "orders", order)
        done = any(is_signed(one.text("comment"), key) for one in comments)
    elif isinstance(act, ChangeAddress):
        done = _reads(_ship_to(order), act.ship_to)
    else:
        done = order.text("state") == "canceled"
    return ActReport(ActEnd.DONE, order.text("entity_id")) if done else None


def comments_of(session: Session, path: str, row: Shape) -> tuple[Shape, ...]:
    """The comments of an order, credit memo or return, which lists of them may leave out."""
    search = Search((), "entity_id", True, _COMMENTS)
    ref = row.text("entity_id")
    return row.shapes("comments") or session.items(f"/{path}/{ref}/comments", search)


def _comment(act: ChangeNote, order: Shape, key: str) -> Mapping[str, Json]:
    """Magento keeps a history of comments and no note: the text is one more of them. Without its
    status older versions take the order's own away."""
    history: Mapping[str, Json] = {
        "comment": signed_note(act.text, key),
        "entity_name": "order",
        "is_customer_notified": 0,
        "is_visible_on_front": 0,
        "parent_id": order.count("entity_id"),
        "status": order.text("status"),
    }
    return {"statusHistory": history}


def _true(answer: Shape) -> ActReport:
    """Cancelling what cannot be cancelled is answered with a bare "false"."""
    if answer.data.get(ANSWER) is True:
        return ActReport(ActEnd.DONE)
    if answer.data.get(ANSWER) is False:
        raise Problem(ProblemKind.TOO_LATE, what="order_final", sent=1)
    return ActReport(ActEnd.UNCLEAR)


def _ship_to(order: Shape) -> Shape:
    for one in order.shapes("extension_attributes.shipping_assignments"):
        return one.shape("shipping.address")
    return Shape({})


def _address(place: PostalAddress, known: Shape) -> Json:
    """The address that stands there, with its id, and what is different in it."""
    lines = list(place.lines)
    company = lines.pop(0) if lines[:1] == [known.text("company")] else ""
    first, last = two_names(place.name)
    old = (known.text("firstname"), known.text("lastname"))
    if place.name in (" ".join(filter(None, old)), old[1] + old[0]):
        first, last = old
    kept = dict(known.data)
    if place.province != known.text("region"):
        for name in ("region_id", "region_code"):
            kept.pop(name, None)
    return {
        **kept,
        "firstname": first,
        "lastname": last or first,  # which must not be empty
        "company": company,
        "street": lines,
        "city": place.city,
        "postcode": place.postcode,
        "region": place.province,
        "country_id": country_code(place.country),
        "telephone": place.phone,
    }


def _reads(has: Shape, place: PostalAddress) -> bool:
    """Whether an address is the one wanted, as far as a parcel's label goes."""
    lines = [*filter(None, (has.text("company"), *has.texts("street")))]
    told = (*lines, has.text("city"), has.text("postcode"), has.text("telephone"))
    wanted = (*place.lines, place.city, place.postcode, place.phone)
    names = (has.text("firstname"), has.text("lastname"))
    first, last = two_names(place.name)
    same = names in ((first, last or first),) or place.name == names[1] + names[0]
    return same and " ".join(told).split() == " ".join(wanted).split()
