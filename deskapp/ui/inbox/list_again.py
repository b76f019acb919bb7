"""When a list is read anew: while mail pours in it must not take all of a computer's time."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_AT_MOST_EVERY_MS, _AT_LEAST_EVERY_MS = 300, 1200
_SHARE = 8  # of the time at most one part for this, where that keeps within the above


class ListAgain(QObject):
    """``due`` comes a moment after the first ``want``, whatever number follows."""

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked = QElapsedTimer()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AT_MOST_EVERY_MS)
        self._pause.timeout.connect(self._now)

    def want(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def answered(self) -> None:
        """On a busy computer it is asked less often, that it may do the rest too."""
        if self._asked.isValid():
            taken = self._asked.elapsed() * _SHARE
            self._pause.setInterval(min(max(taken, _AT_MOST_EVERY_MS), _AT_LEAST_EVERY_MS))
            self._asked.invalidate()

    def _now(self) -> None:
        self._asked.start()
        self.due.emit()
