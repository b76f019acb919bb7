"""One order source's thread: reads what changed, page by page, and answers what people ask."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SourceKind, SourceSettings, SourceState
from deskapp.domain.orders import OrderAnswer, OrderPage, OrderSource
from deskapp.domain.problem import Problem, ProblemKind

from .leases import Leases
from .news import News
from .order_pace import OrderPace, next_try
from .shop_secrets import ShopSecrets

log = logging.getLogger(__name__)

PAGE = 50
_AHEAD = timedelta(minutes=10)  # by which clocks of two machines may differ
_WAITS_FOR_A_PERSON_WHO_WAITS = 12  # seconds at most that a question of theirs is held back

Ask = Callable[[OrderSource], OrderAnswer]
Told = Callable[[int, Problem | None], None]


@dataclass(slots=True)
class OrderSurroundings:
    """What all order workers of an engine share."""

    desk: Desk
    leases: Leases[OrderSourceId]
    secrets: ShopSecrets
    news: News
    pace: OrderPace = field(default_factory=OrderPace)


@dataclass(frozen=True, slots=True)
class _Question:
    ask: Ask
    told: Told
    anyway: bool


class OrderWorker:
    """Works on one source until its stop event, on a thread of its own.

    Questions of people come before the next page, and are answered without the lease: they only
    read, and what they bring is stored like any other telling.
    """

    def __init__(self, source: OrderSourceId, around: OrderSurroundings) -> None:
        self.source = source
        self.stop = Event()
        self.wake = Event()
        self._around = around
        self._questions: deque[_Question] = deque()
        self._turn = Lock()
        self._shop: OrderSource | None = None
        self._made_of: tuple[SourceSettings, object] | None = None
        self._failures = 0
        self._rests_until = 0.0  # what the shop asked for, whoever wakes us; by time.monotonic
        self._reading = False  # between the first page of a walk and its last
        self._thread = Thread(target=self._run, name=f"orders-{source}", daemon=True)

    def start(self) -> None:
        """Begins; once."""
        self._thread.start()

    def ask(self, ask: Ask, told: Told, *, anyway: bool) -> None:
        """Asks the source what a person wants to know; ``told`` hears how many orders came.

        ``anyway`` asks also while the source is in trouble and rests.
        """
        with self._turn:
            self._questions.append(_Question(ask, told, anyway))
        self.wake.set()

    def end(self) -> None:
        """Asks it to stop; ``join`` waits for it."""
        self.stop.set()
        self.wake.set()

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            while not self.stop.is_set():
                self.wake.clear()
                self.wake.wait(self._round())
        finally:
            self._refuse_all()
            try:
                self._around.leases.give_back(self.source)
            except Problem as problem:
                log.info("a lease of orders runs out by itself: %s", problem.kind)

    def _round(self) -> float:
        """Seconds until it is looked at again."""
        try:
            state = self._around.desk.order_sources.standing(self.source)
            self._answer_all(state)
            return self._turn_of(state)
        except Problem as problem:
            if problem.kind is ProblemKind.NOT_FOUND and problem.details.get("what") == (
                "order_source"
            ):
                self.stop.set()
                return 0.0
            if problem.kind is ProblemKind.CHANGED_MEANWHILE:
                return 0.0  # another has gone on reading: so do we, from there
            # Not the shop: the desk itself is out of reach.
            self._around.news.tell("trouble", kind=problem.kind.value)
            return self._around.pace.look
        except Exception:
            # Our own fault in one source: told, and the others go on.
            log.exception("order source %d: a fault of the program", self.source)
            self._around.news.tell("trouble", kind="internal")
            return self._around.pace.longest

    def _turn_of(self, state: SourceState) -> float:
        rest = max(due_in(state, self._around.desk.now()), self._rests_until - time.monotonic())
        if not state.asked or rest > 0:
            return min(rest, self._around.pace.look) if rest > 0 else self._around.pace.look
        try:
            shop = self._connected(state)
            if not self._around.leases.take(self.source):
                return self._around.pace.lease
            page = shop.changed(state.mark, PAGE)
        except Problem as problem:
            return self._trouble(state, problem)
        self._failures = 0
        return self._took(state, page)

    def _took(self, state: SourceState, page: OrderPage) -> float:
        """A page is stored with its mark, unless a folder has nothing new to tell."""
        first, self._reading = not self._reading, page.more
        desk, every = self._around.desk, timedelta(minutes=state.settings.every)
        folder = state.settings.kind is SourceKind.FOLDER
        now = self._around.desk.now()
        if folder and _says_nothing_new(state, page) and _left(state.read_at, now, every):
            return self._until_next(state, page)
        found = desk.order_sources.take_page(
            self.source,
            state.mark,
            page,
            first=first,
            next_at=None if page.more or folder else self._around.desk.now() + every,
            asked_as=state.version,
        )
        self._around.news.tell(
            "orders",
            source=self.source,
            new=found.new,
            updated=found.updated,
            more=int(page.more),
        )
        return self._until_next(state, page)

    def _until_next(self, state: SourceState, page: OrderPage) -> float:
        if page.more:
            return self._rest(max(page.rest, self._around.pace.between_pages))
        if state.settings.kind is SourceKind.FOLDER:
            return self._around.pace.folder
        return self._around.pace.look

    def _rest(self, seconds: float) -> float:
        self._rests_until = time.monotonic() + seconds
        return seconds

    def _trouble(self, state: SourceState, problem: Problem) -> float:
        log.info("order source %d: %s", self.source, problem.kind)
        self._shop, self._reading = None, False
        if problem.kind is ProblemKind.NO_SECRET and state.read_at is not None:
            # Another machine has it; what that one writes of this source stays as it is.
            return self._around.pace.longest
        self._failures += 1
        seconds = next_try(problem, self._failures, self._around.pace)
        if problem.kind is ProblemKind.SLOW_DOWN and seconds <= self._around.pace.quiet_rest:
            return self._rest(seconds)  # as the shop wishes: no trouble
        now = self._around.desk.now()
        again = now + timedelta(seconds=seconds)
        self._around.desk.order_sources.note_trouble(self.source, problem, again)
        self._around.news.trouble(problem)
        return min(seconds, self._around.pace.look)

    def _connected(self, state: SourceState) -> OrderSource:
        """The source, made anew when its settings or secret are others. Raises NO_SECRET."""
        secret = self._around.secrets.of(self.source, state.settings)
        made_of = (state.settings, secret)
        if self._shop is None or self._made_of != made_of:
            from deskapp.shop_wiring import connected

            self._shop, self._made_of = connected(state.settings, secret), made_of
        return self._shop

    def _answer_all(self, state: SourceState) -> None:
        while (question := self._next_question()) is not None:
            found, trouble = 0, None
            resting = state.trouble is not None and due_in(state, self._around.desk.now()) > 0
            try:
                if resting and not question.anyway:
                    trouble = state.trouble
                else:
                    found = self._answered(state, question)
            except Problem as problem:
                trouble = problem
            question.told(found, trouble)

    def _answered(self, state: SourceState, question: _Question) -> int:
        shop = self._connected(state)
        try:
            answer = question.ask(shop)
        except Problem as problem:
            wait = problem.details.get("wait")
            if problem.kind is not ProblemKind.SLOW_DOWN or not isinstance(wait, int):
                raise
            if wait > _WAITS_FOR_A_PERSON_WHO_WAITS or self.stop.wait(wait):
                raise
            answer = question.ask(shop)
        if answer.orders:
            self._around.desk.order_sources.take_answer(self.source, answer)
        if state.trouble is not None:
            self._around.desk.order_sources.try_now(self.source)  # it answers again
        return len(answer.orders)

    def _next_question(self) -> _Question | None:
        with self._turn:
            return self._questions.popleft() if self._questions else None

    def _refuse_all(self) -> None:
        stopped = Problem(ProblemKind.ENGINE_STOPPED)
        while (question := self._next_question()) is not None:
            question.told(0, stopped)


def _says_nothing_new(state: SourceState, page: OrderPage) -> bool:
    same = page.mark == state.mark and page.shortfalls == state.shortfalls
    return same and not page.orders and not page.faults and state.trouble is None


def due_in(state: SourceState, now: datetime) -> float:
    """Seconds until a source is asked again; at once after a clock that ran ahead was put right,
    since by it the next time may lie years away."""
    if state.tried_at is not None and state.tried_at > now + _AHEAD:
        return 0.0
    return _left(state.next_at, now)


def _left(since: datetime | None, now: datetime, lasts: timedelta = timedelta()) -> float:
    """Seconds until then."""
    if since is None:
        return 0.0
    return max(0.0, (since + lasts - now).total_seconds())
