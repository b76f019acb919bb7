"""A form of something that colleagues change too: nobody's change is replaced unseen."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.announce import announce
from deskapp.ui.work import Work

from .conflict import ConflictCard
from .form import make_room
from .form_dialog import FormDialog
from .form_values import disputed, put

Row = TypeVar("Row")


class SharedForm(FormDialog, Generic[Row]):
    """``row``: what was seen, None for something new. Who inherits saves on what was seen, and
    gives what the desk refuses to ``refused``."""

    def __init__(
        self, work: Work, row: Row | None, title: str, label_width: int, parent: QWidget | None
    ) -> None:
        super().__init__(title, label_width=label_width, parent=parent)
        self._work, self._row = work, row
        self.conflict = ConflictCard()
        self.conflict.keep_mine.connect(self._keep_mine)
        self.conflict.take_theirs.connect(self._take_theirs)

    def newest(self, desk: Desk, row: Row) -> Row:
        """As it stands now. In a lane. Raises Problem(NOT_FOUND)."""
        raise NotImplementedError

    def standing(self, row: Row) -> Mapping[QWidget, object]:
        """What its fields show of a row, as ``form_values.value`` gives it."""
        raise NotImplementedError

    def save(self) -> None:
        """Saves what is typed on what was seen."""
        raise NotImplementedError

    def refused(self, problem: Problem) -> None:
        """The desk did not take it; a colleague's change is looked at, and shown beside ours."""
        row = self._row
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or row is None:
            super().refused(problem)
            return
        self._work.ask(
            lambda desk: self.newest(desk, row), self._theirs_came, super().refused, owner=self
        )

    def _theirs_came(self, theirs: Row) -> None:
        if self._row is None:
            return
        seen, now = self.standing(self._row), self.standing(theirs)
        self._row = theirs
        both = disputed(seen, now)
        if not both:
            self.save()
            return
        self._show_conflict()
        self.conflict.show_both(both)
        make_room(self)
        announce(self, self.conflict.words.text(), urgent=True)

    def _show_conflict(self) -> None:
        """Above the buttons; Save is one of its own while it stands there."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        if column.indexOf(self.conflict) < 0:
            column.insertWidget(column.indexOf(self.told), self.conflict)
        self.told.hide()
        self._primary.hide()

    def _end_conflict(self) -> None:
        self.conflict.hide()
        self._primary.show()

    def _keep_mine(self) -> None:
        self._end_conflict()
        self.save()

    def _take_theirs(self) -> None:
        if self._row is not None:
            for field, now in self.standing(self._row).items():
                put(field, now)
        self._end_conflict()
