"""When something is read anew: while others write it must not take all of a computer's time, nor
all of a server's that hundreds of windows ask."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.domain.pace import Pace

_FIRST_SECONDS, _BETWEEN_SECONDS, _LONGEST_SECONDS = 0.3, 1.0, 1.2
_LOST_SECONDS = 60.0  # an answer that has not come by then will not


class ReadAgain(QObject):
    """``due`` comes a moment after the first ``want``, whatever number follows; while others write
    on about once a second.

    One reading at a time: who reads says ``asked`` and ``answered``, and only then comes the next.
    Else, where a reading takes longer than the pause, each would end the one before it, and a list
    would stand still for as long as others write.
    """

    due = Signal()

    def __init__(
        self, parent: QObject, first: float = _FIRST_SECONDS, between: float = _BETWEEN_SECONDS
    ) -> None:
        super().__init__(parent)
        self._first = first
        self._pace = Pace(first, between, _LONGEST_SECONDS)
        self._asked: float | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._now)

    def want(self, *, soon: bool = False) -> None:
        """``soon``: for what the person here did, who waits to see it."""
        under_way = self._asked is not None
        wait = self._first if soon else _LOST_SECONDS if under_way else self._pace.wait()
        if not self._pause.isActive() or self._pause.remainingTime() > 1000 * wait:
            self._pause.start(int(1000 * wait))

    def asked(self) -> None:
        """It is being read, because it was due or for another reason."""
        self._asked = time.monotonic()

    def answered(self) -> None:
        """What was read has come, or will not come. By a busy server it is asked less often."""
        if self._asked is not None:
            self._pace.read(self._asked)
            self._asked = None
        if self._pause.isActive():
            self.want()

    def _now(self) -> None:
        self._pace.read(time.monotonic())
        self.due.emit()
