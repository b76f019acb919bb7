"""Waiting until somebody else has written to the desk."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection, text

from deskapp.domain.problem import Problem, ProblemKind

from .change_order import NOTIFY_CHANNEL
from .database import Database
from .faults import explained

# psycopg is imported where a desk is on PostgreSQL: its 40 ms are not for one in a file.

_SLICE_SECONDS = 0.25  # how soon a stop is noticed, and how often SQLite is asked


class Waiter(Protocol):
    """Returns from ``wait`` when something may have changed, ``stop`` is set, or time is up."""

    def wait(self, stop: threading.Event, seconds: float) -> None: ...


@contextmanager
def open_waiter(database: Database) -> Iterator[Waiter]:
    """A waiter on a connection of its own. A lost connection leaves as a Problem."""
    with explained(), database.reader.connect() as connection:
        if database.is_sqlite:
            yield _DataVersion(connection)
        else:
            listening = connection.execution_options(isolation_level="AUTOCOMMIT")
            listening.execute(text(f"LISTEN {NOTIFY_CHANNEL}"))
            try:
                yield _Notices(listening)
            finally:
                # The connection goes back to the pool, which must not inherit the listening.
                connection.invalidate()


class _DataVersion:
    """SQLite: ``PRAGMA data_version`` changes when another connection has committed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen = self._version()

    def _version(self) -> int:
        found: int = self._connection.execute(text("PRAGMA data_version")).scalar_one()
        self._connection.rollback()  # a read left open would see the old state for ever
        return found

    def wait(self, stop: threading.Event, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not stop.wait(_SLICE_SECONDS) and time.monotonic() < until:
            now = self._version()
            if now != self._seen:
                self._seen = now
                return


class _Notices:
    """PostgreSQL: NOTIFY wakes us; the payload is not trusted, only that there is news."""

    def __init__(self, connection: Connection) -> None:
        import psycopg

        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        self._raw = raw

    def wait(self, stop: threading.Event, seconds: float) -> None:
        until = time.monotonic() + seconds
        with _explained_notices():
            while not stop.is_set() and time.monotonic() < until:
                for _ in self._raw.notifies(timeout=_SLICE_SECONDS, stop_after=1):
                    return


@contextmanager
def _explained_notices() -> Iterator[None]:
    """``notifies`` speaks the driver's own errors, not SQLAlchemy's."""
    import psycopg

    try:
        yield
    except psycopg.OperationalError as error:
        raise Problem(ProblemKind.DATABASE_UNREACHABLE, said=str(error).strip()) from error
