"""Many rows at once go through the types of their columns, and nothing is cut to fit."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from deskapp.data.bulk import insert_rows, update_rows
from deskapp.data.database import Database
from deskapp.data.queries.filing_queue import next_unfiled
from deskapp.data.tables.mail import blob
from deskapp.data.tables.people import customer
from deskapp.domain.problem import Problem
from tests.data.mail_rows import NOW, new_desk


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


def person(number: int, **values: object) -> dict[str, object]:
    return {"id": number, "name": f"Trần {number}", "company_id": None, "created_at": NOW, **values}


def names(database: Database) -> list[tuple[int, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(customer.c.id, customer.c.name).order_by(customer.c.id))
        return [(number, name) for number, name in rows]


def test_rows_come_back_as_they_went_in(database: Database) -> None:
    odd = "{\"a\",\\N}\t'%s' NULL\n訂單"
    with database.writing() as unit:
        insert_rows(unit.connection, customer, [person(1, name=odd), person(2, name="")])
        insert_rows(unit.connection, customer, [])
    with database.reading() as connection:
        row = connection.execute(select(customer).where(customer.c.id == 1)).one()
    assert (row.name, row.company_id, row.created_at) == (odd, None, NOW)
    assert names(database) == [(1, odd), (2, "")]


def test_what_is_known_stays_as_it_is(database: Database) -> None:
    row = {"sha256": "a", "codec": "zstd", "size": 1, "bytes": b"\x00\xff", "created_at": NOW}
    with database.writing() as unit:
        for rows in ([row], [row | {"size": 2}, row | {"sha256": "b"}]):
            insert_rows(unit.connection, blob, rows, known="ON CONFLICT (sha256) DO NOTHING")
    with database.reading() as connection:
        found = connection.execute(select(blob.c.sha256, blob.c.size, blob.c.bytes)).all()
    assert sorted(map(tuple, found)) == [("a", 1, b"\x00\xff"), ("b", 1, b"\x00\xff")]


def test_an_update_writes_each_row_its_own_values(database: Database) -> None:
    with database.writing() as unit:
        insert_rows(unit.connection, customer, [person(number) for number in (1, 2, 3)])
        update_rows(unit.connection, customer, [{"id": 3, "name": "c"}, {"id": 1, "name": "a"}])
    assert names(database) == [(1, "a"), (2, "Trần 2"), (3, "c")]


def test_a_value_that_does_not_fit_is_refused_and_never_cut(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite's columns have no length")
    with pytest.raises((DBAPIError, Problem)), database.writing() as unit:
        insert_rows(unit.connection, customer, [person(1, language="x" * 13)])
    assert names(database) == []


def test_what_waits_to_be_filed_is_found_by_its_index(database: Database) -> None:
    """Else every look goes through all that was ever filed: 100 000 rows each five seconds."""
    if not database.is_sqlite:
        pytest.skip("a PostgreSQL without rows plans otherwise")
    seen: list[str] = []
    with database.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(seen.append)
        next_unfiled(connection, 200)
        driver.set_trace_callback(None)
        asked = next(one for one in seen if "filed_at IS NULL" in one)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()
    assert any("ix_server_mail_unfiled" in str(step) for step in plan), plan
