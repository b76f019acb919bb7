"""A PostgreSQL and its streaming replica, both on loopback; the first can be killed."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tests.servers.process import free_port, need, run, running, server_folder

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
# Flushes to disk as it comes. A second of lag that nobody closes would be lost with the first.
_SETTINGS = ("listen_addresses=127.0.0.1", "shared_buffers=64MB", "max_connections=200")


class Pair:
    """``first`` is written to until ``fail_over``; then ``second`` is."""

    def __init__(self, folder: Path, first: int, second: int) -> None:
        self._folder, self._ports = folder, (first, second)
        self._first: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Both hosts: libpq goes to the one that takes writes."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self._ports)
        return f"postgresql://deskapp@{hosts}/desk?target_session_attrs=read-write"

    def address(self, number: int, database: str = "desk") -> str:
        """Of one of the two, for a look from outside."""
        return f"postgresql://deskapp@127.0.0.1:{self._ports[number]}/{database}"

    def started(self, first: subprocess.Popen[bytes]) -> None:
        self._first = first

    def synchronous(self, level: str) -> None:
        """From now on a commit of the first waits for the second: ``on`` until it is on its disk,
        ``remote_apply`` until it is read there. ``off`` waits for nobody."""
        with psycopg.connect(self.address(0, "postgres"), autocommit=True) as connection:
            names = "" if level == "off" else "*"
            connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
            local = "on" if level == "off" else level
            connection.execute(f"ALTER SYSTEM SET synchronous_commit = '{local}'")
            connection.execute("SELECT pg_reload_conf()")
            until = time.monotonic() + 30
            wanted = "async" if level == "off" else "sync"
            while connection.execute("SELECT sync_state FROM pg_stat_replication").fetchall() != [
                (wanted,)
            ]:
                assert time.monotonic() < until, "the replica did not follow"
                time.sleep(0.1)

    def fail_over(self, after: float) -> float:
        """Kills the first, promotes the second so many seconds later; when it was killed."""
        assert self._first is not None
        self._first.kill()
        killed = time.time()
        time.sleep(after)
        data = str(self._folder / "second")
        run([need("pg_ctl", *_PROGRAMS), "promote", "-D", data, "-w", "-t", "60"], self._folder)
        return killed


@contextlib.contextmanager
def pair() -> Iterator[Pair]:
    """Both running, the desk's empty database on them."""
    with server_folder("pair") as folder, ExitStack() as stack:
        first, second = free_port(), free_port()
        made = Pair(folder, first, second)
        options = ["-U", "deskapp", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
        run([need("initdb", *_PROGRAMS), "-D", str(folder / "first"), *options], folder)
        made.started(stack.enter_context(_serve(folder, "first", first)))
        with psycopg.connect(made.address(0, "postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE desk TEMPLATE template0")
        copy = ["-D", str(folder / "second"), "-d", made.address(0, "postgres"), "-R", "-X"]
        words = [*copy, "stream", "-c", "fast", "-C", "-S", "second"]
        run([need("pg_basebackup", *_PROGRAMS), *words], folder)
        stack.enter_context(_serve(folder, "second", second))
        yield made


def _serve(
    folder: Path, name: str, port: int
) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    settings = [f"-c{one}" for one in (*_SETTINGS, f"unix_socket_directories={folder}")]
    command = [need("postgres", *_PROGRAMS), "-D", str(folder / name), f"-p{port}", *settings]
    return running(command, folder, lambda: _answers(port), signal.SIGQUIT)


def _answers(port: int) -> bool:
    try:
        psycopg.connect(host="127.0.0.1", port=port, user="deskapp", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
