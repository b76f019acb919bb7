"""A desk on several servers, one of which takes changes at a time."""

import pytest
from sqlalchemy import text

from deskapp.data.connect import desk_url
from deskapp.data.database import Database
from deskapp.domain.desk_address import password_of, without_password
from tests.servers.postgres import Postgres


@pytest.mark.parametrize(
    ("written", "hosts", "attributes"),
    [
        ("postgresql://anna@a,b/desk", ("a", "b"), "read-write"),
        ("postgresql://anna@a:5432,b:5433/desk", ("a:5432", "b:5433"), "read-write"),
        ("postgresql://anna@a,b:1/desk?target_session_attrs=any", ("a", "b:1"), "any"),
    ],
)
def test_several_servers_are_written_as_libpq_writes_them(
    written: str, hosts: tuple[str, ...], attributes: str
) -> None:
    url = desk_url(written)
    assert url.query["host"] == hosts and url.database == "desk" and url.username == "anna"
    assert url.query["target_session_attrs"] == attributes


def test_the_password_of_several_servers_is_found_and_not_shown() -> None:
    address = "postgresql://anna:p@ss@a:1,b:2/desk?target_session_attrs=read-write"
    assert password_of(address) == "p@ss"
    assert (
        without_password(address)
        == "postgresql://anna@a:1,b:2/desk?target_session_attrs=read-write"
    )
    assert desk_url(address).password == "p@ss"


def test_a_server_that_is_gone_is_passed_over(desk_on_postgres: str, postgres: Postgres) -> None:
    here = f"127.0.0.1:{postgres.port}"
    database = Database(desk_on_postgres.replace(here, f"127.0.0.1:1,{here}"))
    for one in (database, again := Database(database.address)):  # as the engine is given it
        with one.reading() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
        one.close()
    again.close()
