"""The COMMIT of a write that tells nobody: it has no change row, so its transaction is asked for,
and only the server that began it may answer."""

import pytest
from sqlalchemy import text

from deskapp.data import outcome, patience
from deskapp.data.database import Connection
from deskapp.domain.problem import Problem, ProblemKind
from tests.data.struck_desk import Desk, at_commit, count, desk, write_unseen
from tests.servers.poison import Manner, Poison

__all__ = ["desk"]


def _server(connection: Connection) -> str:
    return str(connection.execute(text(f"SELECT {outcome._SERVER}")).scalar_one())


@pytest.mark.parametrize("arrives", [True, False])
def test_the_end_of_a_write_that_tells_nobody_is_asked_for_too(desk: Desk, arrives: bool) -> None:
    """It has no change row to be found by; the answer is lost, or the COMMIT itself."""

    def cut(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=not arrives, after=0, manner=Manner.RESET))

    with at_commit(desk.over, cut):
        if arrives:
            write_unseen(desk.over, "x")
        else:
            with pytest.raises(Problem) as lost:
                write_unseen(desk.over, "x")
            assert lost.value.details["what"] == "not_written"
    assert count(desk.beside, "x") == arrives and not desk.told


def test_an_unseen_commit_that_vanished_is_ended_and_one_never_told_of_stands_nowhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "_STUCK_MS", 200)
    monkeypatch.setattr(patience, "_AFTER_SILENCE_SECONDS", 0.1)

    with at_commit(desk.over, desk.swallow_the_commit_noticed), pytest.raises(Problem) as lost:
        write_unseen(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    with desk.beside.reading() as connection:
        assert not outcome.was_written(connection, f"xact-99999999999@{_server(connection)}")
        assert not outcome.was_written(connection, "a1")
    assert count(desk.beside, "x") == 0


def _lost_unseen_commit(desk: Desk) -> str:
    """The act of a silent write whose COMMIT was answered on a line that was cut."""
    desk.over._asker = outcome.Asker(desk.over.url, seconds=0.3)

    def cut(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=False, after=0, manner=Manner.RESET))
        desk.wire.refuse()

    with at_commit(desk.over, cut), pytest.raises(Problem) as lost:
        write_unseen(desk.over, "x")
    desk.wire.mend()
    assert lost.value.kind is ProblemKind.OUTCOME_UNKNOWN
    return str(lost.value.details["act"])


def test_a_server_that_took_over_does_not_answer_for_a_transaction_of_the_one_before(
    desk: Desk,
) -> None:
    """The number is another transaction's there: what it says of that would mislead."""
    act = _lost_unseen_commit(desk)
    number, _, server = act.partition("@")
    identity, timeline, since = server.split("/")
    others = (
        f"{number}@{identity}/0000000{int(timeline) + 1}/{since}",  # a replica that was promoted
        f"{number}@{identity}/{timeline}/1.5",  # it crashed, and may give the number out again
        f"{number}@7/{timeline}/{since}",
    )
    with desk.beside.reading() as connection:
        assert outcome.was_written(connection, act)
        for other in others:
            with pytest.raises(Problem) as unknown:
                outcome.was_written(connection, other)
            assert unknown.value.details["what"] == "forgotten"


def test_the_end_of_a_silent_write_is_unknown_where_another_server_answers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = outcome.mark_of

    def of_the_one_before(connection: Connection) -> outcome.Mark:
        mark = marked(connection)
        act, server = mark.act.replace("@", "@0"), "0" + mark.server
        return outcome.Mark(act, mark.backend, mark.transaction, server)

    monkeypatch.setattr("deskapp.data.database.mark_of", of_the_one_before)

    with at_commit(desk.over, desk.swallow_the_answer), pytest.raises(Problem) as lost:
        write_unseen(desk.over, "x")
    assert lost.value.kind is ProblemKind.OUTCOME_UNKNOWN
    assert lost.value.details.get("act") is None, "nobody is to ask for it again"
