"""Magento and Adobe Commerce as an order source, by their REST API V1."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

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

from ..marks import mark_of
from ..shapes import Shape, read_each
from .orders import read_order
from .session import Filter, Search, Session

_MOST = 50
_ALL = 500  # parcels and credit memos of one page of orders
_FINDS = frozenset((OrderKey.NUMBER, OrderKey.MAIL, OrderKey.NAME))
_NUMBER = "increment_id"
_SHIPMENTS, _MEMOS = "shipments", "refunds"
_NO_LEAVE = (ProblemKind.SCOPE_MISSING, ProblemKind.SIGN_IN_REFUSED)


class MagentoOrders:
    """``domain.orders.OrderSource`` for one shop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def facts(self) -> SourceFacts:
        told = self._session.get("/orders", Search((), "entity_id", True, 1).parameters)
        answer = self._answer(told.shapes("items"))
        currency = answer.orders[0].currency if answer.orders else ""
        missing = tuple(
            name for gap in answer.shortfalls if gap.gap is Gap.HIDDEN for name in gap.names
        )
        return SourceFacts(self._session.host, currency, _FINDS, missing, answer.shortfalls)

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        plain = words.strip()
        if by is OrderKey.NUMBER and (key := number_key(plain)):
            # Numbers have leading zeros and a prefix of the store, which customers leave out.
            ending = (Filter(_NUMBER, "%" + _literal(key), "like"),)
            return self._found([ending], limit, lambda one: number_key(one.number) == key)
        if by is OrderKey.MAIL and plain:
            mail = Address("", plain).key
            same = (Filter("customer_email", plain),)
            return self._found([same], limit, lambda one: Address("", one.email).key == mail)
        if by is OrderKey.NAME and plain:
            groups = [
                [
                    Filter(name, f"%{_literal(word)}%", "like")
                    for name in ("customer_firstname", "customer_lastname")
                ]
                for word in plain.split()[:4]
            ]
            return self._found(groups, limit, lambda _one: True)
        gaps = () if by in _FINDS else (Shortfall(Gap.NO_SUCH_SEARCH),)
        return OrderAnswer(shortfalls=gaps)

    def order(self, ref: str) -> OrderAnswer:
        if not ref.isdecimal():
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
        return self._answer((self._session.get(f"/orders/{ref}"),))

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        at = mark_of(mark)
        size = min(limit, _MOST)
        since = [(Filter("updated_at", _instant(at.since), "gteq"),)] if at.since else []
        search = Search(since, "updated_at", newest=False, size=size, page=at.page)
        told = self._session.get("/orders", search.parameters)
        answer = self._answer(told.shapes("items"))
        latest = max((one.changed_at for one in answer.orders if one.changed_at), default=None)
        # Beyond its last page Magento gives that page again: only the count tells the end.
        more = (told.count("total_count") or 0) > at.page * size
        then = at.step(at.page, latest) if more else at.end(latest)
        return OrderPage(answer.orders, answer.shortfalls, answer.faults, mark=str(then), more=more)

    def _found(
        self,
        groups: Sequence[Sequence[Filter]],
        limit: int,
        fits: Callable[[OrderData], bool],
    ) -> OrderAnswer:
        search = Search(groups, "created_at", newest=True, size=min(limit, _MOST))
        told = self._session.get("/orders", search.parameters)
        answer = self._answer(told.shapes("items"))
        more = (told.count("total_count") or 0) > search.size
        return replace(
            answer,
            orders=tuple(filter(fits, answer.orders)),
            shortfalls=answer.shortfalls + ((Shortfall(Gap.MORE),) if more else ()),
        )

    def _answer(self, items: Sequence[Shape]) -> OrderAnswer:
        """Orders with their parcels and credit memos, which Magento keeps apart; a key without
        leave for those still has the orders."""
        ids = ",".join(filter(None, (one.text("entity_id") for one in items)))
        hidden: list[str] = []
        parcels = self._of_orders("/shipments", ids, _SHIPMENTS, hidden)
        memos = self._of_orders("/creditmemos", ids, _MEMOS, hidden)
        read = partial(_read, parcels=parcels, memos=memos)
        orders, faults = read_each(items, _NUMBER, read)
        gaps = (Shortfall(Gap.HIDDEN, tuple(hidden)),) if hidden else ()
        return OrderAnswer(orders, gaps, faults)

    def _of_orders(
        self, path: str, ids: str, name: str, hidden: list[str]
    ) -> Mapping[str, Sequence[Shape]]:
        if not ids:
            return {}
        search = Search([(Filter("order_id", ids, "in"),)], "entity_id", False, _ALL)
        try:
            told = self._session.get(path, search.parameters)
        except Problem as problem:
            if problem.kind not in _NO_LEAVE:
                raise
            hidden.append(name)
            return {}
        found: dict[str, list[Shape]] = {}
        for one in told.shapes("items"):
            found.setdefault(one.text("order_id"), []).append(one)
        return found


def _read(
    order: Shape,
    parcels: Mapping[str, Sequence[Shape]],
    memos: Mapping[str, Sequence[Shape]],
) -> OrderData:
    ref = order.text("entity_id")
    return read_order(order, parcels.get(ref, ()), memos.get(ref, ()))


def _literal(words: str) -> str:
    """Without the meaning that "%", "_" and the backslash have for LIKE."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _instant(since: str) -> str:
    """As Magento's database writes times, in UTC and whole seconds."""
    return datetime.fromisoformat(since).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
