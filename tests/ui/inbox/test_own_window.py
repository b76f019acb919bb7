"""Tickets in windows of their own, and the way back to those that were open before."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.journey import Visited
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.inbox.ticket_pane import TicketPane
from deskapp.ui.own_window import OwnWindow
from deskapp.ui.own_windows import OwnWindows
from deskapp.ui.remembered import Remembered, reachable
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.inbox.opening import opened, shown
from tests.ui.sample_desk import SampleDesk

SCREEN, SECOND = QRect(0, 0, 1440, 900), QRect(1440, 0, 1920, 1080)


@pytest.fixture
def windows(work: Work, bridge: Bridge, shell: ShellActions) -> Iterator[OwnWindows]:
    owner = QObject()
    made = OwnWindows(work, bridge, shell, "Lotus", lambda _window: None, owner)
    shell.ticket_window_wanted.connect(made.open_ticket)
    yield made
    made.close_all()


def pane(window: OwnWindow) -> TicketPane:
    found = window.centralWidget()
    assert isinstance(found, TicketPane)
    return found


def test_a_ticket_has_one_window_of_its_own_which_stays_with_it(
    page: InboxPage, windows: OwnWindows, desk: SampleDesk, bridge: Bridge, qtbot: QtBot
) -> None:
    opened(page, qtbot, 1)
    page.list.list.setFocus()
    QTest.keyClick(page.list.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (window,) = windows.all()
    qtbot.waitUntil(lambda: "2041" in window.windowTitle())
    opened(page, qtbot, 3)
    assert pane(window).ticket == 1
    assert windows.open_ticket(TicketId(1)) is window
    other = windows.open_ticket(TicketId(2))
    assert len(windows.all()) == 2 and other.pos() != window.pos()
    before = pane(window).conversation.conversation
    bridge.changed.emit(Changes(tickets=frozenset({TicketId(1)})))
    qtbot.waitUntil(lambda: pane(window).conversation.conversation is not before)
    windows.close_all()
    qtbot.waitUntil(lambda: not windows.all())


def test_a_window_comes_back_where_it_was_closed(
    windows: OwnWindows, shell: ShellActions, qtbot: QtBot
) -> None:
    first = windows.open_ticket(TicketId(1))
    first.setGeometry(10, 20, 760, 560)
    windows.close_all()
    qtbot.waitUntil(lambda: not windows.all())
    again = windows.open_ticket(TicketId(2))
    assert again.size() == QSize(760, 560)
    windows.close_all()


@pytest.mark.parametrize(
    ("place", "rooms", "expected"),
    [
        (QRect(1600, 40, 800, 600), [SCREEN, SECOND], QRect(1600, 40, 800, 600)),
        (QRect(1600, 40, 800, 600), [SCREEN], QRect(320, 150, 800, 600)),
        (QRect(1600, 40, 1800, 1000), [SCREEN], QRect(0, 0, 1440, 900)),
        (QRect(1380, 40, 800, 600), [SCREEN], QRect(320, 150, 800, 600)),  # 60 pixels to hold
        (QRect(100, -300, 800, 600), [SCREEN], QRect(320, 150, 800, 600)),  # its title is above
        (QRect(-200, 20, 800, 600), [SCREEN], QRect(-200, 20, 800, 600)),
        (QRect(10, 10, 80, 60), [], QRect(10, 10, 80, 60)),
    ],
)
def test_a_window_whose_monitor_is_gone_comes_to_the_first(
    place: QRect, rooms: list[QRect], expected: QRect
) -> None:
    found = reachable(place, rooms)
    assert found.size() == expected.size()
    assert (found.topLeft() - expected.topLeft()).manhattanLength() <= 2


def test_a_window_leaves_a_monitor_that_is_gone_and_goes_back_when_it_is_there(
    tmp_path: Path,
) -> None:
    both, one = (SCREEN, SECOND), (SCREEN,)
    assert started(tmp_path, both, put=QRect(1600, 120, 1040, 780)) == [1600, 120, 1040, 780]
    x, _y, *size = started(tmp_path, one)
    assert x < 1440 and size == [1040, 780]
    assert started(tmp_path, both) == [1600, 120, 1040, 780]


def started(folder: Path, screens: tuple[QRect, ...], put: QRect | None = None) -> list[int]:
    """Where a window comes to stand in a program of its own that has these monitors."""
    names = ("x", "y", "width", "height")
    told = [
        {"name": str(n), "dpr": 1, "logicalDpi": 96, "logicalBaseDpi": 96}
        | {name: getattr(screen, name)() for name in names}
        for n, screen in enumerate(screens)
    ]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": told}))
    place = put and [getattr(put, name)() for name in names]
    command = [sys.executable, "-c", _WINDOW, str(folder / "windows.ini"), json.dumps(place)]
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    said = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
    found: list[int] = json.loads(said.stdout)
    return found


_WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from deskapp.ui.own_window import OwnWindow
from deskapp.ui.remembered import Remembered
app, kept = QApplication([]), Remembered(Path(sys.argv[1]))
window = OwnWindow(QWidget(), "", "own/ticket", kept)
place = json.loads(sys.argv[2])
if place:
    window.setGeometry(*place)
else:
    assert kept.place_window("own/ticket", window)
window.show()
app.processEvents()
at = window.geometry()
print(json.dumps([at.x(), at.y(), at.width(), at.height()]))
if place:
    window.close()
    kept.sync()
"""


def test_a_remembered_place_beyond_all_screens_is_not_taken(tmp_path: Path, qtbot: QtBot) -> None:
    remembered = Remembered(tmp_path / "windows.ini")
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(9000, 7000, 500, 300)
    remembered.put_window("own/ticket", window)
    again = QWidget()
    qtbot.addWidget(again)
    assert remembered.place_window("own/ticket", again)
    rooms = [one.availableGeometry() for one in QGuiApplication.screens()]
    assert any(room.contains(again.geometry().center()) for room in rooms)


def test_back_and_forward_lead_through_the_tickets_that_were_open(
    page: InboxPage, qtbot: QtBot
) -> None:
    for ticket in (1, 4, 2):
        opened(page, qtbot, ticket)
    back, onward = page._journey.all()
    assert back.isEnabled() and not onward.isEnabled()
    back.trigger()
    shown(page, qtbot, 4)
    back.trigger()
    shown(page, qtbot, 1)
    assert not back.isEnabled()
    onward.trigger()
    shown(page, qtbot, 4)
    assert page.list.list.current() == 4
    opened(page, qtbot, 7)
    assert not onward.isEnabled(), "what lay ahead is forgotten"


def test_the_side_buttons_of_the_mouse_go_back_and_forward(page: InboxPage, qtbot: QtBot) -> None:
    for ticket in (1, 4):
        opened(page, qtbot, ticket)
    handle = page.window().windowHandle()
    spot = QPointF(500, 200).toPoint()
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, Qt.KeyboardModifier.NoModifier, spot)
    shown(page, qtbot, 1)
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, Qt.KeyboardModifier.NoModifier, spot)
    shown(page, qtbot, 4)


def test_the_way_back_is_not_endless() -> None:
    visited = Visited()
    for ticket in range(1, 301):
        visited.went(TicketId(ticket))
    assert visited.step(-99) == 201
    assert visited.step(-1) is None
    assert visited.step(99) == 300
