"""The change log is kept for a while, and who comes later than that reads all anew."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

import deskapp
from deskapp.data import change_keeping
from deskapp.data.database import Database
from deskapp.data.queries.changes import changes_since, newest_change
from deskapp.data.tables.team import change
from deskapp.data.upgrade import open_desk
from deskapp.domain.changes import ALL_AREAS
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


def _cursor(database: Database) -> ChangeId:
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
        reached, changes = changes_since(connection, ChangeId(4_000))
    assert changes.areas == ALL_AREAS and reached == _cursor(database)
    _touch(database)
    with database.reading() as connection:
        assert changes_since(connection, reached)[1].tickets == {1}


def test_every_area_that_the_program_names_is_among_all_areas() -> None:
    room = Path(deskapp.__file__).parent
    named: set[str] = set()
    for file in room.rglob("*.py"):
        for told in re.findall(
            r"areas(?:\.add|\.update| \|=)\s*\(*\{?([^)}]*)[)}]", file.read_text("utf-8")
        ):
            named.update(re.findall(r'"(\w+)"', told))
    assert named and named <= ALL_AREAS
