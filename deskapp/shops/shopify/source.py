"""Shopify as an order source, by its Admin GraphQL API."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from deskapp.domain.contact import phone_keys
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

from ..answers import Json
from ..marks import mark_of
from ..shapes import Shape, read_each
from .documents import ALONE, CUSTOMERS, FACTS, IN_LIST, ONE_ORDER, ORDER_LIST, ORDERS
from .orders import more_lines, read_lines, read_order
from .session import Session, Told

WINDOW = timedelta(days=60)
_NEEDED = ("read_orders", "read_customers", "read_fulfillments", "read_returns")
_ALL_ORDERS = "read_all_orders"
_FINDS = frozenset((OrderKey.NUMBER, OrderKey.MAIL, OrderKey.PHONE, OrderKey.NAME))
_CUSTOMERS = 5
_MOST_LINES = 1000


class ShopifyOrders:
    """``domain.orders.OrderSource`` for one shop."""

    def __init__(
        self, session: Session, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._session, self._now = session, now
        self._scopes: frozenset[str] | None = None

    def facts(self) -> SourceFacts:
        told = self._session.run(FACTS, {})
        app = told.data.shape("currentAppInstallation")
        self._scopes = frozenset(one.text("handle") for one in app.shapes("accessScopes"))
        missing = tuple(one for one in _NEEDED if not self._may(one))
        shop = told.data.shape("shop")
        return SourceFacts(
            shop.text("name"), shop.text("currencyCode"), _FINDS, missing, self._window()
        )

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        if by is OrderKey.NUMBER:
            wanted = number_key(words)
            query = f"name:{_quoted(words)} OR name:{_quoted(wanted)}"
            return self._found(query, limit, lambda order: number_key(order.number) == wanted)
        if by is OrderKey.MAIL:
            mail = Address("", words).key
            return self._found(
                f"email:{_quoted(words.strip())}",
                limit,
                lambda order: Address("", order.email).key in ("", mail),
            )
        if by is OrderKey.PHONE:
            keys = phone_keys(words)
            return self._of_customers(" OR ".join(f"phone:{_quoted(one)}" for one in keys), limit)
        if by is OrderKey.NAME:
            return self._of_customers(_quoted(words), limit)
        return OrderAnswer(shortfalls=(Shortfall(Gap.NO_SUCH_SEARCH),))

    def order(self, ref: str) -> OrderAnswer:
        told = self._session.run(ONE_ORDER, {"id": ref, "line": None, **ALONE})
        shape = told.data.shape("order")
        if not shape.data:
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
        orders, faults = read_each((shape,), "name", _reading(ALONE))
        answer = OrderAnswer(orders, told.shortfalls, faults, told.rest)
        while orders and (after := more_lines(shape)) and len(answer.orders[0].lines) < _MOST_LINES:
            more: Mapping[str, Json] = {"id": ref, "line": after, **ALONE}
            shape = self._session.run(ONE_ORDER, more).data.shape("order")
            order = answer.orders[0]
            lines = order.lines + read_lines(shape)
            whole = not more_lines(shape)
            answer = replace(answer, orders=(replace(order, lines=lines, whole=whole),))
        return answer

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        at = mark_of(mark)
        query = f"updated_at:>='{_instant(at.since)}'" if at.since else None
        told = self._orders(query, limit, at.after or None, "UPDATED_AT", newest=False)
        answer = self._answer(told)
        page = told.data.shape("orders.pageInfo")
        changes = [one.changed_at for one in answer.orders if one.changed_at]
        latest = max(changes, default=None)
        more = page.data.get("hasNextPage") is True and bool(page.text("endCursor"))
        then = at.go_on(page.text("endCursor"), latest) if more else at.end(latest)
        return OrderPage(
            answer.orders, answer.shortfalls, answer.faults, answer.rest, str(then), more
        )

    def _found(
        self, query: str, limit: int, fits: Callable[[OrderData], bool] = lambda _order: True
    ) -> OrderAnswer:
        told = self._orders(query, limit, None, "PROCESSED_AT", newest=True)
        answer = self._answer(told)
        more = told.data.shape("orders.pageInfo").data.get("hasNextPage") is True
        return replace(
            answer,
            orders=tuple(filter(fits, answer.orders)),
            shortfalls=answer.shortfalls + ((Shortfall(Gap.MORE),) if more else ()),
        )

    def _of_customers(self, query: str, limit: int) -> OrderAnswer:
        """Orders have no search by phone or name of their own; their customers do."""
        if not query.strip('" '):
            return OrderAnswer()
        told = self._session.run(CUSTOMERS, {"query": query, "first": _CUSTOMERS})
        ids = [one.text("id").rpartition("/")[2] for one in told.data.shapes("customers.nodes")]
        if not ids:
            return OrderAnswer((), told.shortfalls + self._window(), (), told.rest)
        answer = self._found(" OR ".join(f"customer_id:{one}" for one in ids), limit)
        more = told.data.shape("customers.pageInfo").data.get("hasNextPage") is True
        gaps = (Shortfall(Gap.MORE),) if more else ()
        shortfalls = tuple(dict.fromkeys(told.shortfalls + answer.shortfalls + gaps))
        return replace(answer, shortfalls=shortfalls)

    def _orders(
        self, query: str | None, limit: int, after: str | None, sort: str, *, newest: bool
    ) -> Told:
        variables: Mapping[str, Json] = {
            "query": query,
            "first": min(limit, ORDERS),
            "after": after,
            "sort": sort,
            "newest": newest,
            "line": None,
            **IN_LIST,
        }
        return self._session.run(ORDER_LIST, variables)

    def _answer(self, told: Told) -> OrderAnswer:
        orders, faults = read_each(told.data.shapes("orders.nodes"), "name", _reading(IN_LIST))
        return OrderAnswer(orders, told.shortfalls + self._window(), faults, told.rest)

    def _window(self) -> tuple[Shortfall, ...]:
        """Without leave for all orders a key sees those of the last 60 days."""
        if self._scopes is None:
            self.facts()
        if self._may(_ALL_ORDERS):
            return ()
        return (Shortfall(Gap.ONLY_SINCE, since=self._now() - WINDOW),)

    def _may(self, scope: str) -> bool:
        """Leave to write holds leave to read."""
        scopes = self._scopes or frozenset()
        return scope in scopes or scope.replace("read_", "write_", 1) in scopes


def _reading(sizes: Mapping[str, int]) -> Callable[[Shape], OrderData]:
    return partial(read_order, parcels=sizes["parcels"], refunds=sizes["refunds"])


def _instant(since: str) -> str:
    """As Shopify's documentation writes times in a search."""
    return datetime.fromisoformat(since).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _quoted(words: str) -> str:
    """Words that a person or a mail brought, as one phrase of Shopify's search syntax: between
    quotes only the quote and the backslash have a meaning."""
    escaped = words.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
