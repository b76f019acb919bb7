"""The inbox on a desk of 100 000 tickets: first paint, longest frame, a conversation of 50.

    python3 dev.py bench windows [TICKETS]

Runs offscreen. "Frame" is the time one turn of the event loop takes while the list is scrolled;
the screen's own frame is 16.7 ms.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QListView

from bench.big_desk import build
from deskapp.domain.ids import TicketId
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.wiring import open_house

_LONGEST_SECONDS = 20.0


def main(tickets: int = 100_000) -> None:
    """Measures and prints."""
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
    listing = next(view for view in page.findChildren(QListView) if view.model() is not None)
    _until(app, lambda: listing.model().rowCount() > 0 and _painted(listing))
    print(f"list, first paint with rows   {1000 * (time.perf_counter() - start):7.1f} ms")
    page.open_view("all")  # type: ignore[attr-defined]
    start = time.perf_counter()
    _until(app, lambda: listing.model().rowCount() > 50_000 and _painted(listing))
    print(f"view of all, first paint      {1000 * (time.perf_counter() - start):7.1f} ms")
    _scroll(app, listing)
    _conversation(app, page)


def _painted(listing: QListView) -> bool:
    """Whether the rows in sight are there and not placeholders."""
    first = listing.indexAt(listing.viewport().rect().center())
    return first.isValid() and first.data() not in (None, "…")


def _scroll(app: QApplication, listing: QListView) -> None:
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


def _conversation(app: QApplication, page: object) -> None:
    times = []
    for turn in range(6):
        start = time.perf_counter()
        page.open_ticket(TicketId(1))  # type: ignore[attr-defined]
        _until(app, lambda: page.shown_messages() >= 50)  # type: ignore[attr-defined]
        app.processEvents()
        if turn:
            times.append(1000 * (time.perf_counter() - start))
        page.open_ticket(TicketId(2 + turn))  # type: ignore[attr-defined]
        _until(app, lambda: 0 < page.shown_messages() < 50)  # type: ignore[attr-defined]
    print(f"conversation of 50 messages   {statistics.median(times):7.1f} ms   "
          f"worst {max(times):.1f} ms")  # fmt: skip


def _until(app: QApplication, condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + _LONGEST_SECONDS
    while not condition():
        app.processEvents()
        if time.perf_counter() > end:
            sys.exit("waited too long for the window")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
