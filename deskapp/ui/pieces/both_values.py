"""Fields that two people changed: what stood there, theirs and ours, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.last_edits import LastEdit
from deskapp.ui import text

from .labels import label

_TOP = Qt.AlignmentFlag.AlignTop
_GAP = 16  # px between columns
_NAMES_EM, _COLUMN_EM = 9, 8  # times the height of a letter: names at most, values at least


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


@dataclass(frozen=True, slots=True)
class _Line:
    """One field on screen. ``values`` in the order of the heads, each with its ``side`` where they
    stand below ``title``; beside each other they follow ``name``."""

    name: QLabel
    title: QLabel
    values: tuple[QWidget, ...]
    sides: tuple[QLabel, ...]


class BothValues(QWidget):
    """A line for each. ``choosing``: a person can choose of each, ours at first.

    Where there is no room for columns the values of a field stand below each other.
    """

    def __init__(self, differences: tuple[Difference, ...], *, choosing: bool) -> None:
        super().__init__()
        self._choices: list[QRadioButton] = []
        self._first: list[QWidget] = []  # what stands beside the first line of a value
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(6)
        self._seen = any(one.seen is not None for one in differences)
        self._heads = (self._head(self.tr("Field")), *self._sides())
        self._first.clear()  # these stand in a line of their own
        self._lines = [self._line(one, choosing=choosing) for one in differences]
        self._below: bool | None = None
        self.fit(0)

    def taken(self) -> tuple[int, ...]:
        """Of which differences theirs is chosen."""
        return tuple(place for place, one in enumerate(self._choices) if one.isChecked())

    def stops(self) -> list[QWidget]:
        """What Tab leads to, as it is read."""
        parts = (part for line in self._lines for value in line.values for part in _within(value))
        return [part for part in parts if part.focusPolicy() is not Qt.FocusPolicy.NoFocus]

    def fit(self, width: int) -> None:
        """Columns where that many pixels have room for them, else lines; 0: not known yet."""
        self.ensurePolished()
        em, count = self.fontInfo().pixelSize(), len(self._heads) - 1
        names = min(self._names_wide(), _NAMES_EM * em)
        room = width - names - _GAP * count
        wanted = (self._column_wide(column) for column in range(count))
        below = width > 0 and room < max(sum(wanted), _COLUMN_EM * em * count)
        self._grid.setColumnMinimumWidth(0, 0 if below else names)
        for one in self._first:
            one.setMinimumHeight(self.fontMetrics().height())
        if below != self._below:
            self._below = below
            self._place()

    def _names_wide(self) -> int:
        """What the names of the fields need in one line."""
        words = (self._heads[0], *(line.name for line in self._lines))
        return max(one.fontMetrics().horizontalAdvance(one.text()) for one in words) + 2

    def _column_wide(self, column: int) -> int:
        """Its longest word."""
        cells = (line.values[column] for line in self._lines)
        return max((one.minimumSizeHint().width() for one in cells), default=0)

    def _place(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for head in self._heads:
            head.setVisible(not self._below)
        for line in self._lines:
            line.name.setVisible(not self._below)
            for one in (line.title, *line.sides):
                one.setVisible(bool(self._below))
        for column in range(len(self._heads)):
            beside = 2 if column else 0
            self._grid.setColumnStretch(column, int(column == 1) if self._below else beside)
        if self._below:
            self._place_below()
        else:
            self._place_beside()

    def _place_beside(self) -> None:
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
        for row, line in enumerate(self._lines, 1):
            for column, cell in enumerate((line.name, *line.values)):
                self._grid.addWidget(cell, row, column, _TOP)

    def _place_below(self) -> None:
        row = 0
        for line in self._lines:
            self._grid.addWidget(line.title, row, 0, 1, 2)
            for side, value in zip(line.sides, line.values, strict=True):
                row += 1
                self._grid.addWidget(side, row, 0, _TOP)
                self._grid.addWidget(value, row, 1, _TOP)
            row += 1

    def _sides(self) -> tuple[QLabel, ...]:
        said = [self.tr("You saw")] if self._seen else []
        made = [self._head(one) for one in (*said, self.tr("Theirs"), self.tr("Yours"))]
        self._first += made
        return tuple(made)

    def _head(self, words: str) -> QLabel:
        return label(words, size="small", tone="muted", parent=self)

    def _line(self, one: Difference, *, choosing: bool) -> _Line:
        theirs, mine = _with_author(self._value(one.theirs), one), self._value(one.mine)
        if choosing:
            theirs, mine = self._to_choose(one.field, theirs, mine)
        seen = (self._value(one.seen or ""),) if self._seen else ()
        name = label(one.field, wrap=True, parent=self)
        title = label(one.field, size="strong", wrap=True, parent=self)
        return _Line(name, title, (*seen, theirs, mine), self._sides())

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
            self._first.append(button)
            row = QHBoxLayout(cell)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(button, 0, _TOP)
            row.addWidget(shown, 1)
            cells.append(cell)
        own, other = both.buttons()[1], both.buttons()[0]
        own.setChecked(True)
        other.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab leads to what is chosen
        assert isinstance(other, QRadioButton)
        self._choices.append(other)
        return cells[0], cells[1]


def _within(value: QWidget) -> list[QWidget]:
    return [value, *value.findChildren(QWidget)]


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
