"""Looks to it that snoozed tickets come back while the window is open, engine or none."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.domain.ids import TicketId
from deskapp.ui.work import LATER, Work

_LONGEST_MS = 60_000  # the clock may be set, and the machine may sleep
_AFTER_MS = 50  # the time itself has passed when the lists are read


class Waking(QObject):
    """``woke``: a list of TicketId whose time has come just now."""

    woke = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._wake)

    def look(self) -> None:
        """Asks when the next one comes back; also after a change that may have moved it."""
        self._work.ask(
            lambda desk: desk.snoozes.next(),
            self._wait,
            lambda _problem: self._wait(None),
            owner=self,
            lane=LATER,
            topic="waking",
        )

    def _wait(self, due: datetime | None) -> None:
        left = _LONGEST_MS
        if due is not None:
            left = int((due - datetime.now(UTC)).total_seconds() * 1000) + _AFTER_MS
        self._timer.start(min(max(left, _AFTER_MS), _LONGEST_MS))

    def _wake(self) -> None:
        self._work.do(
            lambda desk: desk.snoozes.wake(),
            self._woken,
            lambda _problem: self._wait(None),  # out of reach: the engine or the next look does it
            owner=self,
            told="",
        )

    def _woken(self, tickets: list[TicketId]) -> None:
        if tickets:
            self.woke.emit(tickets)
        self.look()
