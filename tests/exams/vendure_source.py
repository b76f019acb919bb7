"""Vendure as an order source: what the protocol asks, of a shop that it was not made for."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from deskapp.domain.contact import phone_keys
from deskapp.domain.mail import Address
from deskapp.domain.orders import (
    Gap,
    OrderAnswer,
    OrderData,
    OrderKey,
    OrderLine,
    OrderPage,
    OrderStatus,
    PostalAddress,
    Refund,
    Shipment,
    ShopCustomer,
    Shortfall,
    SourceFacts,
    number_key,
)
from deskapp.domain.person_names import whole_name
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.shops.line import ShopLine
from deskapp.shops.marks import mark_of
from deskapp.shops.shapes import Shape, read_each, shape_of

_ORDER = """fragment Told on Order {
  id code state orderPlacedAt updatedAt currencyCode totalWithTax couponCodes
  customer { id createdAt firstName lastName emailAddress phoneNumber }
  shippingAddress { ...Place } billingAddress { ...Place }
  lines { id quantity proratedUnitPriceWithTax productVariant { name sku } }
  fulfillments { state method trackingCode createdAt }
  payments { refunds { id total state reason createdAt } } }
fragment Place on OrderAddress { fullName company streetLine1 streetLine2 city province
  postalCode country phoneNumber }"""
_LIST = f"""query($options: OrderListOptions) {{ orders(options: $options) {{
  totalItems items {{ ...Told }} }} }} {_ORDER}"""
_ONE = f"query($id: ID!) {{ order(id: $id) {{ ...Told }} }} {_ORDER}"
_OF_CUSTOMERS = f"""query($who: CustomerListOptions, $options: OrderListOptions) {{
  customers(options: $who) {{ totalItems items {{ orders(options: $options) {{
  totalItems items {{ ...Told }} }} }} }} }} {_ORDER}"""
_LOG_IN = """mutation($name: String!, $secret: String!) {
  login(username: $name, password: $secret) { __typename
  ... on CurrentUser { channels { code permissions } } ... on ErrorResult { message } } }"""
_NEEDED = ("ReadOrder", "ReadCustomer")
_BY = {  # what the shop compares, and how; it has no such question for orders themselves
    OrderKey.MAIL: ("emailAddress", "contains"),  # "eq" would heed the case
    OrderKey.PHONE: ("phoneNumber", "contains"),
    OrderKey.NAME: ("lastName", "contains"),
    OrderKey.POSTCODE: ("postalCode", "eq"),
}
_STANDING = {
    "PaymentAuthorized": OrderStatus.OPEN,
    "PaymentSettled": OrderStatus.PAID,
    "PartiallyShipped": OrderStatus.SHIPPED,
    "Shipped": OrderStatus.SHIPPED,
    "PartiallyDelivered": OrderStatus.DELIVERED,
    "Delivered": OrderStatus.DELIVERED,
    "Cancelled": OrderStatus.CANCELLED,
}


class VendureOrders:
    """``domain.orders.OrderSource``. The token lives in memory; carts are no orders."""

    def __init__(self, address: ShopAddress, name: str, secret: str) -> None:
        self._line = ShopLine(address, secrets=(secret,))
        self._name, self._secret, self._token = name, secret, ""
        self._may: tuple[str, ...] = ()

    def facts(self) -> SourceFacts:
        self._log_in()
        missing = tuple(one for one in _NEEDED if one not in self._may)
        found = () if missing else self._list({"take": 1}).shapes("items")
        currency = found[0].text("currencyCode") if found else ""
        finds = frozenset((OrderKey.NUMBER, *_BY))
        return SourceFacts(self._line.address.host, currency, finds, missing)

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        newest = {"sort": {"orderPlacedAt": "DESC"}, "take": limit + 1}
        if by is OrderKey.NUMBER:
            exact = {**newest, "filter": {"code": {"eq": words.strip().lstrip("#").upper()}}}
            wanted = number_key(words)
            return _answer(self._list(exact), limit, lambda one: number_key(one.number) == wanted)
        if by not in _BY:
            return OrderAnswer(shortfalls=(Shortfall(Gap.NO_SUCH_SEARCH),))
        column, how = _BY[by]
        told = self._ask(
            _OF_CUSTOMERS,
            who={"filter": {column: {how: _spelt(by, words)}}, "take": limit + 1},
            options={**newest, "filter": {"active": {"eq": False}}},
        ).shape("customers")
        orders = [one for who in told.shapes("items") for one in who.shapes("orders.items")]
        total = sum(who.count("orders.totalItems") or 0 for who in told.shapes("items"))
        mail = Address("", words.strip()).key if by is OrderKey.MAIL else ""
        return _answer(
            Shape({"items": [one.data for one in orders], "totalItems": total}),
            limit,
            lambda one: not mail or Address("", one.email).key == mail,
        )

    def order(self, ref: str) -> OrderAnswer:
        told = self._ask(_ONE, id=ref).shape("order")
        if not told.text("id"):
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
        orders, faults = read_each((told,), "code", _read)
        return OrderAnswer(orders, faults=faults)

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        at, take = mark_of(mark), min(limit, 100)
        only: dict[str, object] = {"active": {"eq": False}}
        if at.since:  # "after" leaves its own instant out
            since = datetime.fromisoformat(at.since) - timedelta(seconds=1)
            only["updatedAt"] = {"after": since.isoformat()}
        told = self._list(
            {"filter": only, "sort": {"updatedAt": "ASC", "id": "ASC"}, "take": take,
             "skip": (at.page - 1) * take}
        )  # fmt: skip
        found = told.shapes("items")
        orders, faults = read_each(found, "code", _read)
        latest = max((one.changed_at for one in orders if one.changed_at), default=None)
        more = len(found) >= take
        then = at.step(at.page, latest) if more else at.end(latest)
        return OrderPage(orders, faults=faults, mark=str(then), more=more)

    def _list(self, options: dict[str, object]) -> Shape:
        options.setdefault("filter", {"active": {"eq": False}})
        return self._ask(_LIST, options=options).shape("orders")

    def _ask(self, document: str, **values: object) -> Shape:
        if not self._token:
            self._log_in()
        return self._sent(document, values).shape("data")

    def _log_in(self) -> None:
        self._token = ""
        told = self._sent(_LOG_IN, {"name": self._name, "secret": self._secret}).shape("data.login")
        if told.text("__typename") != "CurrentUser":
            refused = Problem(ProblemKind.SIGN_IN_REFUSED, said=told.text("message"))
            raise self._line.about(refused)
        self._may = tuple(
            one for way in told.shapes("channels") for one in way.texts("permissions")
        )

    def _sent(self, document: str, values: dict[str, object]) -> Shape:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        body = json.dumps({"query": document, "variables": values}).encode()
        answered = self._line.ask("POST", "/admin-api", headers, body=body)
        self._token = answered.headers.get("vendure-auth-token", self._token)
        told = shape_of(answered.data)
        for error in told.shapes("errors"):
            lacks = error.text("extensions.code") == "FORBIDDEN"
            kind = ProblemKind.SCOPE_MISSING if lacks else ProblemKind.SERVER_REFUSED
            missing = next((one for one in _NEEDED if one not in self._may), "")
            raise self._line.about(Problem(kind, said=error.text("message"), scope=missing))
        return told


def _answer(told: Shape, limit: int, fits: Callable[[OrderData], bool]) -> OrderAnswer:
    orders, faults = read_each(told.shapes("items"), "code", _read)
    fitting = sorted(filter(fits, orders), key=lambda one: str(one.placed_at), reverse=True)
    more = (told.count("totalItems") or 0) > limit
    return OrderAnswer(tuple(fitting[:limit]), (Shortfall(Gap.MORE),) if more else (), faults)


def _spelt(by: OrderKey, words: str) -> str:
    if by is OrderKey.PHONE:  # the shop keeps what was typed: only its last digits are sure
        return "".join(sign for sign in next(iter(phone_keys(words)), "") if sign.isdigit())[-7:]
    return words.strip()


def _read(told: Shape) -> OrderData:
    currency = told.text("currencyCode")
    who, state = told.shape("customer"), told.text("state")
    return OrderData(
        number=told.text("code"),
        ref=told.text("id"),
        status=state,
        standing=_STANDING.get(state, OrderStatus.UNKNOWN),
        placed_at=told.instant("orderPlacedAt"),
        changed_at=told.instant("updatedAt"),
        currency=currency,
        total=_money(told, "totalWithTax"),
        customer_name=whole_name(who.text("firstName"), who.text("lastName")),
        email=who.text("emailAddress"),
        phone=who.text("phoneNumber"),
        tags=told.texts("couponCodes"),
        ship_to=_place(told.shape("shippingAddress")),
        bill_to=_place(told.shape("billingAddress")),
        shipping_address=_place(told.shape("shippingAddress")).text,
        lines=tuple(map(_line, told.shapes("lines"))),
        shipments=tuple(map(_parcel, told.shapes("fulfillments"))),
        refunds=tuple(
            Refund(
                one.text("id"),
                _money(one, "total") or Decimal(0),
                currency,
                one.instant("createdAt"),
                one.text("reason"),
            )
            for paid in told.shapes("payments")
            for one in paid.shapes("refunds")
        ),
        customer=ShopCustomer(who.text("id"), who.instant("createdAt"), None, None, currency),
    )


def _money(told: Shape, path: str) -> Decimal | None:
    """Cents, whatever the currency (Vendure's DefaultMoneyStrategy)."""
    cents = told.money(path)
    return None if cents is None else cents.scaleb(-2)


def _line(told: Shape) -> OrderLine:
    variant = told.shape("productVariant")
    price = _money(told, "proratedUnitPriceWithTax")
    ref, pieces = told.text("id"), told.quantity("quantity")
    return OrderLine(variant.text("sku"), variant.text("name"), pieces, price, ref)


def _parcel(told: Shape) -> Shipment:
    state = told.text("state")
    sent = told.instant("createdAt") if state in ("Shipped", "Delivered") else None
    return Shipment(told.text("method"), told.text("trackingCode"), "", sent, None, state)


def _place(told: Shape) -> PostalAddress:
    lines = map(told.text, ("company", "streetLine1", "streetLine2"))
    return PostalAddress(
        told.text("fullName"),
        tuple(filter(None, lines)),
        *map(told.text, ("postalCode", "city", "province", "country", "phoneNumber")),
    )
