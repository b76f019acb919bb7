"""A list's model: all ids at once, rows by page when the view looks at them."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from deskapp.ui.inbox.row_look import RowLook, TicketRole

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
KEPT_ROWS = 40 * PAGE
_NO_PARENT = QModelIndex()


class Row(Protocol):
    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)


class PagedModel(QAbstractListModel, Generic[R]):
    """``look`` says what the delegate paints, ``spoken`` what a screen reader says of a row.

    ``rows_wanted`` carries the ids of a page (list[int]), once until they come. A row that changed
    stays on screen as it was until the new one is here. The roles are those of ``TicketRole``.
    """

    rows_wanted = Signal(object)

    def __init__(
        self,
        look: Callable[[R], RowLook],
        spoken: Callable[[R], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._spoken = look, spoken
        self._ids = array("q")
        self._rows: OrderedDict[int, R] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()

    def show_ids(self, ids: Sequence[int]) -> None:
        """A new list. Rows known already are shown at once."""
        self.beginResetModel()
        self._ids = array("q", ids)
        self._asked.clear()
        self.endResetModel()

    def take_rows(self, asked: Sequence[int], rows: Iterable[R]) -> None:
        """Rows that came for the ids ``asked``; those that are gone are asked for no more."""
        came = {row.id: row for row in rows}
        self._rows.update(came)
        self._stale.difference_update(came)
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        self._redraw([place for one in asked if (place := self.place_of(one)) is not None])

    def outdate(self) -> None:
        """Rows may have changed: each is asked for again when somebody looks."""
        self._stale = set(self._rows)
        self._asked.clear()
        self._redraw(range(len(self._ids)))

    def failed(self, asked: Sequence[int]) -> None:
        """A page did not come; it is asked for again at the next look."""
        places = (self.place_of(one) for one in asked)
        self._asked.difference_update({place // PAGE for place in places if place is not None})

    def place_of(self, one: int) -> int | None:
        """The line in the list, from 0; None when it is not in it."""
        try:
            return self._ids.index(one)
        except ValueError:
            return None

    def id_at(self, place: int) -> int:
        return self._ids[place]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        one = self._ids[index.row()]
        if role == TicketRole.ID:
            return one
        row = self._rows.get(one)
        if row is None or one in self._stale:
            self._ask_for(index.row() // PAGE)
        if row is None:
            waits = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return "…" if waits else None
        if role == TicketRole.LOOK:
            return self._look(row)
        if role == TicketRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._look(row).who
        return self._spoken(row) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _redraw(self, places: Sequence[int]) -> None:
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def _ask_for(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        self.rows_wanted.emit([one for one in ids if one not in self._rows or one in self._stale])
