"""The inbox on a desk of 100 000 tickets: first paint, longest frame, a conversation of 50.

    python3 dev.py bench windows [TICKETS]

Runs offscreen. "Frame" is the time one turn of the event loop takes while the list is scrolled;
the screen's own frame is 16.7 ms.
"""

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from bench.big_desk import build
from deskapp.__main__ import ALLOCATIONS
from deskapp.domain.ids import TicketId
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.wiring import open_house

_LONGEST_SECONDS = 20.0
_HEARTBEAT_MS = 20
_MADE = 40  # cards made without asking; the older ones wait behind a button


def main(tickets: int = 100_000) -> None:
    """Measures and prints."""
    gc.set_threshold(ALLOCATIONS)  # as the program's own entry does, and app.py the freezing
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "desk.db"
        start = time.perf_counter()
        build(path, tickets).close()
        print(f"desk of {tickets} tickets built in {time.perf_counter() - start:.1f} s, "
              f"{path.stat().st_size / 1e6:.0f} MB")  # fmt: skip
        app = prepare_application(appearance="light")
        bridge = Bridge()
        desk = open_house(str(path), agent_name="Anna", announce=bridge.changed.emit)
        work = Work(desk)
        shell = Shell(work, bridge, Remembered(Path(name) / "windows.ini"), "Bench")
        gc.freeze()
        try:
            _measure(app, shell)
        finally:
            shell.close()
            work.close()
            desk.close()


def _measure(app: QApplication, shell: Shell) -> None:
    start = time.perf_counter()
    shell.show()
    page = shell.page("inbox")
    assert isinstance(page, InboxPage)
    listing = page.list.list
    _until(app, lambda: listing.model().rowCount() > 0 and _painted(listing))
    print(f"list, first paint with rows   {1000 * (time.perf_counter() - start):7.1f} ms")
    start = time.perf_counter()
    page.show_view("all")
    _until(app, lambda: listing.model().rowCount() > 50_000 and _painted(listing))
    print(f"view of all, first paint      {1000 * (time.perf_counter() - start):7.1f} ms")
    _scroll(app, listing)
    _conversation(app, page)


def _painted(listing: QTableView) -> bool:
    """Whether the rows in sight are there and not placeholders."""
    first = listing.indexAt(listing.viewport().rect().center())
    return first.isValid() and first.data() not in (None, "…")


def _scroll(app: QApplication, listing: QTableView) -> None:
    bar = listing.verticalScrollBar()
    frames = []
    for step in range(400):
        bar.setValue(int(bar.maximum() * (step * 37 % 400) / 400))
        start = time.perf_counter()
        app.processEvents()
        listing.viewport().repaint()
        frames.append(1000 * (time.perf_counter() - start))
    print(f"scrolling, longest frame      {max(frames):7.1f} ms   "
          f"median {statistics.median(frames):.1f} ms")  # fmt: skip


def _conversation(app: QApplication, page: InboxPage) -> None:
    """From the click to the newest messages painted, and until all cards made at once stand."""
    pane, seen, whole = page.conversation, [], []
    for turn in range(8):
        page.open_ticket(TicketId(2 + turn))
        _until(app, lambda: len(pane.messages.cards) == 1)
        _idle(app)
        start = time.perf_counter()
        page.open_ticket(TicketId(1))
        _until(app, lambda: len(pane.messages.cards) > 1)
        app.processEvents()
        pane.messages.viewport().repaint()
        seen.append(1000 * (time.perf_counter() - start))
        _until(app, lambda: len(pane.messages.cards) == _MADE)
        whole.append(1000 * (time.perf_counter() - start))
    for label, times in (("newest painted", seen[1:]), ("all cards made", whole[1:])):
        print(f"conversation of 50, {label}{statistics.median(times):7.1f} ms   "
              f"worst {max(times):.1f} ms")  # fmt: skip


def _idle(app: QApplication) -> None:
    end = time.perf_counter() + 0.2
    while time.perf_counter() < end:
        app.processEvents()


def _until(app: QApplication, condition: Callable[[], bool]) -> None:
    """Sleeps between events as the program does: a busy loop would take the lanes' processor."""
    end = time.perf_counter() + _LONGEST_SECONDS
    heartbeat = QTimer()  # so that the loop always wakes up again
    heartbeat.start(_HEARTBEAT_MS)
    while not condition():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            sys.exit("waited too long for the window")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
