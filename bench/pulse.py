"""How long a GUI thread stood still, and how much of that it worked or had no processor."""

import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer

_BEAT_MS = 4
_QUEUED = Path("/proc/thread-self/schedstat")


class Pulse:
    """Beats in the GUI thread and remembers how long it once stood still; all in ms.

    ``longest``: between two beats, of it at work, of it without a processor. ``most_own``: the
    longest less such waits, which does not grow with what else the machine does.
    """

    def __init__(self) -> None:
        self.forget()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def forget(self) -> None:
        """Begins anew."""
        self.longest = (0.0, 0.0, 0.0)
        self.most_work = self.most_own = 0.0
        self.beats = 0
        self._at = clocks()

    def _beat(self) -> None:
        now = clocks()
        gap, work, queued = (1000 * (new - old) for new, old in zip(now, self._at, strict=True))
        self._at = now
        self.beats += 1
        self.longest = max(self.longest, (gap, work, queued))
        self.most_work = max(self.most_work, work)
        self.most_own = max(self.most_own, gap - queued)


def clocks() -> tuple[float, float, float]:
    """Seconds: of the clock, of this thread's work, and of its waits for a processor.

    The last is the kernel's own count (Linux, schedstat; elsewhere it stays 0).
    """
    queued = 0.0
    if _QUEUED.exists():
        queued = int(_QUEUED.read_text(encoding="ascii").split()[1]) / 1e9
    return time.perf_counter(), time.thread_time(), queued


def idle(seconds: float) -> None:
    """Lets the window live as it does between two acts of a person."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()
