"""Orders placed for a customer at WooCommerce, to be paid from a link."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from deskapp.domain.order_acts import ActEnd, ActReport, PlaceOrder
from deskapp.domain.problem import Problem

from ..acting import bare_key, invalid, listed, long_before, whole
from ..answers import Json
from ..line import Unclear
from ..shapes import Misshapen, Shape, shape_of, shapes_of
from .addresses import shipping
from .session import Session

_PAGE = 50
_MOST_PAGES = 5
_MOST_PRODUCTS = 100


def order_proof(key: str) -> Json:
    """A field of our own, whose leading line keeps it out of sight in the shop's pages."""
    return [{"key": _name(key), "value": "done"}]


def shows(order: Shape, key: str) -> bool:
    return any(one.text("key") == _name(key) for one in order.shapes("meta_data"))


def reckoned(session: Session, act: PlaceOrder) -> tuple[Decimal, str]:
    """The prices alone: the shop adds taxes and shipping when the order is made."""
    due = Decimal(0)
    for one, product in _products(session, act):
        due += (product.money("price") or Decimal(0)) * one
    told = shape_of(session.get("/data/currencies/current", {}).data)
    return due, told.text("code")


def order(session: Session, act: PlaceOrder, key: str) -> Mapping[str, Json]:
    items: list[Json] = []
    for count, product in _products(session, act):
        item: dict[str, Json] = {"quantity": count, "product_id": product.count("id")}
        if parent := product.count("parent_id"):
            item |= {"product_id": parent, "variation_id": product.count("id")}
        items.append(item)
    place = shipping(act.ship_to, Shape({}))
    return {
        "status": "pending",
        "set_paid": False,
        "billing": {**place, "email": act.mail},
        "shipping": place,
        "customer_note": act.note,
        "line_items": items,
        "meta_data": order_proof(key),
    }


def invoiced(session: Session, report: ActReport) -> ActReport:
    """Sends the link once. The order stands whatever becomes of that."""
    try:
        session.change("POST", f"/orders/{report.ref}/actions/send_order_details", {})
    except Problem as problem:
        said = problem.details.get("said")
        return replace(report, told=False, said=str(said or problem.kind.value))
    except Unclear:
        return replace(report, told=None)
    return replace(report, told=True)


def found(session: Session, key: str, sent_at: datetime | None) -> ActReport | None:
    """Goes through the newest orders, back to the time of the act: no search knows the field."""
    for page in range(1, _MOST_PAGES + 1):
        query = {"orderby": "id", "order": "desc", "per_page": str(_PAGE), "page": str(page)}
        orders = listed(session.get("/orders", query).data)
        if page == 1 and not orders:
            return ActReport(ActEnd.UNCLEAR)  # no shop for whom orders are placed has none
        for one in orders:
            if shows(one, key):
                return read(one)
            if long_before(one.instant("date_created_gmt"), sent_at):
                return None
        if len(orders) < _PAGE:
            return None
    return ActReport(ActEnd.UNCLEAR)


def read(order: Shape) -> ActReport:
    try:
        amount = order.money("total")
    except Misshapen:
        amount = None
    ref = order.text("id")
    return ActReport(
        ActEnd.DONE if ref else ActEnd.UNCLEAR,
        ref,
        amount,
        order.text("currency"),
        order.web_address("payment_url"),
    )


def _products(session: Session, act: PlaceOrder) -> list[tuple[int, Shape]]:
    """How many of what. Raises Problem(INVALID) for a SKU that nothing or more than one has."""
    if not act.lines:
        raise invalid("pieces", "0")
    query = {"sku": ",".join(one.ref for one in act.lines), "per_page": str(_MOST_PRODUCTS)}
    sold = shapes_of(session.get("/products", query).data)
    chosen: list[tuple[int, Shape]] = []
    for one in act.lines:
        fitting = [product for product in sold if product.text("sku") == one.ref]
        if len(fitting) != 1:
            raise invalid("sku", one.ref)
        chosen.append((whole(one), fitting[0]))
    return chosen


def _name(key: str) -> str:
    return f"_deskapp_{bare_key(key)}"
