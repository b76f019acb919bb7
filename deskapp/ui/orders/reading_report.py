"""What a dry run found: how many orders, what was assumed, and each row that was not taken."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from deskapp.domain.order_faults import RowFault
from deskapp.domain.order_files import Reading
from deskapp.domain.problem import Problem
from deskapp.ui import text
from deskapp.ui.errors import explain
from deskapp.ui.pieces.labels import label, set_tone

from .file_words import assumption, fault

_MOST_SHOWN, _ROWS_IN_SIGHT = 500, 40
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ReadingReport(QWidget):
    """Words first; the table of rows is there only when there are some."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = label(size="strong", wrap=True)
        self.assumed = label(tone="muted", wrap=True, selectable=True)
        self.faults = QTableWidget(0, 5)
        self.faults.setAccessibleName(self.tr("Rows that cannot be imported"))
        self.faults.setHorizontalHeaderLabels(
            [
                self.tr("Row"),
                self.tr("Why"),
                self.tr("What stands there"),
                self.tr("Column"),
                self.tr("Order"),
            ]
        )
        self.faults.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.faults.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.faults.setShowGrid(False)
        self.faults.verticalHeader().hide()
        self.faults.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.faults.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        if (first := self.faults.horizontalHeaderItem(0)) is not None:
            first.setTextAlignment(_RIGHT)
        for place, width in ((0, 64), (2, 180), (3, 130), (4, 110)):
            self.faults.setColumnWidth(place, width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.summary, self.assumed):
            column.addWidget(part)
        column.addWidget(self.faults, 1)
        column.addStretch()
        self.say("")

    def say(self, sentence: str, tone: str = "muted") -> None:
        """One sentence and nothing else, as before a file was read."""
        self.summary.setText(sentence)
        set_tone(self.summary, tone)
        self.assumed.hide()
        self.faults.hide()

    def show_problem(self, problem: Problem) -> None:
        """Why the file as a whole cannot be read."""
        self.say(explain(problem).in_one(), "bad")

    def show_reading(self, reading: Reading) -> None:
        """Counts, assumptions and the rows left out."""
        rows = self.tr("%n row(s) read", "", reading.rows)
        orders = self.tr("%n order(s) can be imported", "", len(reading.orders))
        left = self.tr("%n row(s) cannot", "", len(reading.faults))
        parts = [rows, orders] + ([left] if reading.faults else [])
        self.say(" · ".join(parts), "" if reading.orders else "bad")
        self.assumed.setText("\n".join(assumption(one) for one in reading.assumed))
        self.assumed.setVisible(bool(reading.assumed))
        self._show_faults(reading.faults)

    def _show_faults(self, faults: tuple[RowFault, ...]) -> None:
        self.faults.setVisible(bool(faults))
        shown = faults[:_MOST_SHOWN]
        self.faults.setRowCount(len(shown))
        for row, one in enumerate(shown):
            cells = (text.number(one.row), fault(one), one.value, one.column, one.number)
            for place, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                if place == 0:
                    item.setTextAlignment(_RIGHT)
                self.faults.setItem(row, place, item)
        rows = sum(self.faults.rowHeight(row) for row in range(min(len(shown), _ROWS_IN_SIGHT)))
        self.faults.setMaximumHeight(self.faults.horizontalHeader().sizeHint().height() + rows + 4)
