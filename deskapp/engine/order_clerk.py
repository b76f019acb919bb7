"""The order sources of an engine: a worker for each, and what windows ask of them."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock

from deskapp.data.queries.order_sources import lease_name
from deskapp.desk import Desk
from deskapp.domain.contact import phone_digits
from deskapp.domain.ids import OrderId, OrderSourceId
from deskapp.domain.mail import Address
from deskapp.domain.order_keys import likely_keys
from deskapp.domain.order_sources import SourceKind
from deskapp.domain.orders import OrderAnswer, OrderKey, OrderSource, number_key
from deskapp.domain.problem import Problem
from deskapp.secrets import SecretStore

from .commands import Command
from .leases import Leases
from .news import News
from .order_pace import OrderPace
from .order_worker import Ask, OrderSurroundings, OrderWorker
from .shop_secrets import ShopSecrets

log = logging.getLogger(__name__)

FOUND = 10
_LOOK_SECONDS = 5.0
_STOP_SECONDS = 12.0  # a shop that is being asked answers, or is given up, within ten
_MOST_REMEMBERED = 2000
_OWN_COPY = (SourceKind.FOLDER, SourceKind.FILE)  # all they ever told is in the desk


@dataclass(slots=True)
class _LookUp:
    """One question under way: which sources have still to answer."""

    by: str
    words: str
    waiting: int
    sources: int
    found: int = 0
    failed: int = 0
    problem: Problem | None = None
    turn: Lock = field(default_factory=Lock)


class OrderClerk:
    """``wake`` makes it look at the sources now; ``secrets`` are those it was told or finds."""

    def __init__(
        self,
        desk: Desk,
        news: News,
        store: SecretStore,
        stop: Event,
        pace: OrderPace | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.wake = Event()
        self._desk, self._news, self._stop, self._clock = desk, news, stop, clock
        self.secrets = ShopSecrets(desk, store)
        self._leases = Leases[OrderSourceId](desk.database, self._lost, lease_name)
        self._around = OrderSurroundings(
            desk, self._leases, self.secrets, news, pace or OrderPace()
        )
        self._workers: dict[OrderSourceId, OrderWorker] = {}
        self._asked: dict[tuple[str, str], float] = {}

    def run(self) -> None:
        """Works until the engine's stop event; all its workers have ended when it returns."""
        try:
            while not self._stop.is_set():
                self.wake.clear()
                try:
                    self._start_and_end()
                except Problem as problem:
                    self._news.trouble(problem)
                self.wake.wait(_LOOK_SECONDS)
        finally:
            self._end()

    def keep_leases(self, stop: Event) -> None:
        """Renews what is held until the stop event; for a thread of its own."""
        self._leases.keep(stop)

    def sources_changed(self) -> None:
        """Settings, or a wish to try now, are served at once."""
        self.wake.set()
        for worker in list(self._workers.values()):
            worker.wake.set()

    def obey(self, command: Command) -> bool:
        """look_up_orders (by: an OrderKey or "any", words; or order; again), refresh_orders
        (source), shop_secret (source, place, secret); False for any other."""
        match command.get("do"):
            case "look_up_orders":
                self._look_up(command)
            case "refresh_orders":
                self._refresh(command.get("source"))
            case "shop_secret":
                self._learn(command)
            case _:
                return False
        return True

    def _start_and_end(self) -> None:
        wanted = {one.id for one in self._desk.order_sources.standings() if one.asked}
        for source, worker in list(self._workers.items()):
            if source not in wanted:
                worker.end()
            if not worker.alive:
                del self._workers[source]
        for source in wanted - set(self._workers):
            self._workers[source] = OrderWorker(source, self._around)
            self._workers[source].start()

    def _end(self) -> None:
        for worker in self._workers.values():
            worker.end()
        until = self._clock() + _STOP_SECONDS
        for worker in self._workers.values():
            worker.join(max(0.0, until - self._clock()))

    def _lost(self, source: OrderSourceId) -> None:
        worker = self._workers.get(source)
        if worker is not None:
            worker.end()  # another is started, which waits for the lease

    def _learn(self, command: Command) -> None:
        source, secret = command.get("source"), command.get("secret")
        if isinstance(source, int) and isinstance(secret, dict):
            words = {str(key): str(value) for key, value in secret.items()}
            self.secrets.tell(source, str(command.get("place", "")), words)
            self._refresh(source)

    def _refresh(self, only: object) -> None:
        try:
            for one in self._desk.order_sources.standings():
                if one.asked and only in (None, one.id):
                    self._desk.order_sources.try_now(one.id)
        except Problem as problem:
            self._news.trouble(problem)
        self.sources_changed()

    def _look_up(self, command: Command) -> None:
        again = command.get("again") is True
        try:
            if isinstance(order := command.get("order"), int):
                self._ask_whole(OrderId(order), again)
            else:
                self._ask_by(str(command.get("by")), str(command.get("words") or ""), again)
        except Problem as problem:
            self._news.trouble(problem)

    def _ask_by(self, by: str, words: str, again: bool) -> None:
        keys = (OrderKey(by),) if by in list(OrderKey) else likely_keys(words)
        if not keys or not words.strip():
            log.warning("a question for orders that nobody understands was left out")
            return
        fresh = self._is_fresh(by, _plain(keys[0], words), again)
        some = [] if fresh else list(self._able().values())
        asked = _LookUp(by, words, len(some), len(some))
        self._put(asked, some, lambda shop: _first_found(shop, keys, words), again)

    def _ask_whole(self, order: OrderId, again: bool) -> None:
        source, ref = self._desk.order_sources.place_of(order)
        worker = self._able().get(source) if ref else None
        fresh = self._is_fresh("order", str(order), again)
        some = [] if worker is None or fresh else [worker]
        asked = _LookUp("order", str(order), len(some), len(some))
        self._put(asked, some, lambda shop: shop.order(ref), again)

    def _able(self) -> dict[OrderSourceId, OrderWorker]:
        """Those that may know more than the desk does."""
        states = {one.id: one for one in self._desk.order_sources.standings()}
        return {
            source: worker
            for source, worker in list(self._workers.items())
            if source in states and states[source].settings.kind not in _OWN_COPY
        }

    def _is_fresh(self, by: str, words: str, again: bool) -> bool:
        """Whether the same was asked a moment ago; else it counts as asked now."""
        now, lasts = self._clock(), self._around.pace.fresh
        if not again and now - self._asked.get((by, words), -lasts) < lasts:
            return True
        if len(self._asked) >= _MOST_REMEMBERED:
            self._asked = {one: at for one, at in self._asked.items() if now - at < lasts}
        self._asked[by, words] = now
        return False

    def _put(self, asked: _LookUp, workers: Sequence[OrderWorker], ask: Ask, again: bool) -> None:
        def told(found: int, problem: Problem | None) -> None:
            with asked.turn:
                asked.waiting -= 1
                asked.found += found
                asked.failed += problem is not None
                asked.problem = problem or asked.problem
                last = not asked.waiting
            if last:
                self._tell(asked)

        if not workers:
            self._tell(asked)
        for worker in workers:
            worker.ask(ask, told, anyway=again)

    def _tell(self, asked: _LookUp) -> None:
        """How it ended. ``sources`` 0: nobody was asked, since nobody knows more or it is fresh."""
        self._news.tell(
            "orders_looked_up",
            by=asked.by,
            words=asked.words,
            sources=asked.sources,
            found=asked.found,
            failed=asked.failed,
            kind=asked.problem.kind.value if asked.problem else "",
        )


def _first_found(shop: OrderSource, keys: Sequence[OrderKey], words: str) -> OrderAnswer:
    """By the likeliest key that finds anything."""
    answer = OrderAnswer()
    for key in keys:
        answer = shop.find(key, words, FOUND)
        if answer.orders:
            break
    return answer


def _plain(by: OrderKey, words: str) -> str:
    match by:
        case OrderKey.MAIL:
            return Address("", words).key
        case OrderKey.NUMBER:
            return number_key(words)
        case OrderKey.PHONE:
            return phone_digits(words)
    return " ".join(words.casefold().split())
