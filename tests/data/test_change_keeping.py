"""The change log is kept for a while, and who comes later than that reads all anew."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

import deskapp
from deskapp.data import change_keeping
from deskapp.data.database import Database
from deskapp.data.queries.changes import changes_since, newest_change
from deskapp.data.tables.team import change
from deskapp.data.upgrade import open_desk
from deskapp.domain.changes import ALL_AREAS, Cursor
from deskapp.domain.ids import ChangeId, TicketId


@pytest.fixture
def database(desk_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(change_keeping, "EVERY", 7)
    made = Database(desk_url, origin="me")
    open_desk(made, create=True)
    yield made
    made.close()


def _written(database: Database, count: int, age: timedelta) -> None:
    """So many changes of that time, by somebody else."""
    row = {"at": datetime.now(UTC) - age, "origin": "another"}
    with database.writer.begin() as connection:
        connection.execute(insert(change), [row] * count)


def _touch(database: Database) -> None:
    with database.writing() as unit:
        unit.touched.tickets.add(TicketId(1))


def _count(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(change)).scalar_one()


def _cursor(database: Database) -> Cursor:
    with database.reading() as connection:
        return newest_change(connection)


def test_old_changes_go_by_themselves_and_those_of_the_last_weeks_stay(database: Database) -> None:
    _written(database, 70, change_keeping.KEPT + timedelta(hours=1))
    _written(database, 20, change_keeping.KEPT - timedelta(hours=1))
    for _ in range(25):
        _touch(database)
    assert _count(database) == 20 + 25


def test_the_log_of_a_desk_that_is_written_for_years_does_not_grow(database: Database) -> None:
    """Three times as long, and the same number of rows."""
    counts = []
    for _ in range(3):
        _written(database, 60, change_keeping.KEPT * 2)
        for _ in range(20):
            _touch(database)
        counts.append(_count(database))
        with database.writer.begin() as connection:  # what was new grows old
            connection.execute(
                change.update().values(at=datetime.now(UTC) - change_keeping.KEPT * 2)
            )
    assert max(counts) <= 80


def test_a_program_whose_clock_is_years_behind_takes_nothing_from_anybody(
    database: Database,
) -> None:
    _touch(database)
    cursor = _cursor(database)
    _written(database, 10, change_keeping.KEPT * 40)
    for _ in range(20):
        _touch(database)
    with database.reading() as connection:
        assert changes_since(connection, cursor)[1].areas != ALL_AREAS
    assert _count(database) == 31


def test_who_slept_longer_than_the_log_is_kept_is_told_that_all_may_have_changed(
    database: Database,
) -> None:
    _written(database, 40, change_keeping.KEPT * 2)
    cursor = _cursor(database)
    _written(database, 20, change_keeping.KEPT * 2)
    for _ in range(20):
        _touch(database)
    with database.reading() as connection:
        reached, changes = changes_since(connection, cursor, but_not="me")
        again = changes_since(connection, reached, but_not="me")
    assert changes.areas == ALL_AREAS and reached == _cursor(database)
    assert again == (reached, type(changes)())


def test_a_cursor_that_is_ahead_of_a_restored_desk_is_taken_back(database: Database) -> None:
    _touch(database)
    with database.reading() as connection:
        reached, changes = changes_since(connection, Cursor(ChangeId(4_000)))
    assert changes.areas == ALL_AREAS and reached == _cursor(database)
    _touch(database)
    with database.reading() as connection:
        assert changes_since(connection, reached)[1].tickets == {1}


def test_a_number_that_a_replica_gave_to_another_write_is_no_cursor(desk_url: str) -> None:
    """It took over without the last of what was written, counts on from there, and a program that
    was away meanwhile finds a row with the number of its cursor."""
    database = Database(desk_url, origin="me")
    open_desk(database, create=True)
    other = Database(desk_url, origin="another")
    for _ in range(3):
        _touch(other)
    cursor = _cursor(database)
    with database.writer.begin() as connection:
        connection.execute(change.delete())
        if not database.is_sqlite:
            connection.execute(text("SELECT setval('change_id_seq', 1, false)"))
    for ticket in range(1, 6):
        with other.writing() as unit:
            unit.touched.tickets.add(TicketId(ticket))
    with database.reading() as connection:
        assert cursor.number in connection.execute(select(change.c.id)).scalars().all()
        reached, changes = changes_since(connection, cursor)
    assert changes.areas == ALL_AREAS and reached == _cursor(database)
    other.close()
    database.close()


def test_every_area_that_the_program_names_is_among_all_areas() -> None:
    room = Path(deskapp.__file__).parent
    named: set[str] = set()
    for file in room.rglob("*.py"):
        for told in re.findall(
            r"areas(?:\.add|\.update| \|=)\s*\(*\{?([^)}]*)[)}]", file.read_text("utf-8")
        ):
            named.update(re.findall(r'"(\w+)"', told))
    assert named and named <= ALL_AREAS
