"""How long a write waits on a line that says nothing, and how it learns that the line is dead."""

import pytest
from sqlalchemy import insert, text

from deskapp.data import connect, outcome, patience
from deskapp.data.tables.team import counter
from deskapp.domain.problem import Problem
from tests.data.struck_desk import Desk, at_commit, count, desk, write

__all__ = ["desk"]


def test_a_write_without_any_patience_asks_whether_the_server_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command has no watcher beside it, and all lines of a pool may hang at once."""
    monkeypatch.setattr(patience, "_DOUBT_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_AFTER_SILENCE_SECONDS", 0.1)
    monkeypatch.setitem(connect._CONNECTING, "connect_timeout", 2)
    with pytest.raises(Problem) as lost, desk.over.writing() as unit:
        unit.connection.execute(insert(counter), {"name": "x", "value": 1})
        desk.wire.freeze()
        unit.connection.execute(text("SELECT 1"))
    assert lost.value.details["what"] == "not_written"
    desk.wire.mend()


def test_a_line_that_alone_is_dead_is_left_for_another(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is there, and works on nothing for us: the question never came to it."""
    monkeypatch.setattr(patience, "_DOUBT_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_LOOK_AGAIN_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_NOTHING_FOR_US_SECONDS", 0.3)

    monkeypatch.setattr(outcome, "_STUCK_MS", 200)
    with at_commit(desk.over, desk.swallow_the_commit), pytest.raises(Problem) as lost:
        write(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    write(desk.over, "x")
    assert count(desk.beside, "x") == 1


def test_who_waits_long_for_a_server_that_is_there_goes_on_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "_DOUBT_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_LOOK_AGAIN_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_NOTHING_FOR_US_SECONDS", 0.1)
    with desk.over.reading() as connection:
        connection.execute(text("SELECT pg_sleep(1)"))
