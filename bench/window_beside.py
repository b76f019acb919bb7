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
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from bench.pulse import Pulse
from deskapp.__main__ import ALLOCATIONS
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.watching import watching
from deskapp.wiring import open_house

_SETTLED_MS = 2000


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
