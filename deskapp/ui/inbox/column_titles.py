"""The titles above the list's columns: they sort, and keep their widths and places."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from deskapp.domain.list_order import SORTABLE, Column, ListOrder

from .cells import WIDTHS


class ColumnTitles(QHeaderView):
    """``sorted_by`` carries a ListOrder: up, then down, then None for the list's own order."""

    sorted_by = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[Column, ...] = ()
        self.order: ListOrder | None = None
        self.setStretchLastSection(True)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionClicked.connect(self._clicked)
        self.hide()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """These, as wide as at first; none: no titles."""
        self._columns = tuple(columns)
        self.setVisible(bool(columns))
        for place, column in enumerate(self._columns):
            self.resizeSection(place, WIDTHS[column])
        self._mark()

    def kept(self) -> QByteArray:
        """Widths and places, to be remembered."""
        return self.saveState()

    def put(self, state: QByteArray) -> None:
        """Widths and places of an earlier time."""
        if state:
            self.restoreState(state)
            self._mark()

    def _clicked(self, section: int) -> None:
        column = self._columns[section]
        if column not in SORTABLE:
            return
        if self.order is None or self.order.column is not column:
            self.order = ListOrder(column)
        else:
            self.order = None if self.order.descending else ListOrder(column, descending=True)
        self._mark()
        self.sorted_by.emit(self.order)

    def _mark(self) -> None:
        shown = self.order is not None and self.order.column in self._columns
        self.setSortIndicatorShown(shown)
        if shown and self.order is not None:
            down = Qt.SortOrder.DescendingOrder if self.order.descending else None
            place = self._columns.index(self.order.column)
            self.setSortIndicator(place, down or Qt.SortOrder.AscendingOrder)
