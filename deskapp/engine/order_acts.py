"""The clerk who carries acts to the shops: looks first, sends once, asks afterwards.

The order of things is what keeps an act from being done twice: SENDING is committed, then the shop
is called, then its word is kept. Whoever finds SENDING after a death asks the shop, and never
sends again.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

from deskapp.desk import Desk
from deskapp.desk.act_work import FIRE_WITHIN
from deskapp.domain.act_states import ActState
from deskapp.domain.ids import OrderActId, OrderSourceId
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_acts import (
    ActEnd,
    ActPreview,
    ActReport,
    OrderAct,
    OrderActs,
    PlaceOrder,
)
from deskapp.domain.problem import Problem, ProblemKind

from .holders import is_dead_neighbour

log = logging.getLogger(__name__)

Shop = Callable[[OrderSourceId], OrderActs]
"""The writing side of a source as it is set up now. Raises Problem, NO_SECRET where this machine
does not have its key."""

_IDLE_SECONDS = 2.0
_AFTER_TROUBLE = 10.0
_KEY_ELSEWHERE = timedelta(seconds=20)
"""So long another engine, which has the key, may take an act up."""
_AT_ONCE = timedelta(seconds=30)
"""A machine that slept between the decision to send and the sending does not send any more."""


class ActClerk:
    """One per engine, used from one thread. ``done`` hears of what changed an order."""

    def __init__(
        self,
        desk: Desk,
        holder: str,
        shop: Shop,
        now: Callable[[], datetime],
        stop: Event | None = None,
        done: Callable[[ActRow], None] = lambda row: None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work = desk.act_work
        self._holder = holder
        self._shop = shop
        self._now = now
        self._stop = stop or Event()
        self._done = done
        self._ticks = ticks
        self._begun: dict[OrderActId, float] = {}
        self.wake = Event()

    def run(self, trouble: Callable[[Problem], None]) -> None:
        """Works until the stop event; for a thread of its own."""
        while not self._stop.is_set():
            self.wake.clear()
            try:
                self.turn()
                self.wake.wait(self._rest())
            except Problem as problem:
                trouble(problem)
                self._stop.wait(_AFTER_TROUBLE)
            except Exception:
                # Our own fault: told, and what waits is looked at again rather than never.
                log.exception("acts on orders: a fault of the program")
                self._stop.wait(_AFTER_TROUBLE)

    def turn(self) -> int:
        """Does all that is due now. How many acts it was about."""
        count = 0
        for row in self._work.orphans(self._is_gone):
            count += 1
            self._ask(row)
        for row in self._work.due():
            if self._stop.is_set():
                break
            count += 1
            self._go_on(row)
        return count

    def _rest(self) -> float:
        rest = self._work.rest()
        if rest is None:
            return _IDLE_SECONDS
        return min(max(0.05, rest.total_seconds()), _IDLE_SECONDS)

    def _is_gone(self, holder: str) -> bool:
        """Ours too: this thread is here, so it is not sending it any more."""
        return holder == self._holder or is_dead_neighbour(holder)

    def _go_on(self, row: ActRow) -> None:
        match row.state:
            case ActState.WANTED if row.shown is None:
                self._look(row)
            case ActState.WANTED:
                self._work.expire(row)
            case ActState.APPROVED:
                self._send(row)
            case ActState.UNDER_WAY | ActState.UNCLEAR:
                self._ask(row)
            case _:
                pass

    def _look(self, row: ActRow) -> None:
        if self._work.age(row.asked_at) > FIRE_WITHIN:
            self._work.expire(row)
            return
        try:
            preview = _preview(self._shop(row.source_id), _act(row))
        except Problem as problem:
            self._cannot(row, problem, row.asked_at)
            return
        except Exception:
            # A fault of ours over an odd answer must not keep all others waiting.
            log.exception("act %d: a fault of the program while it was looked at", row.id)
            self._cannot(row, _odd(), row.asked_at)
            return
        self._work.show(row, preview)

    def _send(self, row: ActRow) -> None:
        try:
            shop, act = self._shop(row.source_id), _act(row)
            there = self._done_elsewhere(shop, act, row)
        except Problem as problem:
            self._cannot(row, problem, row.approved_at or row.asked_at)
            return
        begun = self._work.begin(row, self._holder)
        if begun is None:
            return
        self._begun[row.id] = self._ticks()
        if there is not None:
            self._ended(begun, there)
            return
        if begun.sent_at is None or self._work.age(begun.sent_at) > _AT_ONCE:
            self._work.expire(begun)
            return
        try:
            report = shop.perform(act, begun.key)
        except Problem as problem:
            if problem.details.get("sent") is None:
                log.warning("act %d: the shop's room did not say whether it was sent", row.id)
                self._ended(begun, ActReport(ActEnd.UNCLEAR))
                return
            self._work.refused(begun, problem)
            if problem.kind is ProblemKind.CHANGED_MEANWHILE:
                self._done(begun)
            return
        except Exception:
            # A fault of ours in the middle of a call: nobody knows what the shop has got.
            log.exception("act %d: a fault of the program while it was sent", row.id)
            report = ActReport(ActEnd.UNCLEAR)
        self._ended(begun, report)

    def _done_elsewhere(self, shop: OrderActs, act: OrderAct, row: ActRow) -> ActReport | None:
        """What waited for long may have been done under its key out of a copy of this desk."""
        if self._work.age(row.asked_at) < FIRE_WITHIN:
            return None
        there = shop.outcome(act, row.key, self._here(row.asked_at))
        return there if there.end is ActEnd.DONE else None

    def _ended(self, row: ActRow, report: ActReport) -> None:
        self._work.ended(row, report)
        log.info("act %d: %s", row.id, report.end)
        if report.end is ActEnd.DONE:
            self._done(row)

    def _ask(self, row: ActRow) -> None:
        try:
            shop, sent_at = self._shop(row.source_id), self._sent_at(row)
            report = shop.outcome(_act(row), row.key, sent_at, row.ref)
        except Problem as problem:
            self._work.no_answer(row, problem)
            return
        except Exception:
            # A fault of ours over an odd answer must not keep all others waiting.
            log.exception("act %d: a fault of the program while it was asked about", row.id)
            self._work.no_answer(row, _odd())
            return
        self._work.ended(row, report, asked=True)
        log.info("act %d, asked afterwards: %s", row.id, report.end)
        if report.end is ActEnd.DONE:
            self._done(row)

    def _cannot(self, row: ActRow, problem: Problem, since: datetime) -> None:
        no_key = problem.kind is ProblemKind.NO_SECRET
        if no_key and self._work.age(since) < _KEY_ELSEWHERE:
            self._work.later(row, _IDLE_SECONDS)
        else:
            self._work.give_up(row, problem)

    def _here(self, at: datetime) -> datetime:
        """A time of the desk by the clock of this machine, by which the shops' rooms go."""
        return self._now() - self._work.age(at)

    def _sent_at(self, row: ActRow) -> datetime | None:
        """When an act left, by the clock of this machine. One that jumped ahead does not make it
        older than it can be: what the shop does not show yet would count as not done."""
        if row.sent_at is None:
            return None
        age, begun = self._work.age(row.sent_at), self._begun.get(row.id)
        if begun is not None:
            age = min(age, timedelta(seconds=self._ticks() - begun))
        return self._now() - age


def _odd() -> Problem:
    return Problem(ProblemKind.BAD_ANSWER, what="shop")


def _preview(shop: OrderActs, act: OrderAct) -> ActPreview:
    """What would happen to the order as it is now, also when it is not as the desk knew it: the
    person is shown what changed before they confirm."""
    try:
        return shop.preview(act)
    except Problem as problem:
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or isinstance(act, PlaceOrder):
            raise
    return shop.preview(replace(act, order=replace(act.order, changed_at=None)))


def _act(row: ActRow) -> OrderAct:
    if row.act is None:  # erased with the person it was about
        raise Problem(ProblemKind.NOT_FOUND, what="order_act", id=row.id)
    return row.act
