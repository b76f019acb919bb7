"""Where a desk is, and the password that may stand in its address."""

import pytest

from deskapp.domain.desk_address import (
    hosts_apart,
    is_server,
    password_of,
    with_password,
    without_password,
)

ADDRESSES = [
    ("postgresql://anna:pw@db.example:5433/lotus", "postgresql://anna@db.example:5433/lotus", "pw"),
    ("postgres://anna:p%40s@db.example/lotus", "postgres://anna@db.example/lotus", "p@s"),
    (
        "postgresql://anna:p@s/s:x@h/d?sslmode=require",
        "postgresql://anna@h/d?sslmode=require",
        "p@s/s:x",
    ),
    ("postgresql://anna:p?x=1@h/d", "postgresql://anna@h/d", "p?x=1"),
    (
        "postgresql://h/d?user=a&password=x%20y&sslmode=require",
        "postgresql://h/d?user=a&sslmode=require",
        "x y",
    ),
    ("postgresql://h/d?password=x", "postgresql://h/d", "x"),
    ("mysql://user:secret@h/d", "mysql://user@h/d", "secret"),
]
PLAIN = [
    "postgresql://anna@h/d",
    "postgresql://h:5432/d?application_name=a@b",
    "postgresql:///d?host=/run/postgresql",
    "sqlite:////tmp/x@y:z/desk.db",
    "/tmp/postgresql.db",
    "desk.db",
]


@pytest.mark.parametrize(("address", "place", "password"), ADDRESSES)
def test_a_password_is_taken_out_whole(address: str, place: str, password: str) -> None:
    assert without_password(address) == place
    assert password_of(address) == password


@pytest.mark.parametrize("address", PLAIN)
def test_an_address_without_a_password_stays_as_it_is(address: str) -> None:
    assert without_password(address) == address
    assert password_of(address) == ""


@pytest.mark.parametrize("place", [place for _, place, _ in ADDRESSES[:-1]] + PLAIN[:3])
def test_a_password_put_in_is_the_one_taken_out(place: str) -> None:
    full = with_password(place, "né/w@:? %41&x=1")
    assert password_of(full) == "né/w@:? %41&x=1"
    assert with_password(place, "") == place
    assert without_password(full).replace("//@", "//") == place


def test_only_a_server_takes_a_password() -> None:
    assert is_server("PostgreSQL://h/d")
    assert not is_server("postgres/desk.db")
    assert with_password("sqlite:///desk.db", "x") == "sqlite:///desk.db"


@pytest.mark.parametrize(
    ("rented", "apart"),
    [
        (
            "postgresql://anna@one:5432,two:5433/desk?target_session_attrs=read-write",
            "postgresql://anna@/desk?host=one:5432&host=two:5433&target_session_attrs=read-write",
        ),
        ("postgres://one,two/desk", "postgres:///desk?host=one&host=two"),
        ("postgresql://anna@one/desk", "postgresql://anna@one/desk"),
        ("/desks/a,b/desk.db", "/desks/a,b/desk.db"),
    ],
)
def test_a_server_with_a_replica_is_written_as_those_who_rent_it_out_do(
    rented: str, apart: str
) -> None:
    assert hosts_apart(rented) == apart
