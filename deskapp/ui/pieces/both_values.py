"""Fields that two people changed: what stood there, theirs and ours, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.last_edits import LastEdit
from deskapp.ui import text

from .labels import label

_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Difference:
    """One field by its name on screen, as they have it and as we have it.

    ``seen``: what stood there when we looked, None where nobody says. ``who`` set theirs ``at``.
    """

    field: str
    theirs: str
    mine: str
    seen: str | None = None
    who: str = ""
    at: datetime | None = None

    def told_by(self, last: LastEdit | None) -> Difference:
        """With who set theirs, where that is known."""
        return self if last is None else replace(self, who=last.who, at=last.at)


class BothValues(QWidget):
    """A line for each. ``choosing``: a person can choose of each, ours at first."""

    def __init__(self, differences: tuple[Difference, ...], *, choosing: bool) -> None:
        super().__init__()
        self._choices: list[QRadioButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        seen = any(one.seen is not None for one in differences)
        heads = [self.tr("Field"), *([self.tr("You saw")] if seen else [])]
        for column, head in enumerate([*heads, self.tr("Theirs"), self.tr("Yours")]):
            self._grid.addWidget(label(head, size="small", tone="muted"), 0, column)
            self._grid.setColumnStretch(column, 2 if column else 1)
        for row, one in enumerate(differences, 1):
            self._add(row, one, seen=seen, choosing=choosing)

    def taken(self) -> tuple[int, ...]:
        """Of which differences theirs is chosen."""
        return tuple(place for place, one in enumerate(self._choices) if one.isChecked())

    def _add(self, row: int, one: Difference, *, seen: bool, choosing: bool) -> None:
        theirs, mine = _with_author(self._value(one.theirs), one), self._value(one.mine)
        if choosing:
            theirs, mine = self._to_choose(one.field, theirs, mine)
        cells = [label(one.field, wrap=True), theirs, mine]
        if seen:
            cells.insert(1, self._value(one.seen or ""))
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, row, column, _TOP)

    def _value(self, words: str) -> QWidget:
        return label(words or self.tr("(empty)"), wrap=True, selectable=True)

    def _to_choose(self, field: str, theirs: QWidget, mine: QWidget) -> tuple[QWidget, QWidget]:
        both = QButtonGroup(self)
        cells = []
        for shown, said in (
            (theirs, self.tr("{field}: theirs")),
            (mine, self.tr("{field}: yours")),
        ):
            button, cell = QRadioButton(), QWidget()
            button.setAccessibleName(said.replace("{field}", field))
            both.addButton(button)
            row = QHBoxLayout(cell)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(button, 0, _TOP)
            row.addWidget(shown, 1)
            cells.append(cell)
        own, other = both.buttons()[1], both.buttons()[0]
        own.setChecked(True)
        assert isinstance(other, QRadioButton)
        self._choices.append(other)
        return cells[0], cells[1]


def _with_author(shown: QWidget, one: Difference) -> QWidget:
    """Theirs, with who set it and how long ago below it."""
    if one.at is None:
        return shown
    said = author_words(one.who, one.at)
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(shown)
    column.addWidget(label(said, size="small", tone="muted", wrap=True))
    return both


def author_words(who: str, at: datetime) -> str:
    """ "Anna, 4 min ago"."""
    now = datetime.now(at.tzinfo)
    ago = QCoreApplication.translate("ConflictCard", "{who}, {span} ago")
    if now - at < timedelta(minutes=1):
        ago = QCoreApplication.translate("ConflictCard", "{who}, just now")
    itself = QCoreApplication.translate("ConflictCard", "by itself")
    return ago.replace("{who}", who or itself).replace("{span}", text.age(at, now))
