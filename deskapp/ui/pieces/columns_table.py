"""The columns of a file with sample values; a person says what each one means."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from . import form

_SAMPLES, _ROW = 3, 36


class ColumnsTable(QTableWidget):
    """One line a column. ``meanings`` are (words, value); a value belongs to one column only.
    ``edited`` comes when a person has said something else than we think."""

    edited = Signal()

    def __init__(
        self, meanings: Sequence[tuple[str, object]], parent: QWidget | None = None
    ) -> None:
        super().__init__(0, 3, parent)
        self._meanings = [(self.tr("not used"), None), *meanings]
        self.setAccessibleName(self.tr("Columns of the file"))
        self.setHorizontalHeaderLabels(
            [self.tr("Column"), self.tr("First values"), self.tr("Means")]
        )
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(5 * _ROW)  # the header and four columns
        self.setColumnWidth(0, 200)
        self.setColumnWidth(2, 200)
        self._header: tuple[str, ...] = ()

    def show_columns(
        self,
        header: Sequence[str],
        sample: Sequence[Sequence[str]],
        meant: Mapping[str, object],
    ) -> None:
        """A file's columns with their first values, and what we take them for (by heading)."""
        self._header = tuple(header)
        self.setRowCount(len(self._header))
        for row, column in enumerate(self._header):
            values = [cells[row] for cells in sample[:_SAMPLES] if row < len(cells)]
            samples = " · ".join(" ".join(value.split()) for value in values if value.strip())
            self.setItem(row, 0, QTableWidgetItem(column or self.tr("(no title)")))
            self.setItem(row, 1, QTableWidgetItem(samples))
            means = form.choice(self._meanings, None)
            means.setAccessibleName(self.tr("Meaning of {column}").replace("{column}", column))
            means.activated.connect(self._meant)
            self.setCellWidget(row, 2, means)
        self.show_meant(meant)

    def show_meant(self, meant: Mapping[str, object]) -> None:
        """What the columns are taken for; announces nothing."""
        for row, column in enumerate(self._header):
            form.choose(self._means(row), meant.get(column))

    def meant(self) -> dict[str, object]:
        """What a person sees in the table: heading -> value, those not used left out."""
        said = ((column, self._means(row).currentData()) for row, column in enumerate(self._header))
        return {column: value for column, value in said if value is not None}

    def say_of(self, column: str, value: object) -> None:
        """As if a person had chosen it."""
        for row, name in enumerate(self._header):
            if name == column:
                form.choose(self._means(row), value)
            elif value is not None and self._means(row).currentData() == value:
                form.choose(self._means(row), None)
        self.edited.emit()

    def _means(self, row: int) -> form.Choice:
        means = self.cellWidget(row, 2)
        if not isinstance(means, form.Choice):
            raise TypeError("a column without its meaning")
        return means

    def _meant(self, _place: int) -> None:
        for row, column in enumerate(self._header):
            if self._means(row) is self.sender():
                self.say_of(column, self._means(row).currentData())
                return
