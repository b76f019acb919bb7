"""What PostgreSQL does while a bench loads it, by its own account."""

import os
import sys
import time
from collections import Counter
from pathlib import Path

import psycopg
from sqlalchemy import make_url

SETTINGS = ("shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=top")
_TICK = os.sysconf("SC_CLK_TCK")
_MOST = """
SELECT calls, total_exec_time, total_exec_time / sum(total_exec_time) OVER (),
    left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 8
"""
_ALL = "SELECT sum(calls), sum(total_exec_time) FROM pg_stat_statements"


class Server:
    """What PostgreSQL does meanwhile: connections, who waits for what, and its processor time."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(plain(url), autocommit=True)
        self.most, self.busy, self.looks = 0, 0, 0
        self.waits: Counter[str] = Counter()
        self.cpu = 0.0

    def watch(self, seconds: float) -> None:
        """For so long."""
        self._connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        self._connection.execute("SELECT pg_stat_statements_reset()")
        begun, before = time.monotonic(), self._taken()
        while time.monotonic() < begun + seconds:
            time.sleep(0.5)
            self._look()
        self.cpu = self._taken() - before
        [all_] = self._connection.execute(_ALL).fetchall()
        self.statements, self.worked = int(all_[0]), float(all_[1]) / 1000
        self.longest = self._connection.execute(_MOST).fetchall()
        self._connection.close()

    def tell(self, seconds: float) -> None:
        """Prints it."""
        waits = {what: round(count / self.looks, 2) for what, count in self.waits.most_common(4)}
        print(
            f"    server: {self.cpu / seconds:.2f} cores; {self.most} connections, "
            f"{self.busy / max(1, self.looks):.1f} busy at a look, waiting {waits}; "
            f"{self.statements / seconds:.0f} statements a second, "
            f"{1000 * self.worked / max(1, self.statements):.2f} ms each"
        )
        for calls, took, share, query in self.longest:
            print(f"      {share:4.0%} {calls / seconds:6.1f}/s {took / calls:7.2f} ms  {query}")
        sys.stdout.flush()

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


def plain(url: str) -> str:
    """The address as the driver takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
