"""The order card on a desk of 100 000 customers and 500 000 orders; an order found by any key.

    python3 dev.py bench order_card [CUSTOMERS] [ORDERS] [sqlite|postgresql]

"Card on screen" is from the request to the paint that shows the orders, in the window's own way:
through its lane, on a card that is really laid out and painted (offscreen). Finding is the desk's
own call, for words that exist and words that do not. Each figure stands beside its goal; "own" is
this process's own time of the processor, which does not grow with what else the machine does.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from bench.order_desk import FAMILY, TICKETS, build, name_of
from deskapp.data.database import Database
from deskapp.desk import Desk
from deskapp.domain.folding import bare_letters
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.ui.application import prepare_application
from deskapp.ui.inbox.orders_part import OrdersPart
from deskapp.ui.pictures import without_platform_noise
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from deskapp.wiring import open_house
from tests.servers.postgres import serve as serve_postgres

_GOAL = 50.0  # ms
_TIMES = 200

Took = tuple[float, float]


def main(customers: int = 100_000, orders: int = 500_000, only: str = "") -> None:
    """Builds, measures and prints."""
    prepare_application(appearance="light")
    with ExitStack() as stack:
        stack.enter_context(without_platform_noise())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        print(f"load average at the start: {_load()}; {os.cpu_count()} processors", flush=True)
        desks: dict[str, Callable[[], str]] = {
            "sqlite": lambda: str(folder / "desk.db"),
            "postgresql": lambda: stack.enter_context(
                stack.enter_context(serve_postgres()).fresh()
            ),
        }
        for kind, url in desks.items():
            if only in ("", kind):
                _one(kind, url(), customers, orders, folder)


def _one(kind: str, url: str, customers: int, orders: int, folder: Path) -> None:
    begun = time.perf_counter()
    database = build(url, customers, orders)
    _settle(database)
    database.close()
    took = time.perf_counter() - begun
    print(f"{kind}: {customers} customers, {orders} orders, built in {took:.0f} s", flush=True)
    desk = open_house(url)
    for key, words in _keys(customers, orders).items():
        for one in words[:3]:
            desk.orders.look_up(one, None)
        _print(f"find by {key}", [_timed(lambda one=one: desk.orders.look_up(one, None))
                                  for one in words])  # fmt: skip
    _print("read the card", [_timed(lambda n=n: desk.orders.card(CustomerId(n), TicketId(n)))
                             for n in _tickets(customers)])  # fmt: skip
    _print("card on screen", list(_on_screen(desk, customers, folder)))
    desk.close()
    print(f"load average: {_load()}", flush=True)


def _keys(customers: int, orders: int) -> Mapping[str, Sequence[str]]:
    random = Random(7)
    chosen = [random.randrange(1, orders + 1) for _ in range(_TIMES)]
    people = [(one - 1) % customers + 1 for one in chosen]
    chinese = [one for one in range(1, 4000) if name_of(one)[0] in FAMILY[5:8]]
    marked = [name_of(one) for one in people if name_of(one).isascii() is False]
    return {
        "number": [str(100_000 + one) for one in chosen],
        "number with #": [f"#{100_000 + one}" for one in chosen],
        "mail": [f"c{one}@mail.example" for one in people],
        "half a mail": [f"c{one}" for one in people],
        "phone": [f"09{10_000_000 + one}" for one in people],
        "phone +84": [f"+84 9{10_000_000 + one}" for one in people],
        "tracking": [f"vn {10_000_000 + one}" for one in chosen],
        "postcode": [str(70_000 + one % 20_000) for one in people],
        "two-letter Chinese name": [name_of(random.choice(chinese))[:2] for _ in range(_TIMES)],
        "name without marks": [bare_letters(one) for one in marked],
        "name, being typed": [name[: random.randrange(2, 6)] for name in marked],
        "nothing": [f"zq{random.randrange(10**6)}x" for _ in range(_TIMES)],
    }


def _tickets(customers: int) -> list[int]:
    random = Random(5)
    return [random.randrange(1, min(TICKETS, customers) + 1) for _ in range(_TIMES)]


def _on_screen(desk: Desk, customers: int, folder: Path) -> Sequence[Took]:
    """From asking for a customer's orders to their paint."""
    work = Work(desk)
    part = OrdersPart(work, ShellActions(Remembered(folder / "windows.ini")))
    part.resize(292, 700)
    part.show()
    took = []

    def painted(n: int) -> None:
        part.show_customer(CustomerId(n), TicketId(n), "vi")
        _spin(lambda: bool(part.cards))
        part.repaint()
        QApplication.processEvents()

    for n in _tickets(customers):
        part.show_customer(None, None, "")
        _spin(lambda: not work.waiting)
        took.append(_timed(lambda n=n: painted(n)))
    part.close()
    work.close()
    return took


def _spin(until: Callable[[], bool]) -> None:
    # Waits as a window does: a loop that turns empty would take the interpreter from the lanes.
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _timed(act: Callable[[], object]) -> Took:
    """Milliseconds by the clock, and of the processor."""
    begun, busy = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000


def _settle(database: Database) -> None:
    """What autovacuum does to a server's tables within minutes."""
    if not database.is_sqlite:
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.execute(text("VACUUM ANALYZE"))


def _print(title: str, took: Sequence[Took]) -> None:
    told, own = sorted(clock for clock, _ in took), sorted(busy for _, busy in took)
    place = int(len(told) * 0.95)
    p95 = told[place]
    met = "met" if p95 <= _GOAL else "NOT met"
    print(
        f"  {title:26} p50 {statistics.median(told):6.1f} ms   p95 {p95:6.1f}   worst "
        f"{told[-1]:6.1f}   own p95 {own[place]:6.1f}   goal {_GOAL:.0f}: {met}",
        flush=True,
    )


def _load() -> str:
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


if __name__ == "__main__":
    given = sys.argv[1:4]
    main(*map(int, given[:2]), *given[2:3])
