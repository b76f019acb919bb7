"""Reading and writing a desk: all or nothing, announced once, in order."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, insert, make_url, select, text, update

from deskapp.data import connect
from deskapp.data.database import Database
from deskapp.data.queries.changes import changes_since, newest_change
from deskapp.data.tables.team import change, counter
from deskapp.data.upgrade import open_desk
from deskapp.domain.changes import Changes, Cursor
from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem, ProblemKind


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    made = Database(desk_url, origin="me")
    open_desk(made, create=True)
    yield made
    made.close()


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as unit:
        unit.connection.execute(insert(counter), {"name": "x", "value": 1})
        unit.touched.areas.add("x")
        raise ZeroDivisionError
    with database.reading() as connection:
        assert connection.execute(select(counter)).all() == []
        assert connection.execute(select(change)).all() == []


def test_what_a_write_touched_is_announced_after_its_commit(desk_url: str) -> None:
    told: list[Changes] = []

    def tell(changes: Changes) -> None:
        with database.reading() as connection:  # already visible to a second connection
            assert connection.execute(text("SELECT count(*) FROM change")).scalar() == 1
        told.append(changes)

    database = Database(desk_url, announce=tell, origin="me")
    open_desk(database, create=True)
    with database.writing() as unit:
        unit.touched.tickets.add(TicketId(7))
    assert told == [Changes(tickets=frozenset({TicketId(7)}), origin="me")]
    database.close()


def test_a_reading_sees_one_state_and_changes_nothing(database: Database) -> None:
    count = select(func.count()).select_from(counter)
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 0
        with database.writing() as unit:
            unit.connection.execute(insert(counter), {"name": "x", "value": 1})
        assert connection.execute(count).scalar() == 0, "what came meanwhile is of another state"
    with pytest.raises(Exception, match="read"), database.reading() as connection:
        connection.execute(update(counter).values(value=2))
    with database.reading() as connection:
        assert connection.execute(select(counter.c.value)).scalars().all() == [1]
    with database.writing() as unit:  # on PostgreSQL out of the same pool
        unit.connection.execute(update(counter).values(value=3))


def test_no_increment_is_lost_between_many_writers(database: Database) -> None:
    with database.writing() as unit:
        unit.connection.execute(insert(counter), {"name": "x", "value": 0})

    def raise_it(_: int) -> None:
        with database.writing() as unit:
            found = select(counter.c.value).where(counter.c.name == "x").with_for_update()
            value = unit.connection.execute(found).scalar_one()
            unit.connection.execute(
                update(counter).where(counter.c.name == "x").values(value=value + 1)
            )
            unit.touched.areas.add("x")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(raise_it, range(80)))
    with database.reading() as connection:
        assert connection.execute(select(counter.c.value)).scalar() == 80


def test_a_cursor_skips_no_change_that_commits_late(database: Database) -> None:
    """Numbers are given and committed under one lock: while one writer is between the two, a
    second one cannot get a higher number and be seen first."""
    seen: list[int] = []
    stop = threading.Event()

    def read_on() -> None:
        cursor = Cursor()
        while not stop.is_set() or cursor != _newest(database):
            with database.reading() as connection:
                cursor, changes = changes_since(connection, cursor)
            seen.extend(changes.tickets)

    def write(number: int) -> None:
        with database.writing() as unit:
            unit.touched.tickets.add(TicketId(number))

    reader = threading.Thread(target=read_on)
    reader.start()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(150)))
    stop.set()
    reader.join()
    assert sorted(seen) == list(range(150))


@pytest.mark.parametrize("at_once", [False, True])
def test_another_program_cannot_number_changes_beside_the_order(
    desk_on_postgres: str, at_once: bool
) -> None:
    """A script that wrote first, asks for a high number and commits late: it comes last. One that
    takes its number before its end holds the others back: nobody is seen first with a higher."""
    database, script = Database(desk_on_postgres), Database(desk_on_postgres)
    with ThreadPoolExecutor(1) as pool:
        with script.writer.begin() as raw:
            raw.execute(text("INSERT INTO change (id, at, origin) VALUES (1000000, 0, 'a script')"))
            if at_once:
                raw.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            write = pool.submit(_touch, database)
            if at_once:
                _until_somebody_waits(database, write)
            else:
                write.result(10)
            seen = _newest(database)
            with database.reading() as connection:
                assert changes_since(connection, seen)[0] == seen
        write.result(10)
    with database.reading() as connection:
        rows = select(change.c.id, change.c.origin).order_by(change.c.id)
        found = connection.execute(rows).all()[-2:]
    origins = ["a script", database.origin]
    assert [origin for _number, origin in found] == (origins if at_once else origins[::-1])
    assert seen.number <= found[0].id < found[1].id < 1000
    database.close()
    script.close()


def test_a_savepoint_that_is_taken_back_leaves_no_gap_in_what_is_told(
    desk_on_postgres: str,
) -> None:
    """Its row waits for its number until a COMMIT that it does not reach."""
    database = Database(desk_on_postgres)
    told = text("INSERT INTO change (at, origin, touched) VALUES (0, 'a script', :touched)")
    cursor = _newest(database)
    with database.writer.begin() as raw:
        raw.execute(told, {"touched": '{"tickets": [1]}'})
        with raw.begin_nested() as savepoint:
            raw.execute(told, {"touched": '{"tickets": [2]}'})
            savepoint.rollback()
        raw.execute(told, {"touched": '{"tickets": [3]}'})
    _touch(database)
    with database.reading() as connection:
        reached, changes = changes_since(connection, cursor, database.origin)
    assert changes.tickets == {1, 3} and not changes.areas and reached == _newest(database)
    database.close()


def _until_somebody_waits(database: Database, write: "Future[None]") -> None:
    held = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with database.reading() as connection:
        while not connection.execute(held).scalar_one():
            assert not write.done()


def test_a_program_that_stops_before_its_commit_holds_up_nobody(desk_on_postgres: str) -> None:
    """A laptop that loses its line there, with the audit's rows too, in both orders."""
    database, stopped = Database(desk_on_postgres), Database(desk_on_postgres)
    told = text("INSERT INTO change (at, origin) VALUES (0, 'a laptop')")
    audited = text("INSERT INTO team (name) VALUES (:name)")
    with stopped.writer.begin() as one, stopped.writer.begin() as other:
        one.execute(told)
        one.execute(audited, {"name": "told first"})
        other.execute(audited, {"name": "audited first"})
        other.execute(told)
        with database.writing() as unit, unit.connection.begin_nested():
            unit.connection.execute(text("SET LOCAL lock_timeout = 2000"))
            unit.connection.execute(audited, {"name": "another"})
            unit.touched.areas.add("teams")
    with database.reading() as connection:
        rows = select(change.c.origin).order_by(change.c.id.desc()).limit(3)
        assert connection.execute(rows).scalars().all()[-1] == database.origin
    database.close()
    stopped.close()


def test_connections_that_a_burst_opened_are_taken_back_and_nobody_notices(
    desk_on_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "_UNUSED_MS", 200)
    database, beside = Database(desk_on_postgres), psycopg.connect(_plain(desk_on_postgres))
    beside.autocommit = True
    with ExitStack() as burst:
        for _ in range(4):
            burst.enter_context(database.reading())
        assert _connections(beside) == 4
    while _connections(beside):
        pass
    _touch(database)
    assert _newest(database).number and database.line.now.up
    assert 1 <= _connections(beside) <= 2
    beside.close()
    database.close()


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _connections(beside: "psycopg.Connection[tuple[int]]") -> int:
    there = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'deskapp'"
    )
    [found] = beside.execute(there).fetchone() or (0,)
    return found


def _touch(database: Database) -> None:
    with database.writing() as unit:
        unit.touched.areas.add("x")


def _newest(database: Database) -> Cursor:
    with database.reading() as connection:
        return newest_change(connection)


def test_a_reading_connection_cannot_write_to_sqlite(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "desk.db"))
    open_desk(database, create=True)
    with pytest.raises(Problem) as refused, database.reading() as connection:
        connection.execute(insert(counter), {"name": "x", "value": 1})
    assert refused.value.kind is ProblemKind.READ_ONLY
    database.close()


def test_a_database_that_is_away_is_said_in_a_problem() -> None:
    with pytest.raises(Problem) as away:
        open_desk(Database("postgresql://nobody@127.0.0.1:1/desk"), create=True)
    assert away.value.kind is ProblemKind.DATABASE_UNREACHABLE


def test_a_file_that_is_no_database_is_said_in_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 1000)
    database = Database(str(path))
    with pytest.raises(Problem) as refused:
        open_desk(database)
    assert refused.value.kind is ProblemKind.NOT_A_DESK
    database.close()


def test_what_all_reading_connections_keep_in_memory_is_bounded(tmp_path: Path) -> None:
    made = Database(str(tmp_path / "desk.db"))
    open_desk(made, create=True)
    with made.reading() as connection:
        kib = -connection.execute(text("PRAGMA cache_size")).scalar_one()
    made.close()
    assert 0 < 8 * kib <= 64 * 1024  # the pool opens eight at most
