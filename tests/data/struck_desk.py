"""A desk on PostgreSQL whose line can be struck just when a write is about to commit."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, insert, select, text

from deskapp.data.database import Database
from deskapp.data.tables.team import counter
from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from tests.servers.poison import Manner, Poison
from tests.servers.postgres import Postgres
from tests.servers.wire import NewWire, Wire


@contextmanager
def at_commit(database: Database, strike: Callable[[int], None]) -> Iterator[None]:
    """Strikes when the next write is about to commit; given the backend's process number."""

    def struck(connection) -> None:  # type: ignore[no-untyped-def]
        strike(connection.connection.driver_connection.info.backend_pid)

    event.listen(database.writer, "commit", struck, once=True)
    yield


def write(database: Database, name: str, act: str = "") -> None:
    with database.writing(act) as unit:
        unit.connection.execute(insert(counter), {"name": name, "value": 1})
        unit.touched.tickets.add(TicketId(7))


def write_unseen(database: Database, name: str) -> None:
    """As an engine keeps its lease: nobody is told of it."""
    with database.writing() as unit:
        unit.connection.execute(insert(counter), {"name": name, "value": 1})


def count(database: Database, name: str) -> int:
    with database.reading() as connection:
        rows = select(func.count()).select_from(counter).where(counter.c.name == name)
        return connection.execute(rows).scalar_one()


class Desk:
    """One desk over a wire that can be cut, and beside it."""

    def __init__(self, url: str, postgres: Postgres, wire: Wire) -> None:
        self.wire = wire
        self.told: list[Changes] = []
        wired = url.replace(f":{postgres.port}/", f":{wire.port}/")
        self.over = Database(wired, announce=self.told.append)
        self.beside = Database(url)

    def swallow_the_answer(self, _backend: int) -> None:
        self.wire.poison(Poison(to_server=False, after=0, manner=Manner.RESET))

    def swallow_the_commit(self, _backend: int) -> None:
        """It never arrives, and nothing says so."""
        self.wire.poison(Poison(to_server=True, after=0, manner=Manner.BLACK_HOLE))

    def swallow_the_commit_noticed(self, backend: int) -> None:
        """The same, and a watcher beside the write finds the line silent."""
        self.swallow_the_commit(backend)
        threading.Timer(0.2, self.over.silence.noticed).start()

    def kill(self, backend: int) -> None:
        with self.beside.reading() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:it)"), {"it": backend})


@pytest.fixture
def desk(desk_on_postgres: str, postgres: Postgres, new_wire: NewWire) -> Iterator[Desk]:
    made = Desk(desk_on_postgres, postgres, new_wire(postgres.port))
    yield made
    made.over.close()
    made.beside.close()
