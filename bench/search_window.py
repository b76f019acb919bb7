"""Types into the search field of the real window and times each key until its answers are painted:
the first tickets with their marked words, and the line of customers, orders and canned replies."""

import gc
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from deskapp.__main__ import ALLOCATIONS
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.garbage import GuiGarbage
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.wiring import open_house

_LONGEST_SECONDS = 20.0
_HEARTBEAT_MS = 10
_BETWEEN_KEYS = 0.12  # seconds: somebody who types a hundred words a minute


class Key(NamedTuple):
    """One key: milliseconds until painted, and those that the program itself computed in them."""

    painted: float
    computed: float


def type_queries(address: str, folder: Path, queries: Sequence[str]) -> list[list[Key]]:
    """Each query typed letter by letter into an empty field; its keys in order."""
    gc.set_threshold(ALLOCATIONS)  # as the program's own entry does
    app = prepare_application(appearance="light")
    GuiGarbage(app)
    bridge = Bridge()
    desk = open_house(address, agent_name="Anna", announce=bridge.changed.emit)
    work = Work(desk)
    shell = Shell(work, bridge, Remembered(folder / "windows.ini"), "Bench")
    shell.show()
    page = shell.page("inbox")
    assert isinstance(page, InboxPage)
    _wait(app, lambda: page.views.count("all") > 0 and not work.waiting)
    gc.freeze()
    try:
        return [_type(app, shell, page, query) for query in queries]
    finally:
        shell.close()
        work.close()
        desk.close()


def _type(app: QApplication, shell: Shell, page: InboxPage, query: str) -> list[Key]:
    field, came = shell.top.field, Came(page)
    field.clear()
    page.search("")
    _rest(app, 0.5)
    keys = []
    for letter in query:
        came.nothing()
        began = time.perf_counter(), time.process_time()
        before = field.text().strip()
        key = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter
        )
        app.sendEvent(field, key)
        if field.text().strip() != before:  # a space after a word asks nothing new
            _wait(app, lambda: came.all)
            page.list.list.viewport().repaint()
            page.finding.groups.repaint()
            took = time.perf_counter() - began[0], time.process_time() - began[1]
            keys.append(Key(took[0] * 1000, took[1] * 1000))
        _rest(app, began[0] + _BETWEEN_KEYS - time.perf_counter())
    came.leave()
    return keys


class Came:
    """Whether list and groups have answered since the last key."""

    def __init__(self, page: InboxPage) -> None:
        self._page = page
        self._list = self._groups = False
        page.list.stands.connect(self._list_came)
        self._show = page.finding.groups.show_groups
        page.finding.groups.show_groups = self._groups_came  # type: ignore[method-assign]

    def nothing(self) -> None:
        self._list = self._groups = False

    @property
    def all(self) -> bool:
        return self._list and self._groups

    def leave(self) -> None:
        self._page.list.stands.disconnect(self._list_came)
        self._page.finding.groups.show_groups = self._show  # type: ignore[method-assign]

    def _list_came(self) -> None:
        self._list = True

    def _groups_came(self, groups: object) -> None:
        self._show(groups)  # type: ignore[arg-type]
        self._groups = True


def _rest(app: QApplication, seconds: float) -> None:
    end = time.perf_counter() + seconds
    _wait(app, lambda: time.perf_counter() >= end)


def _wait(app: QApplication, condition: Callable[[], bool]) -> None:
    """Sleeps between events as the program does: a busy loop would take the lanes' processor."""
    end = time.perf_counter() + _LONGEST_SECONDS
    heartbeat = QTimer()  # so that the loop always wakes up again
    heartbeat.start(_HEARTBEAT_MS)
    while not condition():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise TimeoutError("the window did not answer")
