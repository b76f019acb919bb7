"""The columns of an order file with sample values; a person says what each one means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from deskapp.domain.order_files import ColumnMapping, FilePreview, OrderField
from deskapp.ui.pieces import form

from .file_words import field_name

_SAMPLES, _ROW = 3, 36


class MappingTable(QTableWidget):
    """One line a column. ``edited`` comes when a person has said something else than we think."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
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

    def show_preview(self, preview: FilePreview) -> None:
        """A file's columns, and what we take them for."""
        self._header = preview.header
        self.setRowCount(len(preview.header))
        for row, column in enumerate(preview.header):
            values = [cells[row] for cells in preview.sample[:_SAMPLES] if row < len(cells)]
            samples = " · ".join(" ".join(value.split()) for value in values if value.strip())
            self.setItem(row, 0, QTableWidgetItem(column or self.tr("(no title)")))
            self.setItem(row, 1, QTableWidgetItem(samples))
            means = form.choice(_meanings(self), None)
            means.setAccessibleName(self.tr("Meaning of {column}").replace("{column}", column))
            means.activated.connect(self._meant)
            self.setCellWidget(row, 2, means)
        self.show_mapping(preview.mapping)

    def show_mapping(self, mapping: ColumnMapping) -> None:
        """What the columns are taken for; announces nothing."""
        meanings = {column: field for field, column in mapping.items()}
        for row, column in enumerate(self._header):
            form.choose(self._means(row), meanings.get(column))

    def mapping(self) -> ColumnMapping:
        """What a person sees in the table."""
        said = ((self._means(row).currentData(), column) for row, column in enumerate(self._header))
        return {OrderField(field): column for field, column in said if field is not None}

    def say(self, column: str, field: OrderField | None) -> None:
        """As if a person had chosen it: a field belongs to one column only."""
        for row, name in enumerate(self._header):
            if name == column:
                form.choose(self._means(row), field)
            elif field is not None and self._means(row).currentData() == field:
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
                self.say(column, self._means(row).currentData())
                return


def _meanings(table: MappingTable) -> list[tuple[str, object]]:
    unused: list[tuple[str, object]] = [(table.tr("not used"), None)]
    return unused + [(field_name(field), field) for field in OrderField]
