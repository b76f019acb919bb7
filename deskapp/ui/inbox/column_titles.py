"""The titles above the list's columns: they sort, and keep their widths and places."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from deskapp.domain.list_order import SORTABLE, Column, ListOrder

from .cells import UNCUT, WIDTHS

_LEAST = 64  # pixels of a column that gives way
_LEAST_SHARE = 0.55  # of its width; where even that is too much, the list scrolls sideways


class ColumnTitles(QHeaderView):
    """``sorted_by`` carries a ListOrder: up, then down, then None for the list's own order.

    Widths follow the list's until a person has chosen them.
    """

    sorted_by = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[Column, ...] = ()
        self.order: ListOrder | None = None
        self._fitting = self._chosen = False  # widths: by us, by a person
        self.setStretchLastSection(True)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionClicked.connect(self._clicked)
        self.sectionResized.connect(self._was_resized)
        self.hide()

    def show_columns(self, columns: Sequence[Column], room: int) -> None:
        """These, as wide as at first or as ``room`` pixels allow; none: no titles."""
        self._columns, self._chosen = tuple(columns), False
        self.setVisible(bool(columns))
        self.fit(room)
        self._mark()

    def fit(self, room: int) -> None:
        """The list is so wide now: what nobody chose gives way."""
        if self._chosen:
            return
        self._fitting = True
        for place, width in enumerate(fitted(self._columns, room)):
            self.resizeSection(place, width)
        self._fitting = False

    def kept(self) -> QByteArray:
        """Widths and places that a person chose, to be remembered; empty where nobody did."""
        moved = any(self.visualIndex(place) != place for place in range(len(self._columns)))
        return self.saveState() if self._chosen or moved else QByteArray()

    def put(self, state: QByteArray) -> None:
        """Widths and places of an earlier time."""
        if state and self.restoreState(state):
            self._chosen = True
            self._mark()

    def _was_resized(self, section: int, _before: int, _now: int) -> None:
        """The last one Qt stretches by itself."""
        if not self._fitting and self.visualIndex(section) != self.count() - 1:
            self._chosen = True

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


def fitted(columns: Sequence[Column], room: int) -> list[int]:
    """The widths of columns that stand in ``room`` pixels together, where they can."""
    uncut = sum(WIDTHS[one] for one in columns if one in UNCUT)
    others = sum(WIDTHS[one] for one in columns if one not in UNCUT)
    share = min(1.0, max((room - uncut) / others, _LEAST_SHARE)) if others else 1.0
    widths = [
        WIDTHS[one] if one in UNCUT else max(int(WIDTHS[one] * share), _LEAST) for one in columns
    ]
    giving = [place for place, one in enumerate(columns) if one not in UNCUT]
    if giving and 0 < (excess := sum(widths) - room) < _LEAST:  # some could not give their share
        widest = max(giving, key=widths.__getitem__)
        widths[widest] = max(widths[widest] - excess, _LEAST)
    wide = next((one for one in (Column.SUBJECT, Column.CUSTOMER) if one in columns), None)
    if wide is not None and (left := room - sum(widths)) > 0:
        widths[list(columns).index(wide)] += left * 2 // 3  # the last one takes the rest
    return widths
