"""A file as an order source."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deskapp.domain.mail import Address
from deskapp.domain.order_files import ColumnMapping, Reading, ReadingHints
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

from .reading import read_orders
from .table import file_bytes


@dataclass(frozen=True, slots=True)
class OrderFile:
    """A file as ``domain.orders.OrderSource``; each call reads it whole.

    Its mark is the file's SHA-256, so that a watched file that was only touched brings nothing,
    and one that was read and then cut short is noticed. A file has no ids of its own: ``ref`` is
    the number.
    """

    path: Path
    profile: str | None = None
    mapping: ColumnMapping | None = None
    hints: ReadingHints | None = None

    def facts(self) -> SourceFacts:
        reading = self._read()
        currencies = {order.currency for order in reading.orders} - {""}
        currency = currencies.pop() if len(currencies) == 1 else ""
        return SourceFacts(self.path.name, currency, frozenset((OrderKey.NUMBER, OrderKey.MAIL)))

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        if by is OrderKey.NUMBER:
            wanted = number_key(words)
            return self._some(lambda order: number_key(order.number) == wanted, limit)
        if by is OrderKey.MAIL:
            mail = Address("", words).key
            return self._some(lambda order: Address("", order.email).key == mail, limit)
        return OrderAnswer(shortfalls=(Shortfall(Gap.NO_SUCH_SEARCH),))

    def order(self, ref: str) -> OrderAnswer:
        answer = self._some(lambda order: order.number == ref, 1)
        if not answer.orders:
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
        return answer

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        """All of the file or nothing of it; ``limit`` would tear it apart and is not heeded."""
        now = hashlib.sha256(file_bytes(self.path)).hexdigest()
        if now == mark:
            return OrderPage(mark=mark)
        reading = self._read()
        return OrderPage(reading.orders, faults=reading.faults, mark=now)

    def _read(self) -> Reading:
        return read_orders(self.path, self.profile, self.mapping, self.hints)

    def _some(self, fits: Callable[[OrderData], bool], limit: int) -> OrderAnswer:
        reading = self._read()
        found = [order for order in reading.orders if fits(order)]
        shortfalls = (Shortfall(Gap.MORE),) if len(found) > limit else ()
        return OrderAnswer(tuple(found[:limit]), shortfalls, reading.faults)
