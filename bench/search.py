"""Search while typing on a large desk, beside notmuch on the same mail and the same queries.

    python3 dev.py bench search [TICKETS] [sqlite|postgresql] [FOLDER]

Three and a half messages a ticket. Each query is typed letter by letter into the window's field;
what is timed is the time from a key until its answers are painted. Then whole queries are asked of
the desk as the window asks its first page, and of notmuch for as many threads, its own start taken
off. FOLDER keeps desk, mail and index for the next run; without it they are built and thrown away.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.kept_postgres import kept_desk
from bench.peers import run, timed
from bench.search_desk import build
from deskapp.data.queries.search_tickets import search_messages
from deskapp.desk import Desk
from deskapp.domain.ids import AgentId
from deskapp.domain.search_line import parse_line
from deskapp.ui.inbox.list_reading import read_list
from deskapp.wiring import open_house

ROUNDS = 5
_NOISE = 0.001  # seconds by which the start of a process differs from another
_EVERY = 10_000_000  # messages
FIRST = 40  # answers of the window's first page

WORD = "the same"


class Query(NamedTuple):
    """What is typed, what notmuch is asked, and why their hits differ."""

    typed: str
    theirs: str
    why: str


QUERIES = (
    Query("order refund", "order refund", WORD),
    Query("don hang", "đơn hàng", "asked with its marks: notmuch finds nothing for don hang"),
    Query("訂單", "訂單", "both scripts are one word for us, two for notmuch; it has no 订单"),
    Query("订单", "订单", "the same mails for us; notmuch finds none"),
    Query("заказ", "заказ", WORD),
    Query('"order parcel"', '"order parcel"', WORD),
    Query("broken jacket", "broken jacket", WORD),
    Query("10500", "10500", "ours finds c10500@ too: letters and digits are cut apart"),
    Query("c123@mail", "from:c123@mail.example", "half an address: notmuch needs the whole"),
    Query("refund -order", "refund and not order", WORD),
)
OPERATORS = (
    "status:open order",
    "tag:vip refund",
    "from:c123@mail",
    "from:c123@mail order",
    "waiting:>2d",
    "has:attachment",
    "-order",
)


def main(tickets: int = 100_000, kind: str = "sqlite", folder: str = "") -> int:
    """Builds, measures and prints; 0 when p95 of a key is within 100 ms."""
    with _place(folder) as place, kept_desk(place, kind) as address:
        start = time.perf_counter()
        mail = subprocess.Popen(
            [sys.executable, "-m", "bench.search_mail", str(place), str(tickets)]
        )
        build(address, tickets).close()
        if mail.wait():
            return 1
        built = time.perf_counter() - start
        print(f"{tickets} tickets on {kind}, {built:.0f} s to build or open", flush=True)
        p95 = _typing(address, place)
        desk = open_house(address, agent_name="Anna")
        _operators(desk)
        _beside_notmuch(desk, place / "notmuch-config")
        desk.close()
    return 0 if p95 <= 100 else 1


@contextmanager
def _place(folder: str) -> Iterator[Path]:
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        yield Path(folder).resolve()
        return
    made = Path(tempfile.mkdtemp(prefix="deskapp-search-"))
    made.chmod(0o755)  # the server's account looks into it
    yield made
    shutil.rmtree(made, ignore_errors=True)


def _typing(address: str, place: Path) -> float:
    from bench.search_window import type_queries

    typed = type_queries(address, place, [query.typed for query in QUERIES])
    print(f"{'typed':16} {'keys':>5} {'p50':>7} {'p95':>7}   from key to painted, ms")
    for query, keys in zip(QUERIES, typed, strict=True):
        painted = [key.painted for key in keys]
        print(
            f"{query.typed:16} {len(keys):5} {statistics.median(painted):7.0f} {_p95(painted):7.0f}"
        )
    every = [key for keys in typed for key in keys]
    for name, taken in (
        ("key to painted", [key.painted for key in every]),
        ("of that the program computed", [key.computed for key in every]),
    ):
        print(
            f"{name}: {len(taken)} keys, p50 {statistics.median(taken):.0f} ms, "
            f"p95 {_p95(taken):.0f} ms, longest {max(taken):.0f} ms",
            flush=True,
        )
    return _p95([key.painted for key in every])


def _operators(desk: Desk) -> None:
    print(f"{'operators':22} {'first page':>11} {'least of':>9} {ROUNDS}")
    for line in OPERATORS:
        taken = [timed(partial(_first_page, desk, line)) for _ in range(ROUNDS)]
        print(f"{line:22} {statistics.median(taken) * 1000:8.1f} ms {min(taken) * 1000:6.1f} ms")


def _beside_notmuch(desk: Desk, config: Path) -> None:
    start = min(timed(lambda: run(["notmuch", "--version"])) for _ in range(ROUNDS))
    print(f"{'query':16} {'ours':>9} {'notmuch':>10} {'ratio':>6} {'hits':>8} {'its hits':>9}")
    ratios = []
    for query in QUERIES:
        ours = _least(partial(_first_page, desk, f"{query.typed} "))
        theirs = _least(partial(_notmuch, config, "search", query.theirs)) - start
        hits, its = _hits(desk, query.typed), int(_notmuch(config, "count", query.theirs))
        ratio = "-"  # in less than a millisecond it found nothing, or next to nothing
        if theirs > _NOISE:
            ratios.append(ours / theirs)
            ratio = f"{ratios[-1]:.2f}"
        print(
            f"{query.typed:16} {ours * 1000:6.1f} ms {theirs * 1000:7.1f} ms {ratio:>6} "
            f"{hits:8} {its:9}  {query.why if query.why != WORD or hits != its else ''}"
        )
    print(f"ratio: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")


def _least(act: Callable[[], object]) -> float:
    return min(timed(act) for _ in range(ROUNDS))


def _first_page(desk: Desk, typed: str) -> None:
    read_list(desk, "all", typed, None, FIRST, rows_too=True)


def _hits(desk: Desk, typed: str) -> int:
    now = datetime.now(UTC)
    with desk.database.reading() as connection:
        line = parse_line(f"{typed} ", now)
        return len(search_messages(connection, line, AgentId(1), now, _EVERY))


def _notmuch(config: Path, command: str, query: str) -> str:
    options = [f"--limit={FIRST}"] if command == "search" else []
    done = subprocess.run(
        ["notmuch", command, *options, "--", query],
        env={**os.environ, "NOTMUCH_CONFIG": str(config)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _p95(taken: Sequence[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


if __name__ == "__main__":
    given = sys.argv[1:4]
    sys.exit(main(int(given[0]) if given else 100_000, *given[1:]))
