"""One reading of order sources to their end: a round of the engine, or a command of a person."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread

from deskapp.data.queries.order_sources import lease_name
from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SourceState
from deskapp.domain.orders import OrderSource
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretStore
from deskapp.shop_wiring import connected

from .leases import Leases
from .order_pace import OrderPace, next_try
from .order_worker import PAGE, due_in
from .shop_secrets import ShopSecrets


@dataclass(slots=True)
class SourceReport:
    """What one reading brought. ``problem`` is None when it went to its end."""

    id: OrderSourceId
    name: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    seconds: float = 0.0
    problem: Problem | None = None

    def as_json(self) -> dict[str, object]:
        """The fields of ``order source refresh --json``; ``state`` says how it went."""
        return {
            "id": self.id,
            "name": self.name,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "left_out": self.left_out,
            "seconds": round(self.seconds, 3),
            "state": self.problem.kind.value if self.problem else "ok",
        }


def read_sources(
    desk: Desk,
    store: SecretStore,
    stop: Event,
    only: OrderSourceId | None = None,
    pace: OrderPace | None = None,
) -> Sequence[SourceReport]:
    """Reads each source to its end, one after the other; one asked for by name at once, the others
    where no shop has asked for rest. Raises Problem for the desk itself."""
    leases = Leases[OrderSourceId](desk.database, lambda _lost: stop.set(), lease_name)
    secrets, keeping = ShopSecrets(desk, store), Event()
    keeper = Thread(target=leases.keep, args=(keeping,), name="order leases")
    keeper.start()
    reports = []
    try:
        for state in desk.order_sources.standings():
            wanted = state.id == only if only is not None else state.asked
            if wanted and not stop.is_set():
                one = _Reading(desk, secrets, leases, stop, pace or OrderPace())
                reports.append(one.run(state, at_once=only is not None))
    finally:
        keeping.set()
        keeper.join()
    return reports


@dataclass(slots=True)
class _Reading:
    desk: Desk
    secrets: ShopSecrets
    leases: Leases[OrderSourceId]
    stop: Event
    pace: OrderPace

    def run(self, state: SourceState, *, at_once: bool) -> SourceReport:
        report = SourceReport(state.id, state.settings.name)
        now = self.desk.now()
        if not at_once and state.trouble is not None and due_in(state, now) > 0:
            report.problem = state.trouble
            return report
        began = time.monotonic()
        try:
            self._read(state, report)
        except Problem as problem:
            report.problem = problem
            if problem.kind is not ProblemKind.LEASE_HELD:
                again = now + timedelta(seconds=next_try(problem, 1, self.pace))
                self.desk.order_sources.note_trouble(state.id, problem, again)
        finally:
            self.leases.give_back(state.id)
            report.seconds = time.monotonic() - began
        return report

    def _read(self, state: SourceState, report: SourceReport) -> None:
        shop, made_of = self._connected(state), state.settings
        if not self.leases.take(state.id):
            raise Problem(ProblemKind.LEASE_HELD, what="order_source", name=report.name)
        first, more = True, True
        while more and not self.stop.is_set():
            now = self.desk.order_sources.standing(state.id)
            if now.settings != made_of:
                shop, made_of, first = self._connected(now), now.settings, True
            try:
                more = self._page(shop, now, report, first=first)
            except Problem as problem:
                if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
                    raise
            first = False

    def _connected(self, state: SourceState) -> OrderSource:
        return connected(state.settings, self.secrets.of(state.id, state.settings))

    def _page(
        self, shop: OrderSource, state: SourceState, report: SourceReport, *, first: bool
    ) -> bool:
        try:
            page = shop.changed(state.mark, PAGE)
        except Problem as problem:
            wait = next_try(problem, 1, self.pace)
            if problem.kind is not ProblemKind.SLOW_DOWN or wait > self.pace.quiet_rest:
                raise
            self.stop.wait(wait)
            return True
        next_at = None
        if not page.more:
            next_at = self.desk.now() + timedelta(minutes=state.settings.every)
        found = self.desk.order_sources.take_page(
            report.id,
            state.mark,
            page,
            first=first,
            next_at=next_at,
            asked_as=state.version,
        )
        report.new += found.new
        report.updated += found.updated
        report.unchanged += found.unchanged
        report.left_out += len(page.faults)
        if page.more:
            self.stop.wait(max(page.rest, self.pace.between_pages))
        return page.more
