"""WooCommerce as an order source, by its REST API v3."""

import base64
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from deskapp.domain.contact import phone_digits, phone_keys
from deskapp.domain.mail import Address
from deskapp.domain.orders import (
    Gap,
    OrderAnswer,
    OrderData,
    OrderKey,
    OrderPage,
    Shortfall,
    SourceFacts,
    number_key,
)
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.web.places import Resolve

from ..answers import Answered
from ..line import ShopLine
from ..marks import mark_of
from ..shapes import read_each, shape_of, shapes_of
from .orders import read_order

_API = "/wp-json/wc/v3"
_PLAIN = "/wc/v3"  # where permalinks are off, and the path goes into rest_route
_MOST = 100
_FINDS = frozenset(OrderKey) - {OrderKey.TRACKING}
_SECOND = timedelta(seconds=1)
_NO_LEAVE = ("woocommerce_rest_cannot_view", "rest_forbidden", "woocommerce_rest_cannot_read")


@dataclass(frozen=True, slots=True)
class RestKeys:
    """A key pair of WooCommerce, Settings, Advanced, REST API ("ck_…", "cs_…"); Read is enough.

    ``in_query`` is for hosts that take the Authorization header away.
    """

    consumer_key: str
    secret: str = field(repr=False)
    in_query: bool = False


class WooOrders:
    """``domain.orders.OrderSource`` for one shop."""

    def __init__(
        self,
        address: ShopAddress,
        keys: RestKeys,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._keys = keys
        self._line = ShopLine(
            address, _explained, (keys.secret, keys.consumer_key), resolve=resolve, trust=trust
        )
        self._permalinks = True

    def facts(self) -> SourceFacts:
        """Asks for one order, which is all that the key must be good for; the shop's name and
        currency are told by those who may see more."""
        answered = self._get("/orders", {"per_page": "1"})
        orders, _ = read_each(shapes_of(answered.data), "number", read_order)
        currency = orders[0].currency if orders else ""
        return SourceFacts(self._line.address.host, currency, _FINDS)

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        if by not in _FINDS:
            return OrderAnswer(shortfalls=(Shortfall(Gap.NO_SUCH_SEARCH),))
        plain = words.strip()
        if by is OrderKey.NUMBER:
            return self._numbered(plain, limit)
        if by is OrderKey.MAIL:
            mail = Address("", plain).key
            return self._search(plain, limit, lambda one: Address("", one.email).key == mail)
        if by is OrderKey.POSTCODE:
            code = _bare(plain)
            return self._search(plain, limit, lambda one: code in _postcodes(one))
        if by is OrderKey.PHONE:
            return self._by_phone(plain, limit)
        return self._search(plain, limit, lambda _one: True)

    def order(self, ref: str) -> OrderAnswer:
        try:
            answered = self._get(f"/orders/{int(ref)}", {})
        except ValueError:
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref) from None
        orders, faults = read_each((shape_of(answered.data),), "number", read_order)
        return OrderAnswer(orders, faults=faults)

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        at = mark_of(mark)
        query = {
            "orderby": "modified",
            "order": "asc",
            "per_page": str(min(limit, _MOST)),
            "page": str(at.page),
            "status": "any",
        }
        if at.since:  # "after" leaves its own second out, and times have no smaller part
            since = datetime.fromisoformat(at.since) - _SECOND
            query |= {
                "modified_after": since.strftime("%Y-%m-%dT%H:%M:%S"),
                "dates_are_gmt": "true",
            }
        found = shapes_of(self._get("/orders", query).data)
        orders, faults = read_each(found, "number", read_order)
        latest = max((one.changed_at for one in orders if one.changed_at), default=None)
        more = len(found) >= min(limit, _MOST)
        then = at.step(at.page, latest) if more else at.end(latest)
        return OrderPage(orders, faults=faults, mark=str(then), more=more)

    def _numbered(self, words: str, limit: int) -> OrderAnswer:
        """A number that the customer reads may be another than the id that the shop looks for, and
        then only stands in the text that its search goes over."""
        wanted = number_key(words)
        answer = self._search(wanted, limit, lambda one: number_key(one.number) == wanted)
        if answer.orders or not wanted.isdecimal():
            return answer
        found = self._get("/orders", {"include": wanted, "per_page": "1"})
        orders, faults = read_each(shapes_of(found.data), "number", read_order)
        fitting = tuple(one for one in orders if number_key(one.number) == wanted)
        return OrderAnswer(fitting, answer.shortfalls, faults)

    def _by_phone(self, words: str, limit: int) -> OrderAnswer:
        """The shop compares letters, so that a number in another spelling is only in our copy."""
        keys = set(phone_keys(words))
        for spelling in dict.fromkeys((words, phone_digits(words), *keys)):
            answer = self._search(
                spelling, limit, lambda one: not keys.isdisjoint(phone_keys(one.phone))
            )
            if answer.orders:
                return answer
        return OrderAnswer(shortfalls=(Shortfall(Gap.NO_SUCH_SEARCH),))

    def _search(self, words: str, limit: int, fits: Callable[[OrderData], bool]) -> OrderAnswer:
        """The shop's search goes over names, addresses and contacts, and finds what is similar."""
        if not words:
            return OrderAnswer()
        answered = self._get("/orders", {"search": words, "per_page": str(_MOST)})
        found = shapes_of(answered.data)
        orders, faults = read_each(found, "number", read_order)
        fitting = tuple(filter(fits, orders))
        pages = answered.headers.get("x-wp-totalpages", "1")
        shortfalls = (Shortfall(Gap.MORE),) if len(fitting) > limit or pages not in "01" else ()
        return OrderAnswer(fitting[:limit], shortfalls, faults)

    def _get(self, path: str, query: Mapping[str, str]) -> Answered:
        """Asks the other way where the usual path is not known, and goes on so if that works."""
        try:
            return self._ask(path, query)
        except Problem as problem:
            if not (self._permalinks and problem.details.get("what") == "shop_path"):
                raise
            unknown = problem
        self._permalinks = False
        try:
            return self._ask(path, query)
        except Problem as problem:
            self._permalinks = True
            if problem.kind in (ProblemKind.BAD_ANSWER, ProblemKind.NOT_FOUND):
                raise unknown from None  # no shop here: a home page answers anything
            raise

    def _ask(self, path: str, query: Mapping[str, str]) -> Answered:
        headers: dict[str, str] = {}
        wanted = dict(query)
        if self._keys.in_query:
            wanted["consumer_key"] = self._keys.consumer_key.strip()
            wanted["consumer_secret"] = self._keys.secret.strip()
        else:
            pair = f"{self._keys.consumer_key.strip()}:{self._keys.secret.strip()}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        if self._permalinks:
            return self._line.ask("GET", _API + path, headers, urlencode(wanted))
        wanted["rest_route"] = _PLAIN + path
        return self._line.ask("GET", "/", headers, urlencode(wanted))


def _explained(answered: Answered) -> Problem | None:
    """WordPress' own codes (``code``, ``message``)."""
    told = shape_of(answered.data)
    code, said = told.text("code"), told.text("message")
    if code in _NO_LEAVE and answered.status in (401, 403):
        # Without any key the same words come, and then it is the key that did not arrive.
        kind = ProblemKind.SCOPE_MISSING if answered.status == 403 else ProblemKind.SIGN_IN_REFUSED
        return Problem(kind, scope="Read", said=said)
    if answered.status == 401:
        return Problem(ProblemKind.SIGN_IN_REFUSED, said=said or answered.words)
    if answered.status == 404 and code == "woocommerce_rest_shop_order_invalid_id":
        return Problem(ProblemKind.NOT_FOUND, what="order")
    if answered.status == 400 and said:
        return Problem(ProblemKind.SERVER_REFUSED, said=said)
    return None


def _postcodes(order: OrderData) -> set[str]:
    return {_bare(place.postcode) for place in (order.ship_to, order.bill_to) if place}


def _bare(postcode: str) -> str:
    return postcode.replace(" ", "").replace("-", "").casefold()
