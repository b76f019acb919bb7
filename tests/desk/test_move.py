"""A desk goes to another database whole, or stays where it is."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import text

from deskapp.data import move as moving
from deskapp.data import move_into
from deskapp.data.database import Database
from deskapp.data.queries.desk_info import set_reopen_days
from deskapp.data.upgrade import open_desk
from deskapp.desk import Desk
from deskapp.desk.upkeep import move, take_back, went_to
from deskapp.domain.desk_move import MoveProgress
from deskapp.domain.kinds import View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.wiring import open_house
from tests.servers.blank_desk import put_blank_desk
from tests.servers.postgres import Postgres

from .ground import Ground
from .letters import letter


@pytest.fixture
def kept(ground: Ground) -> Ground:
    """Letters in three scripts on a desk in a file or in PostgreSQL."""
    ground.arrive(
        letter(message_id="a@c.example"),
        letter("我想退貨", sender="王小明 <w@c.example>", message_id="b@c.example", hours=1),
        letter("Где мои заказы?", sender="Анна <a@c.example>", message_id="c@c.example", hours=2),
    )
    return ground


@pytest.fixture
def there(kept: Ground, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty place in the other database."""
    if kept.database.is_sqlite:
        url: str = request.getfixturevalue("postgres_url")
        return url
    return str(tmp_path / "moved.db")


def _address(ground: Ground) -> str:
    return ground.database.address


def _told(desk: Desk) -> object:
    ids = sorted(desk.tickets.view_ids(View.ALL))
    talks = [desk.tickets.conversation(one) for one in ids]
    found = [len(desk.search.find(words)) for words in ("退货", "заказ", "parcel")]
    return [[(one.text, one.sha256, one.at) for one in talk.messages] for talk in talks], found


def test_a_desk_moves_whole_and_the_old_place_says_where_it_went(kept: Ground, there: str) -> None:
    before = _told(Desk(kept.database, kept.context.mail))
    moved = move(_address(kept), there)
    assert moved.tables["message"].rows == 3
    with closing(open_house(there)) as desk:
        assert _told(desk) == before
        assert desk.upkeep.check() == ()
        same = text("SELECT desk_id FROM desk_info")
        with kept.database.reading() as old, desk.database.reading() as new:
            assert old.execute(same).scalar() == new.execute(same).scalar()
    with pytest.raises(Problem) as told, kept.database.writing() as unit:
        set_reopen_days(unit, 3)  # a window that was open all the time
    assert (told.value.kind, told.value.details["to"]) == (ProblemKind.DESK_MOVED, moved.to)
    with pytest.raises(Problem) as told:
        open_house(_address(kept))
    assert told.value.kind is ProblemKind.DESK_MOVED


def test_a_move_can_be_taken_back(kept: Ground, there: str) -> None:
    gone = move(_address(kept), there).to
    assert take_back(_address(kept)) == gone
    with closing(open_house(_address(kept))) as desk, desk.database.writing() as unit:
        set_reopen_days(unit, 3)
    assert take_back(_address(kept)) == ""


def test_trying_a_move_out_writes_nothing(kept: Ground, there: str, tmp_path: Path) -> None:
    files = sorted(one.name for one in tmp_path.iterdir())
    tried = move(_address(kept), there, try_only=True)
    assert (tried.tried, tried.tables["message"].rows) == (True, 3)
    assert sorted(one.name for one in tmp_path.iterdir()) == files
    assert move(_address(kept), there).tables == tried.tables


def test_a_place_in_use_is_refused(kept: Ground, tmp_path: Path) -> None:
    for other in (put_blank_desk(tmp_path / "other.db"), _address(kept)):
        with pytest.raises(Problem) as refused:
            move(_address(kept), other)
        assert refused.value.kind is ProblemKind.DUPLICATE
    with kept.database.writing() as unit:
        set_reopen_days(unit, 3)


def _stopped_at(step: str) -> Callable[[MoveProgress], None]:
    def told(progress: MoveProgress) -> None:
        if progress.step == step:
            raise KeyboardInterrupt

    return told


@pytest.mark.parametrize("step", ["copy", "prove"])
def test_a_move_that_is_stopped_leaves_the_desk_at_work_and_begins_anew(
    kept: Ground, there: str, step: str
) -> None:
    with pytest.raises(KeyboardInterrupt):
        move(_address(kept), there, told=_stopped_at(step))
    assert went_to(_address(kept)) == ""
    with kept.database.writing() as unit:
        set_reopen_days(unit, 3)
    with pytest.raises(Problem):
        open_house(there)
    assert not move(_address(kept), there).finished
    with closing(open_house(there)) as desk:
        assert len(desk.tickets.view_ids(View.ALL)) == 3


def test_a_server_that_ends_in_the_middle_leaves_the_desk_where_it_was(
    kept: Ground, there: str, postgres: Postgres
) -> None:
    url = there if kept.database.is_sqlite else _address(kept)
    ended = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}")

    def told(progress: MoveProgress) -> None:
        if progress.step == "index":
            postgres.execute(ended.format(sql.Literal(url.rpartition("/")[2])))

    with pytest.raises(Problem) as broken:
        move(_address(kept), there, told=told)
    assert broken.value.kind is ProblemKind.DATABASE_UNREACHABLE
    assert went_to(_address(kept)) == ""
    assert not move(_address(kept), there).finished
    with closing(open_house(there)) as desk:
        assert len(desk.tickets.view_ids(View.ALL)) == 3


def test_a_move_cut_at_its_last_step_is_finished_by_the_same_command(
    kept: Ground, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(moving, "_let_in", cut)
        with pytest.raises(KeyboardInterrupt):
            move(_address(kept), there)
    with closing(Database(_address(kept))) as old, pytest.raises(Problem) as told:
        open_desk(old)
    assert told.value.kind is ProblemKind.DESK_MOVED
    assert went_to(_address(kept)) == told.value.details["to"]
    with pytest.raises(Problem):
        open_house(there)
    assert move(_address(kept), there).finished
    with closing(open_house(there)) as desk:
        assert len(desk.tickets.view_ids(View.ALL)) == 3


def test_a_copy_that_is_not_equal_does_not_count(
    kept: Ground, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = move_into.copy_tables

    def lossy(source: object, target: object, told: object) -> None:
        copy(source, target, told)  # type: ignore[arg-type]
        target.execute(text("UPDATE message_body SET text = 'x' WHERE message_id = 2"))  # type: ignore[attr-defined]

    monkeypatch.setattr(move_into, "copy_tables", lossy)
    monkeypatch.setattr("deskapp.data.backup.copy_tables", lossy)
    with pytest.raises(Problem) as refused:
        move(_address(kept), there)
    assert refused.value.kind is ProblemKind.MOVE_UNPROVED
    with closing(open_house(_address(kept))) as desk:
        assert len(desk.tickets.view_ids(View.ALL)) == 3
