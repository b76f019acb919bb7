"""Desks that nobody has opened yet: their tables stand, copied and not migrated by every test."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from deskapp.data.database import Database
from deskapp.data.migrating import migrate
from deskapp.data.schema import SCHEMA

from .postgres import Postgres

TEMPLATE = "blank_desk"


@cache
def _blank_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        _make_tables(str(path))
        return path.read_bytes()


def _make_tables(url: str) -> None:
    with closing(Database(url)) as database:
        migrate(database.writer, SCHEMA)


def put_blank_desk(path: Path) -> str:
    """Puts a desk nobody has opened at ``path``; returns its address."""
    path.write_bytes(_blank_file())
    return f"sqlite:///{path}"


@pytest.fixture
def desk_file(tmp_path: Path) -> str:
    """The address of an SQLite desk that nobody has opened yet: `desk.db` in `tmp_path`."""
    return put_blank_desk(tmp_path / "desk.db")


@pytest.fixture(scope="session")
def blank_postgres(postgres: Postgres) -> str:
    """The name of a database to copy desks from; nobody may be connected to it meanwhile."""
    postgres.create(TEMPLATE)
    _make_tables(postgres.url(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def desk_on_postgres(postgres: Postgres, blank_postgres: str) -> Iterator[str]:
    """A PostgreSQL desk that nobody has opened yet, gone after the test."""
    with postgres.fresh(blank_postgres) as url:
        yield url
