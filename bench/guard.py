"""What it costs that PostgreSQL looks before each statement which program writes (data/guard.py).

    python3 dev.py bench guard [TIMES]

Acts of a desk, each so many times; the server itself says how long the guard took in them and how
often it was called. Both are of the same moments, so a busy machine changes the ratio little.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count

from sqlalchemy import text

from bench.big_desk import build
from deskapp.desk import Desk
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.tickets import TicketEdit
from deskapp.wiring import open_house
from tests.servers.postgres import serve

_SPENT = text(
    "SELECT coalesce(sum(calls), 0), coalesce(sum(total_time), 0) FROM pg_stat_user_functions "
    "WHERE funcname = 'deskapp_guard'"
)

_NEXT = "SELECT setval(pg_get_serial_sequence('message', 'id'), max(id)) FROM message"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one act: its time and the guard's in it, in milliseconds, and how often that looked."""

    whole: float
    guard: float
    calls: float


def main(times: int = 300) -> None:
    """Measures and prints."""
    with serve() as server:
        server.create("bench")
        url = server.url("bench")
        with closing(build(url, 800, rich=True)) as built, built.writing() as unit:
            unit.connection.exec_driver_sql(_NEXT)
        desk = open_house(url + "?options=-ctrack_functions%3Dpl")
        desk.agent = AgentId(1)
        numbers = count(1)
        costs = []
        for name, act in _acts(desk).items():
            one = _cost(desk, act, times, numbers)
            costs.append(one)
            share = one.guard / one.whole * 100
            print(
                f"{name:10} {one.whole:7.2f} ms, guard {one.guard:6.3f} ms in {one.calls:4.1f} "
                f"looks of {one.guard / one.calls * 1000:5.1f} microseconds: {share:.2f} %"
            )
        share = statistics.mean(one.guard / one.whole for one in costs) * 100
        print(f"in the middle {share:.2f} % of a write (goal: 2 %)")
        desk.close()


def _acts(desk: Desk) -> dict[str, Callable[[TicketId], object]]:
    statuses = (TicketStatus.OPEN, TicketStatus.WAITING)

    def draft(one: TicketId) -> object:
        return desk.replies.save(replace(desk.replies.draft(one), body="Dear Lan"))

    return {
        "status": lambda one: desk.tickets.edit(one, TicketEdit(status=statuses[one % 2])),
        "tag": lambda one: desk.tickets.edit(one, TicketEdit(add_tags=(f"tag {one % 7}",))),
        "note": lambda one: desk.tickets.note(one, "Called them."),
        "draft": draft,
    }


def _cost(
    desk: Desk, act: Callable[[TicketId], object], times: int, numbers: Iterator[int]
) -> Cost:
    for _ in range(10):
        act(TicketId(next(numbers)))
    desk.database.writer.dispose()  # a session tells the server what it did when it ends, at last
    before, seconds = _spent(desk), []
    for _ in range(times):
        begun = time.perf_counter()
        act(TicketId(next(numbers)))
        seconds.append(time.perf_counter() - begun)
    desk.database.writer.dispose()
    calls, guard = (after - was for after, was in zip(_spent(desk), before, strict=True))
    return Cost(sum(seconds) * 1000 / times, guard / times, calls / times)


def _spent(desk: Desk) -> tuple[float, float]:
    """Once the numbers stand still: sessions that ended a moment ago still report."""
    found: list[tuple[float, float]] = []
    while len(found) < 3 or found[-1] != found[-3]:
        time.sleep(0.3)
        with desk.database.reading() as connection:
            calls, spent = connection.execute(_SPENT).one()
        found.append((float(calls), float(spent)))
    return found[-1]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
