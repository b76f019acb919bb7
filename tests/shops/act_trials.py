"""One act under one fault, and what the stand-in says really happened."""

import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from deskapp.domain.order_acts import ActEnd, ActKind, OrderAct, OrderActs, RefundOrder
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.authority import Authority
from tests.servers.shop_faults import Between, Fault, Work
from tests.servers.web import Asked, Reply, WebServer, serving

from .acting import HOST, SHOPS, Acting, Any

OTHER_KEY = "b7f3c7d25a0c4c51a5a8b7ad0a1c9e44"
KEY = "0f8fad5bd9cb469fa16570867728950e"
SECONDS = 0.4  # after which a shop that drips is left
_PATIENT = 10.0
Opened = tuple[Any, OrderActs]


@dataclass
class Counts:
    """``lies`` are trials where what we said is not what happened."""

    trials: int = 0
    twice: int = 0
    unseen: int = 0
    lies: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)


class Stage:
    """One server for many trials; each trial has a shop of its own behind it."""

    def __init__(self, web: WebServer, trust: ssl.SSLContext, at: list[Between]) -> None:
        self._web, self._trust, self._at = web, trust, at
        self.now = datetime.now(UTC)

    @property
    def port(self) -> int:
        return self._web.port

    @property
    def over(self) -> threading.Event:
        return self._web.over

    def opened(
        self, shop: Acting, fault: Fault | None, *, at_change: bool = True, slow: bool = False
    ) -> tuple[Any, Between, OrderActs]:
        made = shop.made()
        between = Between(made.answer, shop.changes, fault, at_change)
        self._at[:] = [between]
        seconds = SECONDS if slow else _PATIENT
        return made, between, shop.open(self._web.port, self._trust, seconds, lambda: self.now)


@contextmanager
def stage(authority: Authority) -> Iterator[Stage]:
    at: list[Between] = []

    def answer(asked: Asked) -> Reply:
        return at[0].answer(asked)

    with serving(answer, authority.server_context(HOST)) as web:
        yield Stage(web, authority.client_context(), at)


def try_change(stage: Stage, shop: Acting, kind: ActKind, fault: Fault, counts: Counts) -> None:
    """The fault strikes the request that changes something. Afterwards the line is whole again,
    and the shop is asked at once and once more when everything has settled."""
    act, name = shop.acts[kind], f"{shop.name} {kind} {fault.name} {fault.work.value}"
    slow = fault.work is Work.LATER or "drips" in fault.name
    made, between, acts = stage.opened(shop, fault, slow=slow)
    sent_at, said = stage.now, ""
    try:
        end = acts.perform(act, KEY).end
    except Problem as problem:
        end, said = ActEnd.NOT_DONE, str(problem)
        if (problem.details.get("sent") == 0) is (between.changed > 0):
            counts.lies.append(f"{name}: sent {between.changed}, but {said}")
    at_once = _asked(acts, act, sent_at)
    between.catch_up()
    for _ in range(3):  # questions that a job in the background needs to end
        _asked(acts, act, sent_at)
    stage.now += timedelta(hours=3)
    last = _asked(acts, act, sent_at)
    happened = len(made.done)
    counts.trials += 1
    mails = Counter(made.mails)
    counts.twice += happened > 1 or between.changed > 1 or mails["invoice"] > 1
    counts.unseen += happened > 0 and ActEnd.NOT_DONE in (end, at_once, last)
    counts.ends[f"{end.value}, then {last.value}"] += 1
    true = ActEnd.DONE if happened else ActEnd.NOT_DONE
    if (end is ActEnd.DONE and not happened) or last is not true:
        counts.lies.append(
            f"{name}: {end.value}, {at_once.value}, {last.value}: {made.done} {said}"
        )


def try_question(
    stage: Stage, shop: Acting, kind: ActKind, fault: Fault, counts: Counts, passed: int = 0
) -> None:
    """The fault strikes what is asked before, after ``passed`` good answers: nothing may leave
    then, and a Problem says so."""
    act = shop.acts[kind]
    slow = fault.work is Work.LATER or "drips" in fault.name
    made, between, acts = stage.opened(shop, fault, at_change=False, slow=slow)
    between.passed = passed
    counts.trials += 1
    try:
        end = acts.perform(act, KEY).end
        counts.ends["asked again and done" if end is ActEnd.DONE else end.value] += 1
        wrong = end not in (ActEnd.DONE, ActEnd.UNDER_WAY) or between.changed != 1
    except Problem as problem:
        counts.ends["nothing left"] += 1
        wrong = problem.details.get("sent") != 0 or between.changed > 0 or bool(made.done)
    if wrong:
        counts.lies.append(f"{shop.name} {kind} {fault.name}: asked before, {made.done}")


def try_outcome(
    stage: Stage, shop: Acting, kind: ActKind, fault: Fault, counts: Counts, passed: int = 0
) -> None:
    """The fault strikes the question what became of an act that was done."""
    act = shop.acts[kind]
    slow = fault.work is Work.LATER or "drips" in fault.name
    made, between, acts = stage.opened(shop, None, slow=slow)
    acts.perform(act, KEY)
    for _ in range(3):
        acts.outcome(act, KEY)
    assert len(made.done) == 1
    counts.trials += 1
    between.fault, between.at_change, between.passed = fault, False, passed
    try:
        end = acts.outcome(act, KEY).end
        counts.ends[f"asked for it: {end.value}"] += 1
        wrong = end not in (ActEnd.DONE, ActEnd.UNCLEAR)
    except Problem:
        counts.ends["asked for it: no answer"] += 1
        wrong = False
    counts.unseen += wrong
    if wrong:
        counts.lies.append(f"{shop.name} {kind} {fault.name}: asked for it, {end.value}")


def _asked(acts: OrderActs, act: OrderAct, sent_at: datetime) -> ActEnd:
    return acts.outcome(act, KEY, sent_at).end


def problem_of(call: Callable[..., object], *given: object) -> tuple[ProblemKind, str, int]:
    with pytest.raises(Problem) as raised:
        call(*given)
    details = raised.value.details
    return raised.value.kind, str(details.get("what")), int(details["sent"] or 0)


def refund_of(name: str) -> RefundOrder:
    return cast(RefundOrder, SHOPS[name].acts[ActKind.REFUND])
