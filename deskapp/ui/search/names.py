"""The desk's own words for operators, asked once in a while and given at once."""

from collections.abc import Sequence
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Signal

from deskapp.domain.problem import Problem
from deskapp.ui.work import Work

_FRESH_SECONDS = 20.0


class KnownNames(QObject):
    """``came`` says that names are here now which were not when they were asked for."""

    came = Signal()

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._known: dict[str, tuple[str, ...]] = {}
        self._asked: dict[str, float] = {}

    def names(self, operator: str) -> Sequence[str]:
        """What is known; asks the desk behind it when that is old."""
        now = monotonic()
        if now - self._asked.get(operator, -_FRESH_SECONDS) >= _FRESH_SECONDS:
            self._asked[operator] = now
            self._work.ask(
                lambda desk: desk.search.names(operator),
                partial(self._take, operator),
                self._failed,
                owner=self,
                topic=operator,
            )
        return self._known.get(operator, ())

    def _take(self, operator: str, names: tuple[str, ...]) -> None:
        if self._known.get(operator) != names:
            self._known[operator] = names
            self.came.emit()

    def _failed(self, _problem: Problem) -> None:
        """The operators complete without names; the search itself says what is wrong."""
