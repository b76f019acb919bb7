"""Answers come home into the GUI thread, or are dropped; nothing is lost, nothing is late."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.stopping import stoppable
from deskapp.ui.work import Work


class NoDesk:
    """Jobs of these tests do not look at the desk."""


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    lanes = Work(NoDesk())  # type: ignore[arg-type]
    yield lanes
    lanes.close()


def test_an_answer_arrives_in_the_gui_thread(work: Work, qtbot: QtBot) -> None:
    owner, seen = QObject(), []
    work.ask(
        lambda _desk: threading.get_ident(),
        lambda lane: seen.append((lane, threading.get_ident())),
        owner=owner,
    )
    qtbot.waitUntil(lambda: bool(seen))
    ((lane, home),) = seen
    assert home == threading.get_ident() != lane


def test_writes_run_one_after_the_other_in_the_order_asked(work: Work, qtbot: QtBot) -> None:
    owner, done, inside = QObject(), [], []

    def write(number: int) -> int:
        inside.append(number)
        assert len(inside) == 1
        inside.remove(number)
        return number

    for number in range(50):
        work.do(lambda _desk, n=number: write(n), done.append, owner=owner)
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_an_owner_that_is_gone_gets_no_answer(work: Work, qtbot: QtBot) -> None:
    owner, other, gate, seen = QObject(), QObject(), threading.Event(), []
    work.ask(lambda _desk: gate.wait(5), lambda _: seen.append("late"), owner=owner)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    gate.set()
    work.ask(lambda _desk: None, lambda _: seen.append("after"), owner=other)
    work.ask(lambda _desk: None, lambda _: seen.append("after"), owner=other)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["after", "after"]


def test_only_the_latest_of_a_topic_is_answered(work: Work, qtbot: QtBot) -> None:
    owner, gate, seen, ran = QObject(), threading.Event(), [], []
    for number in range(4):
        work.ask(
            lambda _desk, n=number: (ran.append(n), gate.wait(5), n)[2],
            seen.append,
            owner=owner,
            topic="ids",
        )
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    work.ask(lambda _desk: "end", seen.append, owner=owner)
    qtbot.waitUntil(lambda: "end" in seen)
    assert seen == [3, "end"]


def test_a_read_that_is_overtaken_is_ended_while_it_runs(work: Work, qtbot: QtBot) -> None:
    owner, runs, ended = QObject(), threading.Event(), threading.Event()
    seen: list[str] = []
    bugs: list[object] = []
    work.bug.connect(bugs.append)

    def slow(_desk: object) -> None:
        with stoppable(ended.set):
            runs.set()
            assert ended.wait(5)
            raise RuntimeError("interrupted")

    work.ask(slow, seen.append, owner=owner, topic="ids")
    qtbot.waitUntil(runs.is_set)
    work.ask(lambda _desk: "new", seen.append, owner=owner, topic="ids")
    qtbot.waitUntil(lambda: not work.waiting)
    assert ended.is_set()
    assert seen == ["new"]
    assert bugs == []


def test_a_problem_goes_to_the_asker_else_to_the_shell(work: Work, qtbot: QtBot) -> None:
    owner, told = QObject(), []

    def away(_desk: object) -> None:
        raise Problem(ProblemKind.DATABASE_BUSY, place="db")

    work.ask(away, lambda _: None, lambda problem: told.append(problem.kind), owner=owner)
    qtbot.waitUntil(lambda: bool(told))
    with qtbot.waitSignal(work.troubled) as troubled:
        work.ask(away, lambda _: None, owner=owner)
    assert told == [ProblemKind.DATABASE_BUSY]
    assert troubled.args[0].kind is ProblemKind.DATABASE_BUSY


def test_a_write_refused_after_its_window_went_is_told_apart(work: Work, qtbot: QtBot) -> None:
    owner = QObject()
    troubled: list[Problem] = []
    work.troubled.connect(troubled.append)

    def refused(_desk: object) -> None:
        raise Problem(ProblemKind.DISK_FULL, path="/desk")

    with qtbot.waitSignal(work.left_behind) as told:
        work.do(refused, owner=owner)
        delete(owner)
    assert told.args[0].kind is ProblemKind.DISK_FULL and troubled == []


def test_a_fault_of_ours_is_reported_and_not_lost(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.bug) as reported:
        work.ask(lambda _desk: 1 / 0, lambda _: None, owner=work)  # type: ignore[arg-type]
    assert isinstance(reported.args[0], ZeroDivisionError)


def test_closing_lets_writes_finish_and_drops_waiting_reads(qtbot: QtBot) -> None:
    work, owner, gate = Work(NoDesk()), QObject(), threading.Event()  # type: ignore[arg-type]
    written, read = [], []
    for _ in range(2):
        work.ask(lambda _desk: gate.wait(5), lambda _: None, owner=owner)
    work.ask(lambda _desk: read.append(1), lambda _: None, owner=owner)
    for number in range(3):
        work.do(lambda _desk, n=number: written.append(n), owner=owner)
    threading.Timer(0.05, gate.set).start()
    assert work.close(5000)
    assert written == [0, 1, 2]
    assert read == []
    work.ask(lambda _desk: read.append(2), lambda _: None, owner=owner)
    assert read == []


def test_closing_says_so_when_a_job_does_not_end_in_time(qtbot: QtBot) -> None:
    work, owner, gate = Work(NoDesk()), QObject(), threading.Event()  # type: ignore[arg-type]
    work.do(lambda _desk: gate.wait(10), owner=owner)
    assert not work.close(50)
    gate.set()
    assert work.close(5000)
