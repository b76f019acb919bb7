"""Work on thousands of tickets: short writes one after the other, so that other work goes between
them and it can be stopped at any of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from deskapp.domain.problem import Problem
from deskapp.ui.work import Work

if TYPE_CHECKING:
    from deskapp.desk import Desk

Step = Callable[["Desk"], int | None]
"""One short write: how many tickets it saw to, or None when nothing was left to do."""


class LongRun(QObject):
    """``advanced`` carries how many are done; ``ended`` how many, and whether it was stopped."""

    advanced = Signal(int)
    ended = Signal(int, bool)
    failed = Signal(object)  # Problem; what was done until then stays

    def __init__(self, work: Work, step: Step, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._step = work, step
        self._done = 0
        self._stopped = False

    def start(self) -> None:
        self._work.do(self._step, self._stepped, self._failed, owner=self)

    def stop(self) -> None:
        """What is done stays done; the write under way ends first."""
        self._stopped = True

    def _stepped(self, count: int | None) -> None:
        if count is not None:
            self._done += count
            self.advanced.emit(self._done)
            if not self._stopped:
                self.start()
                return
        self.ended.emit(self._done, self._stopped)
        self.deleteLater()

    def _failed(self, problem: Problem) -> None:
        self.failed.emit(problem)
        self.ended.emit(self._done, True)
        self.deleteLater()
