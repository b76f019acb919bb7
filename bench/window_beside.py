"""A window that shows the inbox of a desk while something else works on it: how long it froze.

    python -m bench.window_beside DESK

A program of its own. Prints "shown" when the list stands, and when its stdin ends, one JSON
object, all in ms: the longest time between two beats of the GUI thread, how much of it the thread
worked itself and how much it was ready but had no processor; and the longest time less that wait,
which does not grow with what else the machine does.
"""

import gc
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from deskapp.__main__ import ALLOCATIONS
from deskapp.app import watching
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.wiring import open_house

_BEAT_MS = 4
_SETTLED_MS = 2000
_QUEUED = Path("/proc/thread-self/schedstat")


class Pulse:
    """Beats in the GUI thread and remembers how long it once stood still."""

    def __init__(self) -> None:
        self.forget()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def forget(self) -> None:
        """Begins anew: what was before is the start of the program."""
        self.longest = (0.0, 0.0, 0.0)  # between beats; of it at work; of it without a processor
        self.most_work = self.most_own = 0.0
        self.beats = 0
        self._at = _clocks()

    def _beat(self) -> None:
        now = _clocks()
        gap, work, queued = (1000 * (new - old) for new, old in zip(now, self._at, strict=True))
        self._at = now
        self.beats += 1
        self.longest = max(self.longest, (gap, work, queued))
        self.most_work = max(self.most_work, work)
        self.most_own = max(self.most_own, gap - queued)


def _clocks() -> tuple[float, float, float]:
    """Seconds: of the clock, of this thread's work, and of its waits for a processor.

    The last is the kernel's own count (Linux, schedstat; elsewhere it stays 0).
    """
    queued = 0.0
    if _QUEUED.exists():
        queued = int(_QUEUED.read_text(encoding="ascii").split()[1]) / 1e9
    return time.perf_counter(), time.thread_time(), queued


def main(url: str) -> None:
    """Shows the inbox until stdin ends."""
    gc.set_threshold(ALLOCATIONS)
    with tempfile.TemporaryDirectory() as name, ExitStack() as house:
        app = prepare_application(appearance="light")
        bridge = Bridge()
        desk = open_house(url, announce=bridge.changed.emit)
        house.callback(desk.close)
        work = Work(desk)
        house.callback(work.close)
        house.enter_context(watching(desk, bridge.changed.emit))
        shell = Shell(work, bridge, Remembered(Path(name) / "windows.ini"), "Bench")
        house.callback(shell.close)
        shell.resize(1376, 800)
        shell.show()
        gc.freeze()
        pulse = Pulse()
        QTimer.singleShot(_SETTLED_MS, lambda: _ready(pulse))
        end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        end.activated.connect(QApplication.quit)
        app.exec()
        gap, worked, queued = pulse.longest
        told = {"longest": gap, "worked": worked, "queued": queued, "beats": pulse.beats}
        _say(json.dumps(told | {"most_work": pulse.most_work, "most_own": pulse.most_own}))


def _ready(pulse: Pulse) -> None:
    pulse.forget()
    _say("shown")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
