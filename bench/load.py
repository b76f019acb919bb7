"""Teams of simulated agents on one PostgreSQL: how long what they do takes, and where it bends.

    python3 dev.py bench load [AGENTS] [MINUTES] [FOLDER]

AGENTS: one number or several with commas (10,50,100,200,400). FOLDER keeps the desk of 20 000
tickets for the next run. The server flushes every commit to disk, as it comes.

Clients and server share this machine. In an office everybody has a machine of their own, so one
agent more, the probe, works in a process by itself at the system's usual turn, and the crowd's
processes yield to it and to the server. What the probe waits for is the server and the line; what
the crowd waits for is mostly its own share of this machine's processors, so it is told apart.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import insert, update

from bench.big_desk import NOW, build
from bench.kept_postgres import kept_desk
from bench.load_server import SETTINGS, Server, plain
from deskapp.data.database import Database
from deskapp.data.tables.people import agent
from deskapp.data.tables.tickets import ticket
from tests.data.mail_rows import add_mailbox

TICKETS = int(os.environ.get("DESKAPP_BENCH_TICKETS", "20000"))
THINK = 20.0  # seconds from one ticket to the next, on average
_A_PROCESS = 10  # agents that share one; more would wait for its interpreter
_YIELDS = 15  # how far the crowd stands back behind the server and the probe (nice)
_PROBE_THINK = 3.0  # seconds: as many answers in a minute as can be told from chance
SAFE = ("fsync=on", "synchronous_commit=on", "max_connections=5000", "shared_buffers=512MB")
_CROWD, _PROBE = "crowd", "probe"
_MADE = "SELECT count(*) FROM agent WHERE name LIKE 'Agent %'"
_NEXT = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
_SHOWN = ("list", "open", "seen", "save note", "status", "send", "search", "list again")
_AGAIN = ("list again", "counts again", "open again", "presence read")


def main(agents: str = "10,50,100,200,400", minutes: str = "1", folder: str = "") -> None:
    """Measures each size of team and prints a line for it."""
    sizes = [int(word) for word in agents.split(",")]
    with tempfile.TemporaryDirectory() as name:
        place = Path(folder or name)
        place.mkdir(exist_ok=True)
        place.chmod(0o755)
        with kept_desk(place, "postgresql") as url:
            furnish(url, max(sizes) + 1)
        with kept_desk(place, "postgresql", *SAFE, *SETTINGS) as url:
            _head()
            for size in sizes:
                _one(url, size, 60 * float(minutes))


def furnish(url: str, staff: int) -> None:
    """A desk with its tickets, and so many agents, where they are not there yet."""
    with psycopg.connect(plain(url)) as connection:
        found = connection.execute("SELECT to_regclass('ticket')").fetchone()
        new = found == (None,)
    database = build(url, TICKETS, rich=True) if new else Database(url)
    try:
        if new:
            box = add_mailbox(database)
            with database.writing() as unit:
                unit.connection.execute(update(ticket).values(mailbox_id=box))
        with psycopg.connect(plain(url), autocommit=True) as connection:
            [there] = connection.execute(_MADE).fetchone() or (0,)
            for table in ("ticket", "message", "event", "customer", "contact_point"):
                connection.execute(_NEXT.replace("{table}", table))  # the build gave ids itself
            connection.execute("VACUUM ANALYZE")
        rows = [{"name": f"Agent {n}", "created_at": NOW} for n in range(there, staff)]
        if rows:
            with database.writing() as unit:
                unit.connection.execute(insert(agent), rows)
    finally:
        database.close()


def _one(url: str, size: int, seconds: float) -> None:
    parts = [range(at, min(at + _A_PROCESS, size)) for at in range(0, size, _A_PROCESS)]
    clients = [_started(url, part.start, len(part), seconds, THINK, _YIELDS) for part in parts]
    clients.append(_started(url, size, 1, seconds, _PROBE_THINK, 0))
    guard = threading.Timer(3 * seconds + 600, lambda: [one.kill() for one in clients])
    guard.start()
    try:
        for one in clients:
            assert one.stdout and one.stdin
            if one.stdout.readline() != "ready\n":
                print(f"{size} agents: their programs did not start")
                return
        for one in clients:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        watched = Server(url)
        watched.watch(seconds)
        told = [json.loads(one.stdout.readline() or "{}") for one in clients if one.stdout]
    finally:
        guard.cancel()
        for one in clients:
            if one.stdin:
                one.stdin.close()
            try:
                one.wait(90)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()
            if one.stdout:
                one.stdout.close()
    _row(f"{size} {_CROWD}", seconds, told[:-1])
    _row(f"{size} {_PROBE}", seconds, told[-1:])
    _server(seconds, told, watched)


def _started(
    url: str, first: int, count: int, seconds: float, think: float, yields: int
) -> "subprocess.Popen[str]":
    words = [str(word) for word in (first, count, seconds, think)]
    return subprocess.Popen(
        ["nice", f"-n{yields}", sys.executable, "-m", "bench.load_agent", url, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _head() -> None:
    every = f"a ticket every {THINK:.0f} s and agent, every {_PROBE_THINK:.0f} s for the probe"
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}"
    print(f"{TICKETS} tickets, {every}; p50 / p95 in ms; {machine}")
    print(f"agents | {' | '.join(_SHOWN)} | tickets/s | writes/s | cores")


def _row(name: str, seconds: float, told: list[dict[str, Any]]) -> None:
    times: dict[str, list[float]] = defaultdict(list)
    troubles: Counter[str] = Counter()
    cpu = 0.0
    for one in told:
        for what, took in one.get("times", {}).items():
            times[what] += took
        troubles.update(one.get("troubles", {}))
        cpu += one.get("cpu", 0.0)
    cells = [both(sorted(times[what])) for what in _SHOWN]
    writes = sum(len(times[what]) for what in ("seen", "save note", "status", "send")) / seconds
    tickets = len(times["list"]) / seconds
    print(f"{name} | {' | '.join(cells)} | {tickets:.1f} | {writes:.1f} | {cpu / seconds:.2f}")
    if troubles:
        print(f"    {dict(troubles)}")


def _server(seconds: float, told: list[dict[str, Any]], server: Server) -> None:
    again = {
        what: round(sum(len(one.get("times", {}).get(what, ())) for one in told) / seconds, 1)
        for what in _AGAIN
    }
    print(f"    read a second: {again}")
    server.tell(seconds)


def both(times: list[float]) -> str:
    """p50 and p95 of sorted milliseconds."""
    if not times:
        return "-"
    return " / ".join(f"{times[int(len(times) * part)]:.0f}" for part in (0.5, 0.95))


if __name__ == "__main__":
    main(*sys.argv[1:4])
