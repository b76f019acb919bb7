"""A move under way beside the windows: its thread, how far it is, and a way to stop it."""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from deskapp.domain.desk_move import MoveProgress
from deskapp.domain.stopping import Stopped

_BETWEEN_SECONDS = 0.1

Job = Callable[[Callable[[MoveProgress], None]], object]


class Moving(QObject):
    """One job at a time. A thread of its own: the lanes are for what takes a moment."""

    progressed = Signal(object)  # MoveProgress, ten times a second at most
    ended = Signal(object)  # what the job gave, or the Exception that ended it; Stopped: somebody

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._told_at = 0.0
        self.ended.connect(self._over, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        return self._thread is not None

    def begin(self, job: Job) -> None:
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(job,), name="move", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """It ends at the next rows."""
        self._stop.set()

    def _run(self, job: Job) -> None:
        try:
            found = job(self._tell)
        except Exception as fault:  # noqa: BLE001 - told or raised where it was asked for
            found = fault
        self.ended.emit(found)

    def _tell(self, progress: MoveProgress) -> None:
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if now - self._told_at >= _BETWEEN_SECONDS:
            self._told_at = now
            self.progressed.emit(progress)

    def _over(self, _found: object) -> None:
        self._thread = None
