"""A PostgreSQL that cannot hold a desk is refused with the line that makes one that can."""

import shlex
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from psycopg import sql

from deskapp.cli.errors import sentence
from deskapp.data import suitable
from deskapp.data.database import Database
from deskapp.data.upgrade import open_desk
from deskapp.desk.upkeep import move
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.blank_desk import put_blank_desk
from tests.servers.postgres import Postgres
from tests.servers.process import need


@pytest.fixture(params=["UTF8", "SQL_ASCII", "LATIN1"])
def bad_url(postgres: Postgres, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of that encoding in the locale C, which fits any."""
    name = f"bad_{request.param.lower()}"
    make = "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE 'C' LC_CTYPE 'C'"
    postgres.execute(sql.SQL(make).format(sql.Identifier(name), sql.Literal(request.param)))
    yield postgres.url(name)
    postgres.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _refused(url: str) -> Problem:
    with pytest.raises(Problem) as refused, closing(Database(url)) as database:
        open_desk(database, create=True)
    return refused.value


def test_a_database_without_our_letters_is_refused(
    bad_url: str, tmp_path: Path, postgres: Postgres
) -> None:
    told = _refused(bad_url)
    assert told.kind is ProblemKind.UNSUITABLE_SERVER
    assert told.details["what"] == ("locale" if bad_url.endswith("utf8") else "encoding")
    with pytest.raises(Problem) as moving:
        move(put_blank_desk(tmp_path / "desk.db").removeprefix("sqlite:///"), bad_url)
    assert moving.value.kind is ProblemKind.UNSUITABLE_SERVER
    line = str(told.details["value"])
    assert line in sentence(told)
    # What the sentence says to do is done, and it works.
    createdb, *words = shlex.split(line)
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    place = ["-h", "127.0.0.1", "-p", str(postgres.port), "-U", "deskapp"]
    subprocess.run([need(createdb, *folders), *place, *words], check=True)
    made = words[-1]
    with closing(Database(postgres.url(made))) as database:
        open_desk(database, create=True)
    postgres.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(made)))


def test_an_old_server_is_refused(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suitable, "OLDEST_SERVER", 999_999)
    told = _refused(postgres_url)
    assert (told.kind, told.details["what"]) == (ProblemKind.UNSUITABLE_SERVER, "server_version")


def test_who_may_make_no_tables_is_told_whom_to_ask(postgres: Postgres, postgres_url: str) -> None:
    postgres.execute(sql.SQL("CREATE ROLE guest LOGIN"))
    name = sql.Identifier(postgres_url.rpartition("/")[2])
    try:
        with closing(Database(postgres_url)) as database, database.writer.begin() as line:
            line.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        told = _refused(postgres_url.replace("deskapp@", "guest@"))
    finally:
        postgres.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM guest").format(name))
        postgres.execute(sql.SQL("DROP ROLE guest"))
    assert (told.kind, told.details["what"]) == (ProblemKind.UNSUITABLE_SERVER, "create_right")


def test_a_server_with_a_locale_of_its_own_gets_another_line() -> None:
    assert "builtin" in suitable.createdb_line("desk", 170000)
    assert "builtin" not in suitable.createdb_line("desk", 150000)
