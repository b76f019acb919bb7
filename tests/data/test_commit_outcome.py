"""A COMMIT that is not answered: the database is asked what became of it, and nothing is said that
is not so."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, insert, select, text

from deskapp.data import connect, outcome, patience
from deskapp.data.database import Connection, Database
from deskapp.data.tables.team import change, counter
from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.poison import Manner, Poison
from tests.servers.postgres import Postgres
from tests.servers.wire import NewWire, Wire


@contextmanager
def _at_commit(database: Database, strike: Callable[[int], None]) -> Iterator[None]:
    """Strikes when the next write is about to commit; given the backend's process number."""

    def struck(connection) -> None:  # type: ignore[no-untyped-def]
        strike(connection.connection.driver_connection.info.backend_pid)

    event.listen(database.writer, "commit", struck, once=True)
    yield


def _write(database: Database, name: str, act: str = "") -> None:
    with database.writing(act) as unit:
        unit.connection.execute(insert(counter), {"name": name, "value": 1})
        unit.touched.tickets.add(TicketId(7))


def _write_unseen(database: Database, name: str) -> None:
    """As an engine keeps its lease: nobody is told of it."""
    with database.writing() as unit:
        unit.connection.execute(insert(counter), {"name": name, "value": 1})


def _server(connection: Connection) -> str:
    return str(connection.execute(text(f"SELECT {outcome._SERVER}")).scalar_one())


def _count(database: Database, name: str) -> int:
    with database.reading() as connection:
        rows = select(func.count()).select_from(counter).where(counter.c.name == name)
        return connection.execute(rows).scalar_one()


class Desk:
    """One desk over a wire that can be cut, and beside it."""

    def __init__(self, url: str, postgres: Postgres, wire: Wire) -> None:
        self.wire = wire
        self.told: list[Changes] = []
        wired = url.replace(f":{postgres.port}/", f":{wire.port}/")
        self.over = Database(wired, announce=self.told.append)
        self.beside = Database(url)

    def kill(self, backend: int) -> None:
        with self.beside.reading() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:it)"), {"it": backend})


@pytest.fixture
def desk(desk_on_postgres: str, postgres: Postgres, new_wire: NewWire) -> Iterator[Desk]:
    made = Desk(desk_on_postgres, postgres, new_wire(postgres.port))
    yield made
    made.over.close()
    made.beside.close()


def test_a_commit_whose_answer_was_lost_counts_as_done_and_is_announced_once(desk: Desk) -> None:
    def swallow_the_answer(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=False, after=0, manner=Manner.RESET))

    with _at_commit(desk.over, swallow_the_answer):
        _write(desk.over, "x")
    assert desk.wire.struck(1)
    assert _count(desk.beside, "x") == 1
    assert [one.tickets for one in desk.told] == [{7}]


def test_a_commit_that_never_arrived_is_said_to_be_not_written(desk: Desk) -> None:
    def cut_the_commit(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=True, after=0, manner=Manner.RESET))

    with _at_commit(desk.over, cut_the_commit), pytest.raises(Problem) as lost:
        _write(desk.over, "x")
    assert lost.value.kind is ProblemKind.DATABASE_UNREACHABLE
    assert lost.value.details["what"] == "not_written"
    assert _count(desk.beside, "x") == 0 and not desk.told
    _write(desk.over, "x")
    assert _count(desk.beside, "x") == 1


def test_a_backend_killed_before_its_commit_has_written_nothing(desk: Desk) -> None:
    with _at_commit(desk.over, desk.kill), pytest.raises(Problem) as lost:
        _write(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    assert _count(desk.beside, "x") == 0


def test_a_commit_that_vanished_on_a_silent_line_can_never_be_done_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server still holds the transaction open, and with it the order of all changes."""
    monkeypatch.setattr(outcome, "_STUCK_MS", 200)
    monkeypatch.setattr(patience, "_AFTER_SILENCE_SECONDS", 0.1)
    silent: list[int] = []

    def swallow_the_commit(backend: int) -> None:
        silent.append(backend)
        desk.wire.poison(Poison(to_server=True, after=0, manner=Manner.BLACK_HOLE))
        threading.Timer(0.2, desk.over.silence.noticed).start()

    with _at_commit(desk.over, swallow_the_commit), pytest.raises(Problem) as lost:
        _write(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    with desk.beside.reading() as connection:
        there = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :it")
        assert connection.execute(there, {"it": silent[0]}).scalar_one() == 0
    assert _count(desk.beside, "x") == 0


@pytest.mark.parametrize("arrives", [True, False])
def test_the_end_of_a_write_that_tells_nobody_is_asked_for_too(desk: Desk, arrives: bool) -> None:
    """It has no change row to be found by; the answer is lost, or the COMMIT itself."""

    def cut(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=not arrives, after=0, manner=Manner.RESET))

    with _at_commit(desk.over, cut):
        if arrives:
            _write_unseen(desk.over, "x")
        else:
            with pytest.raises(Problem) as lost:
                _write_unseen(desk.over, "x")
            assert lost.value.details["what"] == "not_written"
    assert _count(desk.beside, "x") == arrives and not desk.told


def test_an_unseen_commit_that_vanished_is_ended_and_one_never_told_of_stands_nowhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "_STUCK_MS", 200)
    monkeypatch.setattr(patience, "_AFTER_SILENCE_SECONDS", 0.1)

    def swallow_the_commit(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=True, after=0, manner=Manner.BLACK_HOLE))
        threading.Timer(0.2, desk.over.silence.noticed).start()

    with _at_commit(desk.over, swallow_the_commit), pytest.raises(Problem) as lost:
        _write_unseen(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    with desk.beside.reading() as connection:
        assert not outcome.was_written(connection, f"xact-99999999999@{_server(connection)}")
        assert not outcome.was_written(connection, "a1")
    assert _count(desk.beside, "x") == 0


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

    def swallow_the_commit(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=True, after=0, manner=Manner.BLACK_HOLE))

    monkeypatch.setattr(outcome, "_STUCK_MS", 200)
    with _at_commit(desk.over, swallow_the_commit), pytest.raises(Problem) as lost:
        _write(desk.over, "x")
    assert lost.value.details["what"] == "not_written"
    _write(desk.over, "x")
    assert _count(desk.beside, "x") == 1


def test_who_waits_long_for_a_server_that_is_there_goes_on_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "_DOUBT_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_LOOK_AGAIN_SECONDS", 0.2)
    monkeypatch.setattr(patience, "_NOTHING_FOR_US_SECONDS", 0.1)
    with desk.over.reading() as connection:
        connection.execute(text("SELECT pg_sleep(1)"))


def test_a_database_that_stays_away_leaves_the_end_unknown_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.over, "_asker", outcome.Asker(desk.over.url, seconds=0.6))
    with (
        _at_commit(desk.over, lambda _backend: desk.wire.cut()),
        pytest.raises(Problem) as lost,
    ):
        _write(desk.over, "x", act="a1")
    assert lost.value.kind is ProblemKind.OUTCOME_UNKNOWN
    assert lost.value.details["act"] == "a1"
    assert not desk.over.line.now.up
    desk.wire.mend()
    with desk.over.reading() as connection:
        assert outcome.was_written(connection, "a1") is (_count(desk.beside, "x") == 1)


def test_a_line_that_breaks_in_the_middle_of_a_write_takes_all_of_it(desk: Desk) -> None:
    with pytest.raises(Problem) as lost, desk.over.writing() as unit:
        unit.connection.execute(insert(counter), {"name": "x", "value": 1})
        desk.wire.cut()
        unit.connection.execute(text("SELECT 1"))
    assert lost.value.details["what"] == "not_written"
    assert _count(desk.beside, "x") == 0


def test_the_same_act_is_never_written_twice(desk_url: str) -> None:
    database = Database(desk_url)
    _write(database, "x", act="a1")
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        _write(database, "y", act="a1")
    with database.reading() as connection:
        acts = connection.execute(select(change.c.act)).scalars().all()
    assert acts == ["a1"] and _count(database, "y") == 0
    database.close()


def _lost_unseen_commit(desk: Desk) -> str:
    """The act of a silent write whose COMMIT was answered on a line that was cut."""
    desk.over._asker = outcome.Asker(desk.over.url, seconds=0.3)

    def cut(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=False, after=0, manner=Manner.RESET))
        desk.wire.refuse()

    with _at_commit(desk.over, cut), pytest.raises(Problem) as lost:
        _write_unseen(desk.over, "x")
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

    def swallow_the_answer(_backend: int) -> None:
        desk.wire.poison(Poison(to_server=False, after=0, manner=Manner.RESET))

    with _at_commit(desk.over, swallow_the_answer), pytest.raises(Problem) as lost:
        _write_unseen(desk.over, "x")
    assert lost.value.kind is ProblemKind.OUTCOME_UNKNOWN
    assert lost.value.details.get("act") is None, "nobody is to ask for it again"
