"""When what is typed is saved: in a pause, in time without one, and again after a fault."""

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS, LONGEST_MS, AGAIN_MS = 700, 900, 5000


class Pauses(QObject):
    """``over``: one of the three has come."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._again = self._timer(AGAIN_MS)

    def typed(self) -> None:
        """The pause begins anew; the longest time without a save goes on."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def failed(self) -> None:
        self._again.start()

    def stop(self) -> None:
        for timer in (self._pause, self._longest, self._again):
            timer.stop()

    def _timer(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(self.over)
        return timer
