"""When something is read anew: while others write it must not take all of a computer's time, nor
all of a server's that hundreds of windows ask."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.domain.pace import Pace

_FIRST_SECONDS, _BETWEEN_SECONDS, _LONGEST_SECONDS = 0.3, 1.0, 1.2


class ReadAgain(QObject):
    """``due`` comes a moment after the first ``want``, whatever number follows; while others write
    on about once a second."""

    due = Signal()

    def __init__(self, parent: QObject, first: float = _FIRST_SECONDS) -> None:
        super().__init__(parent)
        self._first = first
        self._pace = Pace(first, _BETWEEN_SECONDS, _LONGEST_SECONDS)
        self._asked: float | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._now)

    def want(self, *, soon: bool = False) -> None:
        """``soon``: for what the person here did, who waits to see it."""
        wait = 1000 * (self._first if soon else self._pace.wait())
        if not self._pause.isActive() or self._pause.remainingTime() > wait:
            self._pause.start(int(wait))

    def answered(self) -> None:
        """On a busy computer, or by a busy server, it is asked less often."""
        if self._asked is not None:
            self._pace.read(self._asked)
            self._asked = None

    def _now(self) -> None:
        self._asked = time.monotonic()
        self._pace.read(self._asked)
        self.due.emit()
