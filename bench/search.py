"""Search while typing on a large desk, beside notmuch on the same mail and the same queries.

python3 dev.py bench search [TICKETS] [postgresql]

Every prefix of every query is asked as a person types it; what is timed is what the window asks:
the tickets and the words of the first page. notmuch is asked the whole queries, its own start
taken off. Three and a half messages a ticket.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.peers import run, timed
from bench.search_desk import build, write_maildir
from deskapp.data.database import Database
from deskapp.data.queries.search_tickets import count_messages, search_tickets
from deskapp.domain.ids import AgentId
from deskapp.domain.saved_views import Sorting
from deskapp.domain.search_line import parse_line
from tests.servers.postgres import serve as serve_postgres

_QUERIES = (
    "order refund",
    "don hang",
    "訂單",
    "订单",
    "заказ",
    '"order parcel"',
    "broken jacket",
    "10500",
    "c123@mail",
    "refund -order",
)
_OPERATORS = ("status:open order", "tag:vip refund", "from:c123@mail", "waiting:>2d", "-order")
_LIMIT = 1000


def main(tickets: int = 100_000, kind: str = "sqlite") -> None:
    """Builds, measures and prints."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        address = f"sqlite:///{name}/desk.db"
        if kind == "postgresql":
            address = stack.enter_context(stack.enter_context(serve_postgres()).fresh())
        print(f"{tickets} tickets on {kind}: building", flush=True)
        database = build(address, tickets)
        config = Path(name) / "notmuch"
        config.write_text(
            f"[database]\npath={name}/mail\n[user]\nname=a\nprimary_email=help@shop.example\n"
            "[new]\ntags=new\n"
        )
        print(f"{write_maildir(Path(name) / 'mail' / 'INBOX', tickets)} mails", flush=True)
        run(["notmuch", "new", "--quiet"], NOTMUCH_CONFIG=str(config))
        measure(database, config)
        database.close()


def measure(database: Database, config: Path, rounds: int = 5) -> None:
    """Typing, operators, then each whole query beside notmuch."""
    typed = [query[:end] for query in _QUERIES for end in range(1, len(query) + 1)]
    for name, lines in (("typing", typed), ("operators", _OPERATORS)):
        taken = sorted(_ask(database, line)[0] for line in lines)
        p95 = taken[int(len(taken) * 0.95)]
        print(
            f"{name}: {len(taken)} asks, median {statistics.median(taken) * 1000:.0f} ms, "
            f"p95 {p95 * 1000:.0f} ms, worst {taken[-1] * 1000:.0f} ms"
        )
    start = min(timed(lambda: run(["notmuch", "--version"])) for _ in range(rounds))
    print(f"{'query':20} {'ours':>9} {'notmuch':>9} {'ratio':>6} {'our hits':>9} {'its hits':>9}")
    for query in _QUERIES:
        ours = min(_ask(database, f"{query} ")[0] for _ in range(rounds))
        asked = min(timed(partial(_notmuch, config, "search", query)) for _ in range(rounds))
        peer = max(asked - start, 1e-4)
        with database.reading() as connection:
            line = parse_line(f"{query} ", datetime.now(UTC))
            found = count_messages(connection, line, AgentId(1), datetime.now(UTC))
        theirs = int(_notmuch(config, "count", query))
        print(
            f"{query:20} {ours * 1000:6.1f} ms {peer * 1000:6.1f} ms {ours / peer:6.2f} "
            f"{found:9} {theirs:9}"
        )


def _ask(database: Database, typed: str) -> tuple[float, int]:
    start = time.perf_counter()
    now = datetime.now(UTC)
    line = parse_line(typed, now)
    found: Sequence[object] = ()
    if line:
        with database.reading() as connection:
            found = search_tickets(connection, line, AgentId(1), now, Sorting.BEST, _LIMIT)
    return time.perf_counter() - start, len(found)


def _notmuch(config: Path, command: str, query: str) -> str:
    options = [f"--limit={_LIMIT}", "--output=threads"] if command == "search" else []
    asked = query.replace("-order", "not order")
    done = subprocess.run(
        ["notmuch", command, *options, "--", asked],
        env={**os.environ, "NOTMUCH_CONFIG": str(config)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    given = sys.argv[1:3]
    main(int(given[0]) if given else 100_000, *given[1:])
