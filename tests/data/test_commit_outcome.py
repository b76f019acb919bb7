"""A COMMIT that is not answered: the database is asked what became of it, and nothing is said that
is not so."""

import pytest
from sqlalchemy import insert, select, text

from deskapp.data import outcome, patience
from deskapp.data.database import Database
from deskapp.data.tables.team import change, counter
from deskapp.domain.problem import Problem, ProblemKind
from tests.data.struck_desk import Desk, at_commit, count, desk, write
from tests.servers.poison import Manner, Poison

__all__ = ["desk"]


def test_a_commit_whose_answer_was_lost_counts_as_done_and_is_announced_once(desk: Desk) -> None:
    with at_commit(desk.over, desk.swallow_the_answer):
        write(desk.over, "x")
    assert desk.wire.struck(1)
    assert count(desk.beside, "x") == 1
    assert [one.tickets for one in desk.told] == [{7}]


def test_a_commit_that_never_arrived_is_said_to_be_not_written(desk: Desk) -> None:
    def cut_the_commit(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=True, after=0, manner=Manner.RESET))

    with at_commit(desk.over, cut_the_commit), pytest.raises(Problem) as lost:
        write(desk.over, "x")
    assert lost.value.kind is ProblemKind.DATABASE_UNREACHABLE
    assert lost.value.details["what"] == "not_written"
    assert count(desk.beside, "x") == 0 and not desk.told
    write(desk.over, "x")
    assert count(desk.beside, "x") == 1


def test_a_backend_killed_before_its_commit_has_written_nothing(desk: Desk) -> None:
    with at_commit(desk.over, desk.kill), pytest.raises(Problem) as lost:
        write(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    assert count(desk.beside, "x") == 0


def test_a_commit_that_vanished_on_a_silent_line_can_never_be_done_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server still holds the transaction open, and with it the order of all changes."""
    monkeypatch.setattr(outcome, "_STUCK_MS", 200)
    monkeypatch.setattr(patience, "_AFTER_SILENCE_SECONDS", 0.1)
    silent: list[int] = []

    def swallow_the_commit(backend: int) -> None:
        silent.append(backend)
        desk.swallow_the_commit_noticed(backend)

    with at_commit(desk.over, swallow_the_commit), pytest.raises(Problem) as lost:
        write(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    with desk.beside.reading() as connection:
        there = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :it")
        assert connection.execute(there, {"it": silent[0]}).scalar_one() == 0
    assert count(desk.beside, "x") == 0


def test_a_database_that_stays_away_leaves_the_end_unknown_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.over, "_asker", outcome.Asker(desk.over.url, seconds=0.6))
    with (
        at_commit(desk.over, lambda _backend: desk.wire.cut()),
        pytest.raises(Problem) as lost,
    ):
        write(desk.over, "x", act="a1")
    assert lost.value.kind is ProblemKind.OUTCOME_UNKNOWN
    assert lost.value.details["act"] == "a1"
    assert not desk.over.line.now.up
    desk.wire.mend()
    with desk.over.reading() as connection:
        assert outcome.was_written(connection, "a1") is (count(desk.beside, "x") == 1)


def test_a_line_that_breaks_in_the_middle_of_a_write_takes_all_of_it(desk: Desk) -> None:
    with pytest.raises(Problem) as lost, desk.over.writing() as unit:
        unit.connection.execute(insert(counter), {"name": "x", "value": 1})
        desk.wire.cut()
        unit.connection.execute(text("SELECT 1"))
    assert lost.value.details["what"] == "not_written"
    assert count(desk.beside, "x") == 0


def test_the_same_act_is_never_written_twice(desk_url: str) -> None:
    database = Database(desk_url)
    write(database, "x", act="a1")
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        write(database, "y", act="a1")
    with database.reading() as connection:
        acts = connection.execute(select(change.c.act)).scalars().all()
    assert acts == ["a1"] and count(database, "y") == 0
    database.close()
