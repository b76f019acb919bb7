"""Two programs on one desk agree soon, whatever becomes of the line on which one hears of it."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

import pytest
from sqlalchemy import text

from deskapp.data.change_watch import Ear
from deskapp.data.database import Database
from deskapp.desk.changes import ChangeLog
from deskapp.desk.context import Context, MailFunctions
from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.wiring import _build, _parse, _read_attachment
from tests.servers.postgres import Postgres
from tests.servers.wire import NewWire, Wire

ROUNDS = 5
"""Of each of the faults below."""

_HEALTHY = 100


class Pair:
    """One who writes, and one who watches over a wire."""

    def __init__(self, url: str, postgres: Postgres, wire: Wire) -> None:
        self.wire = wire
        self.writer = Database(url)
        self.watcher = Database(url.replace(f":{postgres.port}/", f":{wire.port}/"))
        self.told: queue.Queue[tuple[float, Changes]] = queue.Queue()
        self._number = 0

    @contextmanager
    def watching(self) -> Iterator[None]:
        log = ChangeLog(Context(self.watcher, MailFunctions(_parse, _build, _read_attachment)))
        stop = threading.Event()
        heard = (stop, lambda it: self.told.put((time.monotonic(), it)), log.cursor())
        thread = threading.Thread(target=log.watch, args=heard)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(20)

    def write(self) -> TicketId:
        self._number += 1
        one = TicketId(self._number)
        with self.writer.writing() as unit:
            unit.touched.tickets.add(one)
        return one

    def agree_on(self, one: TicketId, since: float) -> float:
        """Seconds from ``since`` until the watcher knows of ``one``; none is told twice."""
        while True:
            at, changes = self.told.get(timeout=60)
            if one in changes.tickets:
                return at - since

    def settle(self) -> None:
        """Until the watcher hears again: what is written is on its screen within a second."""
        until = time.monotonic() + 60
        while self.agree_on(self.write(), time.monotonic()) > 1:
            assert time.monotonic() < until, "it hears no more"


@pytest.fixture
def pair(desk_on_postgres: str, postgres: Postgres, new_wire: NewWire) -> Iterator[Pair]:
    made = Pair(desk_on_postgres, postgres, new_wire(postgres.port))
    with made.watching():
        yield made
    made.writer.close()
    made.watcher.close()


def test_a_change_is_on_the_other_screen_within_two_seconds(
    pair: Pair, tell: Callable[[str], None]
) -> None:
    pair.settle()
    seen = sorted(pair.agree_on(pair.write(), time.monotonic()) for _ in range(_HEALTHY))
    p95 = seen[int(len(seen) * 0.95)]
    tell(f"heard: p50 {median(seen):.3f} s, p95 {p95:.3f} s, longest {seen[-1]:.3f} s")
    assert seen[-1] <= 2


def _silent(pair: Pair) -> tuple[TicketId, float]:
    pair.wire.freeze_calls()
    return pair.write(), time.monotonic()


def _reset(pair: Pair) -> tuple[TicketId, float]:
    pair.wire.cut()
    pair.wire.mend()
    return pair.write(), time.monotonic()


def _kill(pair: Pair) -> tuple[TicketId, float]:
    with pair.writer.reading() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(
            text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        )
    return pair.write(), time.monotonic()


def _away(pair: Pair) -> tuple[TicketId, float]:
    pair.wire.cut()
    return _while_it_lasts(pair, 6)


def _frozen(pair: Pair) -> tuple[TicketId, float]:
    pair.wire.freeze()
    return _while_it_lasts(pair, 15)


def _while_it_lasts(pair: Pair, seconds: float) -> tuple[TicketId, float]:
    """The wait counts from when the line is there again."""
    one = pair.write()
    threading.Event().wait(seconds)
    pair.wire.mend()
    return one, time.monotonic()


FAULTS = {
    "every open connection silent for ever": _silent,
    "every connection reset": _reset,
    "every backend killed": _kill,
    "away for 6 s": _away,
    "frozen for 15 s": _frozen,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_line_that_is_lost_or_dead_delays_what_others_did_and_loses_none(
    pair: Pair, fault: str, tell: Callable[[str], None]
) -> None:
    waits = []
    for _ in range(ROUNDS):
        pair.settle()
        waits.append(pair.agree_on(*FAULTS[fault](pair)))
    waits.sort()
    tell(f"{fault}, {ROUNDS} times: p50 {median(waits):.1f} s, longest {waits[-1]:.1f} s")
    assert waits[-1] <= 20


def test_a_session_that_listens_no_more_is_found_out(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    listen_on, deafen, waits = Ear._until_the_beat, threading.Event(), []

    def deafened(ear: Ear, raw: object) -> None:
        if deafen.is_set():
            deafen.clear()
            raw.execute("UNLISTEN *")  # type: ignore[attr-defined]
        listen_on(ear, raw)

    monkeypatch.setattr(Ear, "_until_the_beat", deafened)
    for _ in range(ROUNDS):
        pair.settle()
        deafen.set()
        while deafen.is_set():
            time.sleep(0.05)
        waits.append(pair.agree_on(pair.write(), time.monotonic()))
    tell(f"UNLISTEN, {ROUNDS} times: longest {max(waits):.1f} s")
    assert max(waits) <= 20


def test_without_any_notice_a_change_is_found_within_fifteen_seconds(
    pair: Pair, tell: Callable[[str], None]
) -> None:
    pair.settle()
    with pair.writer.writing() as unit:
        body = unit.connection.execute(
            text("SELECT pg_get_functiondef('change_in_order'::regproc)")
        ).scalar_one()
        muted = body.replace("PERFORM pg_notify('deskapp_change', NEW.origin);", "")
        assert muted != body
        unit.connection.exec_driver_sql(muted)
    waits = [pair.agree_on(pair.write(), time.monotonic()) for _ in range(ROUNDS)]
    tell(f"no NOTIFY at all, {ROUNDS} times: longest {max(waits):.1f} s")
    assert max(waits) <= 15
