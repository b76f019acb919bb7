"""A shop's own database as an order source."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from deskapp.domain.contact import phone_digits, phone_keys
from deskapp.domain.mail import Address
from deskapp.domain.order_files import ColumnMapping, OrderField, Reading, ReadingHints
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
from deskapp.domain.plain import plain_text
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.web.places import Resolve

from ..marks import Mark, mark_of
from .address import DatabaseAddress, database_address
from .answers import mapped, numbers_of, read_answers
from .asking import MOST_ROWS, SECONDS, Moment, Rows, Session, Value
from .opening import opened
from .statement import Statement, statement_of

BEGINNING = datetime(1971, 1, 1, tzinfo=UTC)  # before every order, and a time in every database
_CHANGED, _LIMIT, _NUMBERS = "changed_after", "limit", "numbers"
_KEYS = frozenset(key.value for key in OrderKey)
_HOUR = timedelta(hours=1)
_SAMPLE = 5
_ROWS_AN_ORDER = 20  # of a query that joins the items
_NUMBERS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SqlQueries:
    """What an admin wrote: see the package's head."""

    orders: str
    lines: str = ""
    columns: ColumnMapping | None = None
    line_columns: ColumnMapping | None = None


def sql_orders(
    url: str,
    orders: str,
    lines: str = "",
    columns: ColumnMapping | None = None,
    line_columns: ColumnMapping | None = None,
    zone: str = "",
    own_network: bool = False,
    plain_allowed: bool = False,
    authority: str = "",
    hints: ReadingHints | None = None,
) -> "SqlOrders":
    """A source from what a person entered. Nothing is asked yet.

    Raises Problem INVALID (what="database_url", "time_zone" or "query_parameter"), EMPTY,
    TOO_LARGE and READ_ONLY (what="query").
    """
    try:
        known = ZoneInfo(zone.strip()) if zone.strip() else None
    except (OSError, ValueError, KeyError):  # each for another way of naming none
        raise Problem(ProblemKind.INVALID, what="time_zone", value=zone) from None
    address = database_address(
        url, own_network=own_network, plain_allowed=plain_allowed, authority=authority
    )
    return SqlOrders(address, SqlQueries(orders, lines, columns, line_columns), known, hints)


class SqlOrders:
    """``domain.orders.OrderSource`` for one database. Each call is a connection of its own, and
    at most ``seconds`` long. ``ref`` is the number: a query has no other name for an order."""

    def __init__(
        self,
        address: DatabaseAddress,
        queries: SqlQueries,
        zone: tzinfo | None = None,
        hints: ReadingHints | None = None,
        resolve: Resolve | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._address, self._queries, self._zone = address, queries, zone
        self._hints = replace(hints or ReadingHints(), zone=zone or UTC)
        self._resolve, self._seconds = resolve, seconds
        self._orders = statement_of(queries.orders, address.kind, {*_KEYS, _CHANGED, _LIMIT})
        self._lines: Statement | None = None
        if queries.lines.strip():
            self._lines = statement_of(queries.lines, address.kind, {_NUMBERS})
            if _NUMBERS not in self._lines.names:
                raise Problem(ProblemKind.INVALID, what="query_numbers", value=_NUMBERS)
        self._finds = frozenset(key for key in OrderKey if key.value in self._orders.names)

    def facts(self) -> SourceFacts:
        """Runs both queries for a few orders; a column that holds what it cannot is named."""
        with self._session() as session:
            rows, columns = self._ask(session, {_LIMIT: _SAMPLE})
            some = replace(rows, rows=rows.rows[:_SAMPLE])
            reading = self._read(session, some, columns, checked=True)
            may = session.may_write()
        if reading.faults and not reading.orders:
            fault = reading.faults[0]
            raise self._address.about(
                Problem(
                    ProblemKind.INVALID, what="query_value", column=fault.column, value=fault.value
                )
            )
        shortfalls = [Shortfall(Gap.MAY_WRITE, may)] if may else []
        if not self._tells_changes(columns):
            shortfalls.append(Shortfall(Gap.READ_WHOLE))
        currencies = {order.currency for order in reading.orders} - {""}
        currency = currencies.pop() if len(currencies) == 1 else ""
        return SourceFacts(self._address.shown, currency, self._finds, shortfalls=tuple(shortfalls))

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        if by not in self._finds:
            return OrderAnswer(shortfalls=(Shortfall(Gap.NO_SUCH_SEARCH),))
        fits = _fitting(by, words)
        most = (limit + 1) * _ROWS_AN_ORDER
        answer = OrderAnswer()
        for spelt in _spellings(by, words):
            answer = self._found({by.value: spelt, _LIMIT: most}, fits)
            if answer.orders or answer.faults:
                break
        if len(answer.orders) <= limit:
            return answer
        return replace(
            answer,
            orders=answer.orders[:limit],
            shortfalls=(*answer.shortfalls, Shortfall(Gap.MORE)),
        )

    def order(self, ref: str) -> OrderAnswer:
        values: dict[str, Value] = {_LIMIT: MOST_ROWS}
        if OrderKey.NUMBER in self._finds:
            values[OrderKey.NUMBER.value] = ref
        answer = self._found(values, lambda order: order.number == ref)
        if not answer.orders and not any(fault.number == ref for fault in answer.faults):
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
        return answer

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        at = mark_of(mark)
        since = datetime.fromisoformat(at.since) if at.since else BEGINNING
        asked_from = self._earlier(since)
        asked = max(limit, 1)
        while True:
            with self._session(asked_from) as session:
                rows, columns = self._ask(session, {_CHANGED: asked_from, _LIMIT: asked})
                if not self._tells_changes(columns):
                    return self._whole(session, mark, rows, columns)
                cut = _LIMIT in self._orders.names and len(rows.rows) >= asked
                reading = self._read(session, rows, columns)
            latest = max((one.changed_at for one in reading.orders if one.changed_at), default=None)
            if not cut:
                done = str(at.end(latest))
                return OrderPage(_with_ref(reading.orders), faults=reading.faults, mark=done)
            self._check_sorted(reading)
            # Those that changed last may go on behind the cut, and come again whole.
            orders = tuple(one for one in reading.orders if one.changed_at != latest)
            if orders and latest and latest > since:
                then = str(Mark(latest.isoformat(), "", latest.isoformat()))
                return OrderPage(_with_ref(orders), faults=reading.faults, mark=then, more=True)
            if asked >= MOST_ROWS:
                raise self._about(Problem(ProblemKind.TOO_LARGE, what="query_rows", rows=MOST_ROWS))
            asked = min(asked * 4, MOST_ROWS)

    def _tells_changes(self, columns: ColumnMapping) -> bool:
        return _CHANGED in self._orders.names and OrderField.CHANGED_AT in columns

    def _earlier(self, since: datetime) -> datetime:
        """When clocks are set back, an hour comes twice in times without a zone."""
        if self._zone is None or since == BEGINNING:
            return since
        offsets = {(since + hours * _HOUR).astimezone(self._zone).utcoffset() for hours in (-3, 3)}
        return since - _HOUR if len(offsets) > 1 else since

    def _whole(self, session: Session, mark: str, rows: Rows, columns: ColumnMapping) -> OrderPage:
        """All there is, or nothing when it is what it was."""
        if _LIMIT in self._orders.names:
            rows, columns = self._ask(session, {_LIMIT: MOST_ROWS})
        answers = self._items(session, rows, columns)
        digest = hashlib.sha256()
        for answer in (rows, *answers):
            for row in answer.rows:
                digest.update(repr(row).encode())
        gap = (Shortfall(Gap.READ_WHOLE),)
        if mark == digest.hexdigest():
            return OrderPage(shortfalls=gap, mark=mark)
        reading = self._joined(rows, columns, answers)
        return OrderPage(_with_ref(reading.orders), gap, reading.faults, mark=digest.hexdigest())

    def _check_sorted(self, reading: Reading) -> None:
        times = [one.changed_at for one in reading.orders if one.changed_at]
        if times != sorted(times):
            raise self._about(Problem(ProblemKind.INVALID, what="query_order"))

    def _found(self, values: Mapping[str, Value], fits: Callable[[OrderData], bool]) -> OrderAnswer:
        """Orders that fit, the newest first."""
        try:
            with self._session() as session:
                rows, columns = self._ask(session, values)
                reading = self._read(session, rows, columns)
        except Problem as problem:
            if problem.details.get("what") == "query_comparison":
                return OrderAnswer()  # words that cannot be compared with the column fit no order
            raise
        most = values.get(_LIMIT)
        torn = _LIMIT in self._orders.names and len(rows.rows) == most
        found = [order for order in _with_ref(reading.orders) if fits(order)]
        if torn and found:
            found[-1] = replace(found[-1], whole=False)
        found.sort(key=lambda order: order.placed_at or BEGINNING, reverse=True)
        gaps = (Shortfall(Gap.MORE),) if torn else ()
        return OrderAnswer(tuple(found), gaps, reading.faults)

    def _ask(self, session: Session, values: Mapping[str, Value]) -> tuple[Rows, ColumnMapping]:
        rows = session.ask(self._orders, {_CHANGED: BEGINNING, _LIMIT: MOST_ROWS, **values})
        return rows, mapped(rows, self._queries.columns)

    def _read(
        self, session: Session, rows: Rows, columns: ColumnMapping, checked: bool = False
    ) -> Reading:
        return self._joined(rows, columns, self._items(session, rows, columns, checked))

    def _joined(self, rows: Rows, columns: ColumnMapping, answers: list[Rows]) -> Reading:
        own = self._queries.line_columns
        return read_answers(rows, columns, answers, own, self._hints, self._zone)

    def _items(
        self, session: Session, rows: Rows, columns: ColumnMapping, checked: bool = False
    ) -> list[Rows]:
        """``checked`` asks also where there is no order, so that a wrong query is noticed."""
        if self._lines is None:
            return []
        numbers = numbers_of(rows, columns) or (("0",) if checked else ())
        portions = [
            numbers[at : at + _NUMBERS_AT_ONCE] for at in range(0, len(numbers), _NUMBERS_AT_ONCE)
        ]
        return [session.ask(self._lines, {_NUMBERS: portion}) for portion in portions]

    @contextmanager
    def _session(self, about: datetime = BEGINNING) -> Iterator[Session]:
        moment = Moment.of(self._seconds, about, self._zone)
        try:
            with opened(self._address, moment, self._resolve) as session:
                yield session
        except Problem as problem:
            raise self._about(problem) from problem

    def _about(self, problem: Problem) -> Problem:
        return self._address.about(problem)


def _with_ref(orders: tuple[OrderData, ...]) -> tuple[OrderData, ...]:
    return tuple(replace(order, ref=order.number) for order in orders)


def _spellings(by: OrderKey, words: str) -> tuple[str, ...]:
    """A number as it was typed, without its sign, and its digits alone; a phone as it was typed,
    with its country's code, and its digits."""
    plain = plain_text(words).strip()
    tried: tuple[str, ...] = (plain,)
    if by is OrderKey.NUMBER:
        tried = (plain, plain.lstrip("#№ "), number_key(plain))
    elif by is OrderKey.PHONE:
        tried = (plain, *phone_keys(plain)[:2], phone_digits(plain))
    return tuple(dict.fromkeys(filter(None, tried)))


def _fitting(by: OrderKey, words: str) -> Callable[[OrderData], bool]:
    """Number, mail and phone are compared again; for the rest the query's word is taken."""
    if by is OrderKey.NUMBER:
        number = number_key(words)
        return lambda order: number_key(order.number) == number
    if by is OrderKey.MAIL:
        mail = Address("", words.strip()).key
        return lambda order: Address("", order.email).key == mail
    if by is OrderKey.PHONE:
        keys = set(phone_keys(words))
        return lambda order: not order.phone or bool(keys & set(phone_keys(order.phone)))
    return lambda _order: True
