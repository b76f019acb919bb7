"""Teams of simulated agents on one PostgreSQL: how long what they do takes, and where it bends.

    python3 dev.py bench load [AGENTS] [MINUTES] [FOLDER]

AGENTS: one number or several with commas (10,50,100,200,400). FOLDER keeps the desk of 20 000
tickets for the next run. The server flushes every commit to disk, as it comes. Clients and server
share this machine, so what each of them takes of it is told apart.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import insert, make_url, update

from bench.big_desk import NOW, build
from bench.kept_postgres import kept_desk
from deskapp.data.database import Database
from deskapp.data.tables.people import agent
from deskapp.data.tables.tickets import ticket
from tests.data.mail_rows import add_mailbox

TICKETS = int(os.environ.get("DESKAPP_BENCH_TICKETS", "20000"))
THINK = 20.0  # seconds from one ticket to the next, on average
_A_PROCESS = 50  # agents that share one; more would wait for its interpreter
_SAFE = ("fsync=on", "synchronous_commit=on", "max_connections=5000", "shared_buffers=512MB")
_MADE = "SELECT count(*) FROM agent WHERE name LIKE 'Agent %'"
_NEXT = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
_TICK = os.sysconf("SC_CLK_TCK")
_SHOWN = ("list", "open", "seen", "save note", "status", "send", "search", "read again")


def main(agents: str = "10,50,100,200,400", minutes: str = "1", folder: str = "") -> None:
    """Measures each size of team and prints a line for it."""
    sizes = [int(word) for word in agents.split(",")]
    with tempfile.TemporaryDirectory() as name:
        place = Path(folder or name)
        place.mkdir(exist_ok=True)
        place.chmod(0o755)
        with kept_desk(place, "postgresql") as url:
            _furnish(url, max(sizes))
        with kept_desk(place, "postgresql", *_SAFE) as url:
            _head()
            for size in sizes:
                _one(url, size, 60 * float(minutes))


def _furnish(url: str, staff: int) -> None:
    with psycopg.connect(_plain(url)) as connection:
        found = connection.execute("SELECT to_regclass('ticket')").fetchone()
        new = found == (None,)
    database = build(url, TICKETS, rich=True) if new else Database(url)
    try:
        if new:
            box = add_mailbox(database)
            with database.writing() as unit:
                unit.connection.execute(update(ticket).values(mailbox_id=box))
        with psycopg.connect(_plain(url), autocommit=True) as connection:
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
    clients = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.load_agent", url]
            + [str(word) for word in (part.start, len(part), seconds, THINK)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in parts
    ]
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
    _row(size, seconds, told, watched)


class Server:
    """What PostgreSQL does meanwhile: connections, who waits for what, and its processor time."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(_plain(url), autocommit=True)
        self.most, self.busy, self.looks = 0, 0, 0
        self.waits: Counter[str] = Counter()
        self.cpu = 0.0

    def watch(self, seconds: float) -> None:
        """For so long."""
        begun, before = time.monotonic(), self._taken()
        while time.monotonic() < begun + seconds:
            time.sleep(0.5)
            self._look()
        self.cpu = self._taken() - before
        self._connection.close()

    def _look(self) -> None:
        rows = self._connection.execute(
            "SELECT state, coalesce(wait_event_type || ' ' || wait_event, '') FROM pg_stat_activity"
            " WHERE application_name = 'deskapp'"
        ).fetchall()
        self.looks += 1
        self.most = max(self.most, len(rows))
        self.busy += sum(state == "active" for state, _ in rows)
        self.waits.update(str(what) for state, what in rows if state == "active" and what)

    def _taken(self) -> float:
        """Processor seconds of the server and all it has started, those that ended too."""
        [row] = self._connection.execute("SHOW data_directory").fetchall()
        first = int(Path(row[0], "postmaster.pid").read_text("ascii").split()[0])
        total = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                pid, _, rest = stat.read_text("utf-8", "replace").partition(" (")
                fields = rest.rpartition(") ")[2].split()
            except OSError:
                continue  # it has just ended
            own, ended = map(int, fields[11:13]), map(int, fields[13:15])
            if int(pid) == first:
                total += sum(own) + sum(ended)
            elif int(fields[1]) == first:
                total += sum(own)
        return total / _TICK


def _head() -> None:
    print(f"{TICKETS} tickets, a ticket every {THINK:.0f} s and agent; p50 / p95 in ms")
    print(
        "agents | "
        + " | ".join(_SHOWN)
        + " | writes/s | connections (busy) | cores: clients, server"
    )


def _row(size: int, seconds: float, told: list[dict[str, Any]], server: Server) -> None:
    times: dict[str, list[float]] = defaultdict(list)
    troubles: Counter[str] = Counter()
    cpu = 0.0
    for one in told:
        for name, took in one.get("times", {}).items():
            times[name] += took
        troubles.update(one.get("troubles", {}))
        cpu += one.get("cpu", 0.0)
    cells = [_both(sorted(times[name])) for name in _SHOWN]
    writes = sum(len(times[name]) for name in ("seen", "save note", "status", "send")) / seconds
    busy = server.busy / max(1, server.looks)
    print(
        f"{size} | {' | '.join(cells)} | {writes:.1f} | {server.most} ({busy:.1f}) | "
        f"{cpu / seconds:.2f}, {server.cpu / seconds:.2f}"
    )
    waits = {what: round(count / server.looks, 2) for what, count in server.waits.most_common(4)}
    rereads, rooms = (len(times[name]) / seconds for name in ("read again", "presence read"))
    again = f"lists {rereads:.1f}, who is where {rooms:.1f}"
    print(f"    read again a second: {again}; waits at a look: {waits}; {dict(troubles) or ''}")
    sys.stdout.flush()


def _both(times: list[float]) -> str:
    if not times:
        return "-"
    return " / ".join(f"{times[int(len(times) * part)]:.0f}" for part in (0.5, 0.95))


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


if __name__ == "__main__":
    main(*sys.argv[1:4])
