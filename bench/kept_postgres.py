"""Where a benchmark's desk is kept: a SQLite file, or a PostgreSQL of its own, both in a folder
that the next run can find again. The server has the settings it comes with, but for the flush to
disk after each write, so that building takes minutes and not an hour."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers.process import free_port, give, need, run, running

_SETTINGS = ("listen_addresses=127.0.0.1", "fsync=off", "synchronous_commit=off")


@contextmanager
def kept_desk(place: Path, kind: str, *settings: str) -> Iterator[str]:
    """The address of the desk of that kind in the folder, for a while. ``settings``: of a server,
    which go before ours."""
    if kind != "postgresql":
        yield f"sqlite:///{place / 'desk.db'}"
        return
    folder = place / "postgres"
    folder.mkdir(exist_ok=True)
    give(folder)
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if new := not (folder / "data").exists():
        options = ["-U", "deskapp", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        run([need("initdb", *programs), "-D", str(folder / "data"), *options], folder)
    port = free_port()
    all_ = (*_SETTINGS, f"unix_socket_directories={folder}", *settings)
    words = [f"-p{port}", *(f"-c{one}" for one in all_)]
    command = [need("postgres", *programs), "-D", str(folder / "data"), *words]
    with running(command, folder, lambda: _answers(port), signal.SIGINT):
        if new:
            with _connected(port) as connection:
                connection.execute("CREATE DATABASE desk TEMPLATE template0")
        yield f"postgresql+psycopg://deskapp@127.0.0.1:{port}/desk"


def _connected(port: int) -> "psycopg.Connection[tuple[object, ...]]":
    server = {"host": "127.0.0.1", "port": port, "user": "deskapp", "dbname": "postgres"}
    return psycopg.connect(**server, autocommit=True)  # type: ignore[arg-type]


def _answers(port: int) -> bool:
    try:
        _connected(port).close()
    except psycopg.OperationalError:
        return False
    return True
