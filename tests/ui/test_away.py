"""The desk's database goes away and comes back: what is shown stays, what was pressed waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

from deskapp.domain.attempt import note_commit
from deskapp.domain.line import Line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.bridge import Bridge
from deskapp.ui.closing_away import ClosingAway
from deskapp.ui.line_banner import LineBanner
from deskapp.ui.line_watch import LineWatch
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.troubles import Troubles
from deskapp.ui.undo.bar import ActBar
from deskapp.ui.work import LATER, Work

Heard = list[Any]
AWAY = Problem(ProblemKind.DATABASE_UNREACHABLE, place="db.example")


@dataclass
class Server:
    """What jobs of these tests ask; ``away`` as long as it is set."""

    away: bool = False

    def answer(self, what: str) -> Callable[[object], str]:
        def job(_desk: object) -> str:
            if self.away:
                raise AWAY
            return what

        return job


@dataclass
class Windows:
    work: Work
    bridge: Bridge
    line: LineWatch
    banner: LineBanner
    server: Server

    def leave(self) -> None:
        self.server.away = True
        self.bridge.line.emit(Line(datetime.now(UTC), AWAY))

    def come_back(self) -> None:
        self.server.away = False
        self.bridge.line.emit(Line(datetime.now(UTC), back=True))


@pytest.fixture
def windows(qtbot: QtBot) -> Iterator[Windows]:
    work, bridge = Work(object()), Bridge()  # type: ignore[arg-type]
    line = LineWatch(work, bridge, work)
    banner = LineBanner(line)
    qtbot.addWidget(banner)
    yield Windows(work, bridge, line, banner, Server())
    assert work.close()


def test_reads_wait_and_are_answered_when_it_is_back(windows: Windows, qtbot: QtBot) -> None:
    owner, came = QObject(), Heard()
    windows.leave()
    for lane in ("database", LATER):
        windows.work.ask(windows.server.answer(lane), came.append, owner=owner, lane=lane)
    with qtbot.waitSignal(windows.work.stands):
        pass
    assert came == [] and not windows.banner.isHidden()
    windows.come_back()
    qtbot.waitUntil(lambda: sorted(came) == ["database", LATER])
    assert windows.banner.isHidden()


def test_a_read_that_is_wanted_no_more_is_not_asked_again(windows: Windows, qtbot: QtBot) -> None:
    owner, came = QObject(), Heard()
    windows.leave()
    windows.work.ask(windows.server.answer("old"), came.append, owner=owner, topic="list")
    windows.work.ask(windows.server.answer("new"), came.append, owner=owner, topic="list")
    windows.come_back()
    qtbot.waitUntil(lambda: not windows.work.waiting)
    assert came == ["new"]


def test_what_was_pressed_waits_in_order_and_is_written_once(
    windows: Windows, qtbot: QtBot
) -> None:
    owner, written = QObject(), Heard()
    windows.leave()
    for told in ("Close ticket 7", "Note on ticket 8"):
        windows.work.do(windows.server.answer(told), written.append, owner=owner, told=told)
    windows.work.do(windows.server.answer("seen"), written.append, owner=owner, told="")
    waiting = [one.told for one in windows.work.waiting_writes()]
    assert waiting == ["Close ticket 7", "Note on ticket 8"]
    assert "2" in windows.banner.waiting.text() and not windows.banner.waiting.isHidden()
    windows.come_back()
    qtbot.waitUntil(lambda: written == ["Close ticket 7", "Note on ticket 8", "seen"])
    assert windows.work.waiting_writes() == ()


def test_what_waits_can_be_given_up(windows: Windows, qtbot: QtBot) -> None:
    owner, written, refused = QObject(), Heard(), Heard()
    windows.leave()
    long = f"Subject of one: {'很長' * 90}"
    for told in (long, "two"):
        windows.work.do(
            windows.server.answer(told), written.append, refused.append, owner=owner, told=told
        )
    windows.banner._fill_menu()
    menu = windows.banner._menu
    first = menu.actions()[0]
    assert "Subject of one" in first.text() and first.toolTip() == long
    assert menu.fontMetrics().horizontalAdvance(first.text()) < 600
    first.trigger()
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert refused[0].details["what"] == "given_up"
    windows.come_back()
    qtbot.waitUntil(lambda: written == ["two"])


def test_what_has_committed_is_not_begun_anew(windows: Windows, qtbot: QtBot) -> None:
    owner, refused, begun = QObject(), Heard(), Heard()

    def half(_desk: object) -> None:
        begun.append(1)
        note_commit()
        raise AWAY

    windows.work.do(half, None, refused.append, owner=owner)
    qtbot.waitUntil(lambda: bool(refused))
    assert begun == [1]


def test_a_dialog_is_told_at_once_and_keeps_its_fields(windows: Windows, qtbot: QtBot) -> None:
    dialog, refused = QDialog(), Heard()
    qtbot.addWidget(dialog)
    windows.leave()
    windows.work.do(windows.server.answer("x"), None, refused.append, owner=dialog)
    qtbot.waitUntil(lambda: refused == [AWAY])


def test_a_connection_that_comes_again_at_once_is_not_told(windows: Windows, qtbot: QtBot) -> None:
    owner, came, tries = QObject(), Heard(), Heard()

    def job(_desk: object) -> int:
        tries.append(1)
        if len(tries) < 2:
            raise AWAY
        return len(tries)

    with qtbot.assertNotEmitted(windows.line.changed):
        windows.work.ask(job, came.append, owner=owner)
        qtbot.waitUntil(lambda: came == [2])


def test_without_a_word_of_the_line_a_lane_that_stands_still_is_told(
    windows: Windows, qtbot: QtBot
) -> None:
    owner, came = QObject(), Heard()
    windows.server.away = True
    windows.work.ask(windows.server.answer("row"), came.append, owner=owner)
    with qtbot.waitSignal(windows.line.changed):
        pass
    assert windows.line.away
    windows.server.away = False
    windows.banner.again.click()
    qtbot.waitUntil(lambda: came == ["row"] and not windows.line.away)


def test_ten_refusals_open_no_box(windows: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    from deskapp.ui.remembered import Remembered

    window, bar = QMainWindow(), ActBar()
    qtbot.addWidget(window)
    qtbot.addWidget(bar)
    asked = ShellActions(Remembered(tmp_path / "windows.ini"))
    Troubles(windows.work, asked, bar, windows.line, window)
    for _ in range(10):
        asked.trouble(AWAY)
    boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    assert not any(box.isVisible() for box in boxes)
    assert "cannot be reached" in bar.words.text()


def test_a_window_is_not_closed_on_what_waits_without_a_question(
    windows: Windows, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    ClosingAway(windows.line, window)
    window.show()
    windows.leave()
    windows.work.do(windows.server.answer("x"), owner=window, told="Status of ticket 7")
    answers = ["Wait for it", "Close anyway"]

    def press() -> None:
        [box] = window.findChildren(QMessageBox)
        wanted = answers.pop(0)
        next(one for one in box.buttons() if one.text() == wanted).click()
        box.setParent(None)

    QTimer.singleShot(0, press)
    assert not window.close() and window.isVisible()
    QTimer.singleShot(0, press)
    assert window.close()
    windows.come_back()


@pytest.mark.parametrize(
    "why",
    [
        Problem(ProblemKind.SCHEMA_NEWER, what="write", found="0002", known="0001"),
        Problem(ProblemKind.DESK_MOVED, to="postgresql://lotus/desk"),
    ],
)
def test_a_desk_that_left_this_program_behind_is_told_above_what_can_still_be_read(
    windows: Windows, qtbot: QtBot, why: Problem
) -> None:
    windows.bridge.line.emit(Line(datetime.now(UTC), why))
    said = f"{windows.banner.title.text()} {windows.banner.words.text()}"
    assert "away" not in said and "your text is kept" in said
    assert str(why.details.get("to", "Update deskapp")) in said
    assert windows.banner.again.isHidden() and not windows.banner.isHidden()
    came = Heard()
    windows.work.ask(windows.server.answer("read"), came.append, owner=windows.line)
    qtbot.waitUntil(lambda: came == ["read"])
    assert windows.line.away
    windows.come_back()
    assert windows.banner.isHidden()


def test_its_buttons_are_reached_by_tab_as_they_stand_and_esc_leaves_it(
    windows: Windows, qtbot: QtBot
) -> None:
    with qtbot.waitActive(windows.banner):
        windows.banner.show()
    windows.leave()
    windows.work.do(windows.server.answer("x"), owner=windows.banner, told="Status of ticket 7")
    qtbot.waitUntil(windows.banner.waiting.isVisible)
    windows.banner.waiting.setFocus()
    qtbot.keyClick(windows.banner.waiting, Qt.Key.Key_Tab)
    assert windows.banner.again.hasFocus()
    qtbot.keyClick(windows.banner.again, Qt.Key.Key_Escape)
    assert windows.banner.isVisible() and windows.work.waiting_writes()
    windows.come_back()
    qtbot.waitUntil(lambda: not windows.work.waiting)
