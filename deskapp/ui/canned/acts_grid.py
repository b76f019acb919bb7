"""The fields of what a canned reply sets, beside each other or, where it is narrow, stacked."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from deskapp.ui.pieces.labels import label

_TWO_FROM = 400  # px at which two drop-downs beside each other still show their words


class ActsGrid(QWidget):
    """``choices`` in one column or two, below them the tags: ``+`` and ``–`` in one line."""

    def __init__(self, choices: Sequence[QWidget], tags: Sequence[QWidget]) -> None:
        super().__init__()
        self._choices = choices
        self._tags = QWidget(self)
        line = QHBoxLayout(self._tags)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for sign, field in zip("+–", tags, strict=True):
            line.addWidget(label(sign, tone="muted"))
            line.addWidget(field, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._columns = 0
        self._place(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= _TWO_FROM else 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, field in enumerate(self._choices):
            self._grid.addWidget(field, place // columns, place % columns)
        self._grid.addWidget(self._tags, len(self._choices), 0, 1, columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)
