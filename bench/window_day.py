"""A window in which somebody works while an engine pulls: one JSON line for each figure.

    python -m bench.window_day DESK

A program of its own, so that its memory is a window's and nothing else's. What is timed ends with
the paint. Milliseconds; of each time the part in which the thread was ready and had no processor
is told too ("queued"), which is the machine's and not ours.
"""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QApplication

from bench.pulse import Pulse, clocks, idle
from deskapp.__main__ import ALLOCATIONS
from deskapp.domain.ids import TicketId
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.conversation_pane import ConversationPane
from deskapp.ui.inbox.message_body import MessageBody
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.watching import watching
from deskapp.wiring import open_house

_LONGEST_SECONDS = 20.0
_HEARTBEAT_MS = 20
_FRAME_MS = 16
_SCROLLED_FRAMES = 250
_VIEWS = ("mine", "all_open", "unassigned", "closed", "waiting", "all")
_ROUNDS = 4
_OPENED = 24


class Day:
    """What somebody does in the window, one act after the other."""

    def __init__(self, app: QApplication, shell: Shell) -> None:
        self._app, self._shell = app, shell
        page = shell.page("inbox")
        assert isinstance(page, InboxPage)
        self._page = page
        self._list = page.list.list
        self._stands = False
        page.list.stands.connect(self._list_stands)
        self._pulse = Pulse()

    def start(self) -> None:
        """The window with the first rows in it."""
        begun = clocks()
        self._shell.show()
        self._until(lambda: self._stands and self._painted())
        _say("start", [_since(begun)])
        idle(3)
        _say("memory at first", megabytes())

    def switch_views(self, name: str) -> None:
        """Each view some times, in turn: from the click to its rows painted."""
        times = []
        for _ in range(_ROUNDS):
            for view in _VIEWS:
                begun = clocks()
                self._show(view)
                times.append(_since(begun))
                idle(0.4)
        _say(name, times)

    def scroll(self, name: str) -> None:
        """The whole list by frames: by lines, by pages, and to places far away."""
        self._show("all")
        idle(1)
        bar, step = self._list.verticalScrollBar(), [0]
        loop, frames = QEventLoop(), QTimer()
        far = [bar.maximum() * (place * 37 % 100) // 100 for place in range(100)]

        def frame() -> None:
            step[0] += 1
            way = step[0] % 5
            if step[0] > _SCROLLED_FRAMES:
                loop.quit()
            elif way < 4:
                bar.setValue(bar.value() + (120 if way else bar.pageStep()))
            else:
                bar.setValue(far[step[0] // 5 % 100])
            self._list.viewport().repaint()

        frames.setTimerType(Qt.TimerType.PreciseTimer)
        frames.setInterval(_FRAME_MS)
        frames.timeout.connect(frame)
        self._pulse.forget()
        frames.start()
        loop.exec()
        frames.stop()
        pulse = self._pulse
        _say(name, {"longest": pulse.longest, "own": pulse.most_own, "work": pulse.most_work})

    def open_tickets(self) -> None:
        """Usual tickets one after the other, and again and again the one of fifty messages: until
        its newest message is painted, and until the pane is, when all beside it was asked for."""
        pane = self._page.conversation
        usual: list[tuple[float, float, float]] = []
        long: list[tuple[float, float, float]] = []
        whole: list[tuple[float, float, float]] = []
        painted = FirstPaint(pane)
        for turn in range(_OPENED):
            is_long = turn % 3 == 2
            ticket = TicketId(1 if is_long else 2_000 + 7 * turn)
            painted.wait_for(ticket)
            begun = clocks()
            self._page.open_ticket(ticket)
            self._until(lambda: _stands(pane, ticket) and painted.at is not None)  # noqa: B023
            pane.repaint()
            whole.append(_since(begun))
            assert painted.at is not None
            (long if is_long else usual).append(_since(begun, painted.at))
            idle(0.5)
        _say("open", usual)
        _say("open 50", long)
        _say("open, all beside", whole)

    def rest(self, name: str) -> None:
        """Nobody touches the window: how long it stands still of itself."""
        self._pulse.forget()
        idle(6)
        pulse = self._pulse
        _say(name, {"longest": pulse.longest, "own": pulse.most_own, "work": pulse.most_work})

    def columns(self, on: bool) -> None:
        """The list in columns, or in rows of two lines."""
        shown = self._page.list.columns
        entry = next(one for one in shown.findChildren(QAction) if one.text() == "Columns")
        if entry.isChecked() != on:
            entry.trigger()
        idle(0.5)

    def _show(self, view: str) -> None:
        self._stands = False
        self._page.show_view(view)
        self._until(lambda: self._stands and self._painted())

    def _list_stands(self) -> None:
        self._stands = True

    def _painted(self) -> bool:
        """Whether the rows in sight are there and not placeholders; if so, they are painted."""
        first = self._list.indexAt(self._list.viewport().rect().center())
        if not first.isValid() or self._list.tickets.row_at(first.row()) is None:
            return False
        self._list.viewport().repaint()
        return True

    def _until(self, condition: Callable[[], bool]) -> None:
        """Sleeps between events as the program does: a busy loop would take the lanes' core."""
        end = time.perf_counter() + _LONGEST_SECONDS
        heartbeat = QTimer()  # so that the loop always wakes up again
        heartbeat.start(_HEARTBEAT_MS)
        while not condition():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > end:
                sys.exit("waited too long for the window")


class FirstPaint:
    """When the newest message of a ticket was painted first, by ``clocks``."""

    def __init__(self, pane: ConversationPane) -> None:
        self.at: tuple[float, float, float] | None = None
        self._ticket = TicketId(0)
        paint = MessageBody.paintEvent

        def painted(body: MessageBody, event: QPaintEvent) -> None:
            paint(body, event)
            cards = pane.messages.cards
            is_newest = bool(cards) and body is cards[-1].body
            if self.at is None and is_newest and _stands(pane, self._ticket):
                self.at = clocks()

        MessageBody.paintEvent = painted  # type: ignore[assignment, method-assign]

    def wait_for(self, ticket: TicketId) -> None:
        self.at, self._ticket = None, ticket


def megabytes() -> dict[str, float]:
    """Of this process: resident now, at most, and what is its own alone."""
    status = dict(
        line.split(":", 1)
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    )
    return {
        "now": int(status["VmRSS"].split()[0]) / 1024,
        "most": int(status["VmHWM"].split()[0]) / 1024,
        "own": int(status["RssAnon"].split()[0]) / 1024,
    }


def _stands(pane: ConversationPane, ticket: TicketId) -> bool:
    shown = pane.conversation
    return shown is not None and shown.ticket.id == ticket and bool(pane.messages.cards)


def _since(
    begun: Sequence[float], now: Sequence[float] | None = None
) -> tuple[float, float, float]:
    now = now or clocks()
    gap, work, queued = (1000 * (new - old) for new, old in zip(now, begun, strict=True))
    return gap, work, queued


def _say(name: str, told: object) -> None:
    sys.stdout.write(json.dumps([name, told]) + "\n")
    sys.stdout.flush()


def main(url: str) -> None:
    """The day, then the end."""
    gc.set_threshold(ALLOCATIONS)  # as the program's own entry does, and app.py the freezing
    with tempfile.TemporaryDirectory() as name, ExitStack() as house:
        app = prepare_application(appearance="light")
        bridge = Bridge()
        desk = open_house(url, agent_name="Anna", announce=bridge.changed.emit)
        house.callback(desk.close)
        work = Work(desk)
        house.callback(work.close)
        house.enter_context(watching(desk, bridge.changed.emit))
        shell = Shell(work, bridge, Remembered(Path(name) / "windows.ini"), "Bench")
        house.callback(shell.close)
        shell.resize(1376, 800)
        day = Day(app, shell)
        gc.freeze()
        day.start()
        day.rest("rest")
        day.switch_views("switch")
        day.scroll("scroll")
        day.open_tickets()
        day.columns(True)
        day.switch_views("switch in columns")
        day.scroll("scroll in columns")
        day.columns(False)
        idle(1)
        _say("memory", megabytes())


if __name__ == "__main__":
    main(sys.argv[1])
