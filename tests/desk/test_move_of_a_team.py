"""A team's desk moves with its audit; what belongs to a server stays with that server."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from deskapp.data.database import Database
from deskapp.data.team_desk import set_up
from deskapp.desk.upkeep import move, restore
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.wiring import open_house
from tests.servers.postgres import Postgres
from tests.servers.team_desk import TeamDesk, make_team_desk

AUDIT = text("SELECT count(*) FROM audit")


def _goes_on(address: str) -> None:
    """The desk there is sound, and what is changed in it is audited in one chain."""
    with closing(open_house(address)) as desk:
        assert desk.upkeep.check() == ()
        with desk.database.reading() as connection:
            before = connection.execute(AUDIT).scalar_one()
        desk.agents.add("Somebody new", role="agent")
        with desk.database.reading() as connection:
            assert (connection.execute(AUDIT).scalar_one() > before) is not desk.database.is_sqlite
        assert desk.upkeep.check() == ()


def test_a_team_desk_moves_with_its_audit_to_a_file_and_on(
    postgres: Postgres, tmp_path: Path
) -> None:
    with make_team_desk(postgres) as team:
        for role in ("agent", "lead", "admin"):
            with pytest.raises(Problem) as refused:
                move(team.url(role), str(tmp_path / "taken.db"))
            assert refused.value.kind is ProblemKind.NOT_ALLOWED
            assert refused.value.details["what"] == "owner_only"
            assert not (tmp_path / "taken.db").exists()
        with team.opened() as desk:
            copy = tmp_path / "copy.db"
            desk.upkeep.backup(copy)
        told = move(team.url(), str(tmp_path / "moved.db"))
        assert told.tables["audit"].rows > 0
        with postgres.fresh() as there, postgres.fresh() as other:
            move(str(tmp_path / "moved.db"), there)
            _goes_on(there)
            restore(other, copy)
            _goes_on(other)
            _is_set_up_again(there)


def _is_set_up_again(address: str) -> None:
    with closing(Database(address)) as database:
        set_up(database)
    with closing(open_house(address)) as desk:
        assert desk.upkeep.check() == ()


def test_a_desk_moves_onto_a_team_desk_that_nobody_works_on_yet_and_its_rights_stay(
    postgres: Postgres, tmp_path: Path
) -> None:
    solo = str(tmp_path / "solo.db")
    with closing(open_house(solo, create=True, name="Solo")) as desk:
        desk.agents.add("Anna")
    with postgres.fresh() as there:
        with closing(open_house(there, create=True, name="Lotus")) as desk:
            set_up(desk.database)
        move(solo, there)
        with closing(Database(there)) as database:
            set_up(database)
        _goes_on(there)


def test_a_desk_does_not_move_onto_a_team_at_work(team_desk: TeamDesk, tmp_path: Path) -> None:
    solo = str(tmp_path / "solo.db")
    open_house(solo, create=True, name="Solo").close()
    with pytest.raises(Problem) as refused:
        move(solo, team_desk.url())
    assert refused.value.kind is ProblemKind.DUPLICATE
    with team_desk.opened() as desk:
        assert desk.upkeep.check() == ()
