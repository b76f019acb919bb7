"""WooCommerce as an order source, by its REST API v3."""

import ssl
from collections.abc import Callable
from datetime import datetime, timedelta

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

from ..marks import mark_of
from ..shapes import read_each, shape_of, shapes_of
from .orders import read_order
from .session import RestKeys, Session

_MOST = 100
_FINDS = frozenset(OrderKey) - {OrderKey.TRACKING}
_SECOND = timedelta(seconds=1)


class WooOrders:
    """``domain.orders.OrderSource`` for one shop."""

    def __init__(
        self,
        address: ShopAddress,
        keys: RestKeys,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._session = Session(address, keys, resolve, trust)

    def facts(self) -> SourceFacts:
        """Asks for one order, which is all that the key must be good for; the shop's name and
        currency are told by those who may see more."""
        answered = self._session.get("/orders", {"per_page": "1"})
        orders, _ = read_each(shapes_of(answered.data), "number", read_order)
        currency = orders[0].currency if orders else ""
        return SourceFacts(self._session.host, currency, _FINDS)

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
            answered = self._session.get(f"/orders/{int(ref)}", {})
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
        found = shapes_of(self._session.get("/orders", query).data)
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
        found = self._session.get("/orders", {"include": wanted, "per_page": "1"})
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
        answered = self._session.get("/orders", {"search": words, "per_page": str(_MOST)})
        found = shapes_of(answered.data)
        orders, faults = read_each(found, "number", read_order)
        fitting = tuple(filter(fits, orders))
        pages = answered.headers.get("x-wp-totalpages", "1")
        shortfalls = (Shortfall(Gap.MORE),) if len(fitting) > limit or pages not in "01" else ()
        return OrderAnswer(fitting[:limit], shortfalls, faults)


def _postcodes(order: OrderData) -> set[str]:
    return {_bare(place.postcode) for place in (order.ship_to, order.bill_to) if place}


def _bare(postcode: str) -> str:
    return postcode.replace(" ", "").replace("-", "").casefold()
