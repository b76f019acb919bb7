"""The desk is away when the program starts: a window says so, and goes on when it is back."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.setup.desk_away import DeskAway, Left, open_waiting
from deskapp.wiring import open_house

PLACE = "postgresql://db.example/desk"


class Server:
    """Away for the first ``tries`` questions."""

    def __init__(self, folder: Path, tries: int, kind: ProblemKind) -> None:
        self.left, self.kind = tries, kind
        self.place = str(folder / "desk.db")
        self.windows: list[str] = []

    def open(self, _address: str, _waits: Callable[[], None]) -> Desk:
        if self.left:
            self.left -= 1
            raise Problem(self.kind, place="db.example")
        return open_house(self.place, create=True)


@pytest.fixture
def press(qtbot: QtBot) -> "Press":
    return Press()


class Press:
    """Presses a button of the window as soon as it has said something; keeps what it said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.button = "again"
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, DeskAway) and one.isVisible() and one._pause.isActive():
                self.said.append(one.title.text())
                getattr(one, self.button).click()


def test_a_desk_that_answers_shows_no_window(tmp_path: Path, press: Press) -> None:
    server = Server(tmp_path, 0, ProblemKind.DATABASE_UNREACHABLE)
    open_waiting(server.open)(PLACE).close()
    assert press.said == []


def test_it_says_that_the_desk_is_away_and_opens_when_it_is_back(
    tmp_path: Path, press: Press
) -> None:
    server = Server(tmp_path, 2, ProblemKind.DATABASE_UNREACHABLE)
    open_waiting(server.open)(PLACE).close()
    assert press.said and set(press.said) == {"The database is away"}


def test_who_will_not_wait_leaves(tmp_path: Path, press: Press) -> None:
    press.button = "leave"
    with pytest.raises(Left):
        open_waiting(Server(tmp_path, 9, ProblemKind.DATABASE_UNREACHABLE).open)(PLACE)


def test_what_is_no_absence_is_told_as_before(tmp_path: Path, press: Press) -> None:
    with pytest.raises(Problem) as told:
        open_waiting(Server(tmp_path, 1, ProblemKind.NO_SECRET).open)(PLACE)
    assert told.value.kind is ProblemKind.NO_SECRET and press.said == []


def test_who_starts_while_another_program_upgrades_is_told_so_and_goes_on(
    tmp_path: Path, qtbot: QtBot
) -> None:
    said, seen = list[str](), threading.Event()

    def opening(waits: Callable[[], None]) -> Desk:
        waits()
        assert seen.wait(10)
        return open_house(str(tmp_path / "desk.db"), create=True)

    away = DeskAway(str(tmp_path), opening)
    qtbot.addWidget(away)

    def look() -> None:
        if away.isVisible() and "upgraded" in away.title.text():
            said.append(f"{away.words.text()} {away.state.text()}")
            seen.set()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    desk = away.opened()
    timer.stop()
    assert desk is not None and "goes on by itself" in said[0]
    desk.close()


def test_the_keyboard_stays_on_its_button_while_it_asks(tmp_path: Path, qtbot: QtBot) -> None:
    server = Server(tmp_path, 9, ProblemKind.DATABASE_UNREACHABLE)
    away = DeskAway(PLACE, lambda waits: server.open("", waits))
    qtbot.addWidget(away)
    with qtbot.waitActive(away):
        away.show()
    for _ in range(2):
        assert away.again.hasFocus()
        away.ask_again()
        assert away.again.hasFocus()
        qtbot.waitUntil(away._pause.isActive)
    away.reject()
