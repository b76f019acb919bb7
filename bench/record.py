"""A customer's record on a large desk: how long it takes to read, and how many statements.

    python3 dev.py bench record [TICKETS] [sqlite|postgresql]

A quarter as many customers as tickets; the record of one with a mail or two, and of one with two
thousand. The figures are times of the reading lane, without a window.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import event, text, update

from deskapp.data.tables.tickets import ticket
from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.timeline import TimelineAsk
from deskapp.wiring import open_house
from tests.servers.postgres import serve as serve_postgres

from .big_desk import build

_ROUNDS = 30
_LONG = 2_000


def main() -> None:
    asked = sys.argv[1:]
    tickets = int(asked[0]) if asked else 100_000
    kinds = asked[1:2] or ["sqlite", "postgresql"]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="deskapp-bench-"))
        for kind in kinds:
            url = str(Path(folder) / "desk.deskapp")
            if kind == "postgresql":
                url = stack.enter_context(stack.enter_context(serve_postgres()).fresh())
            load = " ".join(f"{one:.1f}" for one in os.getloadavg())
            print(f"{kind}, {tickets} tickets, load {load}", flush=True)
            _one(url, tickets)


def _one(url: str, tickets: int) -> None:
    database = build(url, tickets, long_one=_LONG, rich=True)
    with database.writing() as unit:
        unit.connection.execute(update(ticket).where(ticket.c.id == 1).values(customer_id=1))
    with database.writing() as unit:
        unit.connection.execute(text("ANALYZE"))
    database.close()
    desk = open_house(url)
    for name, one in (("few mails", CustomerId(2)), (f"{_LONG} mails", CustomerId(1))):
        print(f"{name}:")
        for what, job in _jobs(desk, one).items():
            print(f"  {what:<24}{_timed(desk, job)}", flush=True)
    desk.close()


def _jobs(desk: Desk, one: CustomerId) -> dict[str, Callable[[], object]]:
    people = desk.customers
    return {
        "record": lambda: people.record(one),
        "first page of the axis": lambda: people.timeline(one),
        "a word on the axis": lambda: people.timeline(one, TimelineAsk(words="nothing such")),
        "promises": lambda: people.promises(one),
        "first and last contact": lambda: people.contacted(one),
    }


def _timed(desk: Desk, job: Callable[[], object]) -> str:
    asked = [0]

    def count(*_: object) -> None:
        asked[0] += 1

    event.listen(desk.database.reader, "before_cursor_execute", count)
    job()
    event.remove(desk.database.reader, "before_cursor_execute", count)
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        job()
        times.append((time.perf_counter() - begun) * 1000)
    return (
        f"median {statistics.median(times):6.1f} ms, worst {max(times):6.1f} ms, {asked[0]} asked"
    )


if __name__ == "__main__":
    main()
