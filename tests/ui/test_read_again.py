"""What colleagues change without a pause is read on, however long a reading takes."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import read_again
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.work import LATER, Work


class List(QObject):
    """Shows what it read last; a reading takes many times the pause between two."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.shown = self.asked = 0
        self.fails = False
        self.again = ReadAgain(self, 0.0, 0.01)
        self.again.due.connect(self.ask)

    def ask(self) -> None:
        self.asked += 1
        fails, number = self.fails, self.asked

        def read(_desk: object) -> int:
            threading.Event().wait(0.08)
            if fails:
                raise Problem(ProblemKind.DATABASE_BUSY)
            return number

        self.again.asked()
        self._work.ask(read, self._came, self._failed, owner=self, lane=LATER, topic="ids")

    def _came(self, number: int) -> None:
        self.shown = number
        self.again.answered()

    def _failed(self, _problem: Problem) -> None:
        self.again.answered()


@pytest.fixture
def listed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[List]:
    monkeypatch.setattr(read_again, "_LONGEST_SECONDS", 0.01)
    work = Work(None)  # type: ignore[arg-type]
    yield List(work)
    assert work.close()


def _written_on(listed: List) -> QTimer:
    """A colleague who never rests."""
    timer = QTimer(listed)
    timer.timeout.connect(lambda: listed.again.want())
    timer.start(1)
    return timer


def test_a_list_whose_reading_takes_longer_than_the_pause_is_shown_while_others_write_on(
    listed: List, qtbot: QtBot
) -> None:
    _written_on(listed)
    qtbot.waitUntil(lambda: listed.shown >= 3)


def test_the_last_change_of_a_burst_is_read_after_it(listed: List, qtbot: QtBot) -> None:
    listed.again.want()
    qtbot.waitUntil(lambda: listed.asked == 1)
    listed.again.want()  # comes while it is read, and perhaps too late for that
    qtbot.waitUntil(lambda: listed.shown == 2)


def test_a_reading_that_failed_stops_no_other(listed: List, qtbot: QtBot) -> None:
    listed.fails = True
    listed.again.want()
    qtbot.waitUntil(lambda: listed.asked == 1)
    listed.fails = False
    listed.again.want()
    qtbot.waitUntil(lambda: listed.shown == 2)


def test_what_the_person_here_did_is_read_at_once_in_place_of_a_reading_under_way(
    listed: List, qtbot: QtBot
) -> None:
    listed.again.want()
    qtbot.waitUntil(lambda: listed.asked == 1)
    listed.again.want(soon=True)
    qtbot.waitUntil(lambda: listed.asked == 2)
    assert listed.shown == 0  # the first is ended, not waited for
    qtbot.waitUntil(lambda: listed.shown == 2)


def test_an_answer_that_was_lost_keeps_nobody_from_reading_for_good(
    listed: List, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_again, "_LOST_SECONDS", 0.05)
    listed.again.asked()
    listed.again.want()
    qtbot.waitUntil(lambda: listed.shown == 1)
