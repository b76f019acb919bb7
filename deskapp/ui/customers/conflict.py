"""Two people changed one customer: both versions side by side, and a person decides."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label


@dataclass(frozen=True, slots=True)
class Difference:
    """One field by its name on screen, as they have it and as we have it."""

    field: str
    theirs: str
    mine: str


class ConflictCard(Card):
    """Hidden until there is a conflict. ``keep_mine`` saves over theirs, seen and on purpose."""

    keep_mine = Signal()
    take_theirs = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("note", "note_edge", parent)
        told = explain(Problem(ProblemKind.CHANGED_MEANWHILE))
        self._grid_holder = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 12, 12)
        self._column.setSpacing(6)
        self._column.addWidget(label(told.title, size="strong"))
        self._column.addWidget(label(f"{told.happened} {told.safe}", wrap=True))
        self._column.addWidget(self._grid_holder)
        mine = push_button(self.tr("Save mine"), self.keep_mine.emit)
        theirs = push_button(self.tr("Take theirs"), self.take_theirs.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(mine)
        row.addWidget(theirs)
        row.addStretch(1)
        self._column.addLayout(row)
        self.hide()

    def show_both(self, differences: tuple[Difference, ...]) -> None:
        """The fields where keeping mine would replace something."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        heads = (self.tr("Field"), self.tr("Theirs"), self.tr("Yours"))
        for column, head in enumerate(heads):
            grid.addWidget(label(head, size="small", tone="muted"), 0, column)
        nothing = self.tr("(empty)")
        top = Qt.AlignmentFlag.AlignTop
        for row, one in enumerate(differences, 1):
            grid.addWidget(label(one.field), row, 0, top)
            for column, value in enumerate((one.theirs, one.mine), 1):
                shown = label(value or nothing, wrap=True, selectable=True)
                grid.addWidget(shown, row, column, top)
        self._column.replaceWidget(self._grid_holder, holder)
        self._grid_holder.deleteLater()
        self._grid_holder = holder
        holder.setVisible(bool(differences))
        self.show()
