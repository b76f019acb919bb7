"""Whether the desk's database answers is known in one place, and told when that changes."""

from pathlib import Path

import pytest
from sqlalchemy import text

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
