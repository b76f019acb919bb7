"""A customer's record on a large desk: how long it takes to read, and how many statements.

    python3 dev.py bench record [TICKETS]

A quarter as many customers as tickets; the record of one with a mail or two, and of one with two
thousand. The figures are times of the reading lane, without a window.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event, update

from deskapp.data.tables.tickets import ticket
from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.timeline import TimelineAsk
from deskapp.wiring import open_house

from .big_desk import build

_ROUNDS = 30
_LONG = 2_000


def main() -> None:
    tickets = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="deskapp-bench-") as folder:
        place = Path(folder) / "desk.deskapp"
        database = build(place, tickets, long_one=_LONG, rich=True)
        with database.writing() as unit:
            unit.connection.execute(update(ticket).where(ticket.c.id == 1).values(customer_id=1))
        database.close()
        desk = open_house(str(place))
        for name, one in (("few mails", CustomerId(2)), (f"{_LONG} mails", CustomerId(1))):
            print(f"{name}:")
            for what, job in _jobs(desk, one).items():
                print(f"  {what:<22}{_timed(desk, job)}")
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
