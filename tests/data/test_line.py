"""Whether the desk's database answers is known in one place, and told when that changes."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from deskapp.data import connect, patience
from deskapp.data.database import Database
from deskapp.domain.line import Line
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.postgres import Postgres
from tests.servers.wire import NewWire


def _wired(url: str, postgres: Postgres, port: int) -> str:
    return url.replace(f":{postgres.port}/", f":{port}/")


def test_a_desk_that_goes_away_and_comes_back_is_told_once_each(
    desk_on_postgres: str, postgres: Postgres, new_wire: NewWire
) -> None:
    wire = new_wire(postgres.port)
    told: list[Line] = []
    database = Database(
        _wired(desk_on_postgres, postgres, wire.port), tell_line=lambda line: told.append(line)
    )

    def asked() -> None:
        with database.reading() as connection:
            connection.execute(text("SELECT 1"))

    asked()
    assert not told and database.line.now.up
    wire.cut()
    for _ in range(2):
        with pytest.raises(Problem) as away:
            asked()
        assert away.value.kind is ProblemKind.DATABASE_UNREACHABLE
    wire.mend()
    asked()
    asked()
    assert [(line.up, line.back) for line in told] == [(False, False), (True, True)]
    assert told[0].why is not None and told[0].since <= told[1].since
    database.close()


def test_a_backend_that_is_killed_is_a_doubt_and_not_an_absence(desk_on_postgres: str) -> None:
    told: list[Line] = []
    database = Database(desk_on_postgres, tell_line=lambda line: told.append(line))
    killer = Database(desk_on_postgres)
    with pytest.raises(Problem), database.reading() as connection:
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with killer.reading() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        connection.execute(text("SELECT 1"))
    assert not told and database.line.doubt.is_set()
    with database.reading() as connection:
        connection.execute(text("SELECT 1"))
    database.close()
    killer.close()


def test_a_full_or_busy_file_is_not_away(tmp_path: Path) -> None:
    told: list[Line] = []
    database = Database(str(tmp_path / "desk.db"), tell_line=lambda line: told.append(line))
    with pytest.raises(Problem) as missing, database.reading() as connection:
        connection.execute(text("SELECT * FROM no_desk"))
    assert missing.value.kind is ProblemKind.NOT_A_DESK
    assert not told and not database.line.doubt.is_set()
    database.close()


_ALL = 8  # the connections of a pool


@contextmanager
def _all_at_work(database: Database, freeze: Callable[[], None]) -> Iterator[list[Future[None]]]:
    """All connections are in use, and each asks something after the line fell silent."""
    ready, silent = threading.Barrier(_ALL + 1), threading.Event()

    def hang() -> None:
        with database.reading() as connection:
            ready.wait(30)
            silent.wait(30)
            connection.execute(text("SELECT 1"))

    with ThreadPoolExecutor(_ALL) as pool:
        asked = [pool.submit(hang) for _ in range(_ALL)]
        ready.wait(30)
        freeze()
        silent.set()
        yield asked


def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_DOUBT_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_NOTHING_FOR_US_SECONDS", 0.1)
    monkeypatch.setattr(patience, "_LOOK_AGAIN_SECONDS", 0.5)
    monkeypatch.setitem(connect._CONNECTING, "connect_timeout", 2)


def test_a_server_that_falls_silent_while_all_connections_are_in_use_is_told_soon(
    desk_on_postgres: str, postgres: Postgres, new_wire: NewWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only after those have given up: whoever comes next would wait for the pool till then."""
    _impatient(monkeypatch)
    wire, told, away = new_wire(postgres.port), list[Line](), threading.Event()

    def tell(line: Line) -> None:
        told.append(line)
        away.set()

    database = Database(_wired(desk_on_postgres, postgres, wire.port), tell_line=tell)
    with _all_at_work(database, wire.freeze) as asked:
        assert away.wait(15) and told[0].why is not None
        assert told[0].why.kind is ProblemKind.DATABASE_UNREACHABLE
        assert not any(one.done() for one in asked), "nobody had to give up first"
        monkeypatch.setattr(database.reader.pool, "_timeout", 0.1)
        with pytest.raises(Problem) as late, database.reading():
            pass
        assert late.value.kind is ProblemKind.DATABASE_UNREACHABLE, "the desk is not busy but away"
        wire.mend()
        for one in asked:
            one.result(30)
    assert told[-1].up
    database.close()


def test_all_lines_that_died_alone_are_left_after_one_look(
    desk_on_postgres: str, postgres: Postgres, new_wire: NewWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A router forgot them, and the server is there. One look after the other takes too long."""
    _impatient(monkeypatch)
    monkeypatch.setattr(patience, "_LOOK_AGAIN_SECONDS", 3.0)
    wire, told = new_wire(postgres.port), list[Line]()
    database = Database(_wired(desk_on_postgres, postgres, wire.port), tell_line=told.append)
    with _all_at_work(database, wire.freeze_calls) as asked:
        begun = time.monotonic()
        for one in asked:
            assert isinstance(one.exception(30), Problem)
        assert time.monotonic() - begun < _ALL * 3.0
    with database.reading() as connection:
        connection.execute(text("SELECT 1"))
    assert not any(not line.up for line in told)
    database.close()
