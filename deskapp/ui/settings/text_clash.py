"""A text that stays open and that a colleague saved meanwhile: both, where it is typed."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from deskapp.domain.last_edits import LastEdit
from deskapp.ui.pieces.conflict import ConflictCard
from deskapp.ui.pieces.form_values import disputed


class TextClash(QObject):
    """``card`` stands below the field. While a person decides there, ``button`` is away: which of
    two buttons saves what would not be clear."""

    def __init__(
        self, field: QPlainTextEdit, button: QPushButton, save: Callable[[], None]
    ) -> None:
        super().__init__(field)
        self._field, self._button, self._save = field, button, save
        self._theirs = ""
        self.card = ConflictCard()
        self.card.keep_mine.connect(self._keep_mine)
        self.card.take_theirs.connect(self._take_theirs)

    def decide(self, seen: str, theirs: str, last: LastEdit | None) -> None:
        """Shows both; where only one of the two changed it there is no question."""
        self._theirs = theirs
        both = disputed({self._field: seen}, {self._field: theirs})
        if not both:
            self.end()
            self._save()
            return
        self._button.hide()
        self.card.show_both(tuple(one.told_by(last) for one in both.values()))

    def end(self) -> None:
        """Nothing is to be decided any more."""
        self.card.hide()
        self._button.show()

    def _keep_mine(self) -> None:
        self.end()
        self._save()

    def _take_theirs(self) -> None:
        self.end()
        self._field.setPlainText(self._theirs)
