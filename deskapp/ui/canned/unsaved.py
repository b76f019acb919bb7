"""Keeps what is typed into canned replies through crashes and refused saves."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.problem import Problem
from deskapp.ui.work import Work

from .edit_files import EditFiles, LeftEdit, still_unsaved
from .editing import Editing

if TYPE_CHECKING:
    from deskapp.desk import Desk

_AFTER_MS = 500


class Unsaved(QObject):
    """``edits`` tells what is not saved now; ``returned``: an Editing that another window had not
    saved when it ended, looked for whenever ``shown`` comes to the front.
    """

    returned = Signal(object)

    def __init__(
        self, work: Work, folder: Path, edits: Callable[[], Sequence[Editing]], shown: QWidget
    ) -> None:
        super().__init__(shown)
        self._work, self._edits = work, edits
        self._files: EditFiles | None = None
        self._coming: set[Path] = set()
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        shown.installEventFilter(self)
        work.ask(lambda desk: (f"{desk.identity()}/{desk.agent}", folder), self._begin, owner=self)

    def typed(self) -> None:
        """Kept at the latest after ``_AFTER_MS``, also while somebody types on."""
        if not self._soon.isActive():
            self._soon.start()

    def keep(self) -> None:
        """Writes down what is not saved now."""
        if self._files is not None:
            self._files.keep(self._edits())

    def end(self) -> None:
        """The window closes: what cannot be saved is there for the next one."""
        self._soon.stop()
        self.keep()
        if self._files is not None:
            self._files.release()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowActivate):
            self._look()
        return super().eventFilter(watched, event)

    def _begin(self, answer: tuple[str, Path]) -> None:
        owner, folder = answer
        self._files = EditFiles(folder, owner)
        self.keep()
        self._look()

    def _look(self) -> None:
        if self._files is None:
            return
        for left in self._files.left():
            if left.file not in self._coming:
                self._coming.add(left.file)
                # On the write lane: a save of the window that closed comes before.
                self._work.do(
                    partial(_compared, left),
                    partial(self._came, left),
                    partial(self._not_come, left),
                    owner=self,
                )

    def _not_come(self, left: LeftEdit, _problem: Problem) -> None:
        """The file stays, and is looked at again with the next look."""
        self._coming.discard(left.file)

    def _came(self, left: LeftEdit, editing: Editing | None) -> None:
        self._coming.discard(left.file)
        if editing is not None:
            self.returned.emit(editing)
            self.keep()  # before the other window's file goes
        if self._files is not None:
            self._files.settle(left)


def _compared(left: LeftEdit, desk: "Desk") -> Editing | None:
    return still_unsaved(desk, left)
