"""An order file of very many lines taken in: a dry run, for real, once more, and with changes.

    python3 dev.py bench orders [LINES]

Each is ``deskapp order import`` as a program of its own: time by the clock, its own time of the
processor (what counts on a busy machine) and the most memory it had, beside Python's csv module
merely reading the same file.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.servers.postgres import serve as serve_postgres

_HEADER = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem sku,Billing Name,Shipping Name,Shipping Street,"
    "Shipping City,Shipping Zip,Shipping Country,Phone,Notes"
)
_NAMES = ("Nguyễn Thị Mai", "王小明", "Иван Петров", "Jürgen Müller", "Harriet Oyelaran")
_PROGRAM = "import csv, sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], newline=''))))"


class Run(NamedTuple):
    """One program that ended: what it printed, its seconds by the clock and of the processor, and
    its most memory in MiB."""

    printed: str
    seconds: float
    busy: float
    memory: float


def write_orders(path: Path, lines: int, *, changed: int = 0) -> int:
    """A Shopify export of so many lines, the same one every time; of its orders the first
    ``changed`` are refunded. Returns how many orders."""
    random = Random(6)
    count = written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        put = csv.writer(file)
        put.writerow(_HEADER.split(","))
        while written < lines:
            count += 1
            items = min(random.randrange(1, 5), lines - written)
            prices = [Decimal(random.randrange(1_000, 90_000)) / 100 for _ in range(items)]
            name = random.choice(_NAMES)
            state = "refunded" if count <= changed else "paid"
            for place, price in enumerate(prices):
                item = ("1", f"Item {place} of {count}", str(price), f"SKU-{count % 900}")
                lead = (f"buyer{count}@customer.example", state, "fulfilled", "EUR")
                rest = (str(sum(prices)), "2026-07-25 10:20:00 +0000")
                place_cells = (name, name, "Main Street 1", "Huế", "53000", "VN")
                contact = (f"+8491{count:07}", "")
                first = place == 0
                put.writerow(
                    (
                        f"#{100_000 + count}",
                        *(lead if first else ("",) * 4),
                        *(rest if first else ("",) * 2),
                        *item,
                        *(place_cells if first else ("",) * 6),
                        *(contact if first else ("",) * 2),
                    )
                )
            written += items
    return count


def run(words: Sequence[str], desk: str) -> Run:
    """Runs Python with these words to its end."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        started = subprocess.Popen(
            [sys.executable, *words], stdout=out, env={**os.environ, "DESKAPP_DESK": desk}
        )
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        out.seek(0)
        printed = out.read()
    if started.returncode:
        sys.exit(f"{' '.join(words)} ended with {started.returncode}")
    return Run(printed, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main(lines: int = 100_000) -> None:
    """Measures and prints."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["DESKAPP_HOME"] = str(folder / "home")
        first, second = folder / "orders.csv", folder / "again.csv"
        orders = write_orders(first, lines)
        write_orders(second, lines, changed=orders // 20)
        size = first.stat().st_size / 2**20
        peer = run(["-c", _PROGRAM, str(first)], "")
        print(f"{orders} orders in {lines} lines, {size:.1f} MiB")
        print(f"{'csv.reader alone':33} {_shown(peer)}")
        desks = {"SQLite": str(folder / "desk.db")}
        server = stack.enter_context(serve_postgres())
        desks["PostgreSQL"] = stack.enter_context(server.fresh())
        for name, desk in desks.items():
            run(["-m", "deskapp", "init"], desk)
            for what, file, more in (
                ("dry run", first, ["--dry-run"]),
                ("import", first, []),
                ("the same again", first, []),
                ("one in twenty changed", second, []),
            ):
                words = ["-m", "deskapp", "order", "import", str(file), "--source", "Shop"]
                ended = run([*words, "--json", *more], desk)
                told = json.loads(ended.printed)
                counts = ", ".join(f"{told[key]} {key}" for key in ("new", "updated", "unchanged"))
                failed = len(told["failed"])
                print(f"{name:10} {what:22} {_shown(ended)}  {counts}, {failed} failed")


def _shown(ended: Run) -> str:
    return f"{ended.seconds:6.2f} s ({ended.busy:5.2f} s busy) {ended.memory:4.0f} MiB"


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
