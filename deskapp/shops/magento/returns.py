"""Returns at Adobe Commerce; Magento Open Source has none."""

from datetime import UTC, datetime

from deskapp.domain.order_acts import ActEnd, ActReport, ReturnItems
from deskapp.domain.problem import Problem, ProblemKind

from ..acting import Step, invalid, is_signed, listed, signed, too_many, whole
from ..answers import Json
from ..shapes import Shape
from .changes import Change, comments_of
from .session import ANSWER, Filter, Search, Session

_ALL = 20
_CHOICES = ("resolution", "condition", "reason")


def step(session: Session, act: ReturnItems, order: Shape, key: str) -> Step[Change]:
    """The reason stands in a comment; of the shop's own lists, which it may insist on, the entry
    of the same name is taken, else the first."""
    if act.instead:
        raise invalid("exchange")
    if not act.lines:
        raise invalid("pieces", "0")
    chosen = _choices(session, act.reason)
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    items: list[Json] = []
    for one in act.lines:
        if not any(item.text("item_id") == one.ref for item in order.shapes("items")):
            raise too_many(one)
        count: Json = whole(one)
        items.append(
            {"order_item_id": int(one.ref), "qty_requested": count, "status": "pending", **chosen}
        )
    comment: Json = {
        "comment": signed(act.reason, key),
        "created_at": at,
        "customer_notified": act.tell_customer,
        "visible_on_front": False,
        "status": "pending",
        "admin": True,
    }
    told: Json = {
        "order_id": order.count("entity_id"),
        "order_increment_id": order.text("increment_id"),
        "store_id": order.count("store_id"),
        "customer_id": order.count("customer_id"),
        "date_requested": at,
        "status": "pending",
        "items": items,
        "comments": [comment],
    }
    return Step(Change("POST", "/returns", {"rmaDataObject": told}), _read)


def found(session: Session, act: ReturnItems, key: str) -> ActReport | None:
    search = Search([(Filter("order_id", act.order.ref),)], "entity_id", True, _ALL)
    returns = session.items("/returns", search)
    for one in returns:
        comments = comments_of(session, "returns", one)
        if any(is_signed(comment.text("comment"), key) for comment in comments):
            return ActReport(ActEnd.DONE, one.text("entity_id"))
    return ActReport(ActEnd.UNCLEAR) if len(returns) >= _ALL else None


def _choices(session: Session, reason: str) -> dict[str, Json]:
    chosen: dict[str, Json] = {}
    attributes = listed(session.list("/returnsAttributeMetadata"))
    if not attributes:
        raise Problem(ProblemKind.BAD_ANSWER, what="shop")
    for attribute in attributes:
        name = attribute.text("attribute_code")
        options = [one for one in attribute.shapes("options") if one.text("value").isdecimal()]
        if name not in _CHOICES or not options or attribute.data.get("required") is not True:
            continue
        same = (one for one in options if one.text("label").casefold() == reason.casefold())
        chosen[name] = next(same, options[0]).count("value")
    return chosen


def _read(answer: Shape) -> ActReport:
    ref = answer.text(f"{ANSWER}.entity_id")
    return ActReport(ActEnd.DONE if ref else ActEnd.UNCLEAR, ref)
