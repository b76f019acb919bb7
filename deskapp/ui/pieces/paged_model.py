"""A list's model: all ids at once, rows by page when the view looks at them."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from .row import RowLook, RowRole

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
KEPT_ROWS = 20 * PAGE  # the collection of garbage goes through all that is kept, within a frame
_FEW = 6  # places that are looked for one by one
_AROUND = 1000  # lines that a row moves at most when a few others come or go
_NO_PARENT = QModelIndex()


class Row(Protocol):
    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)


class PagedModel(QAbstractTableModel, Generic[R]):
    """Holds ids in list order and the rows that were looked at lately, at most ``KEPT_ROWS``.

    ``look`` says what the delegate paints, ``spoken`` what a screen reader says of a row.
    ``rows_wanted`` carries the ids of a page (list[int]), once until its rows come. A row that
    changed stays on screen as it was until the new one is here. The roles are those of ``RowRole``.
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
        self._places: dict[int, int] | None = None  # made when many places are asked for
        self._looked_up: dict[int, int | None] = {}
        self._rows: OrderedDict[int, R] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._overtaken: set[int] = set()  # changed while they were on their way here

    def show_ids(self, ids: Sequence[int], rows: Iterable[R] = ()) -> None:
        """A new list, with some of its rows. Rows known already are shown at once."""
        self.beginResetModel()
        self._keep(rows)
        self._ids = array("q", ids)
        self._places, self._looked_up = None, {}
        self._asked.clear()
        self._overtaken.clear()
        self.endResetModel()

    def take_rows(self, rows: Iterable[R]) -> None:
        """Rows that came. Those whose ids are not in the list are not kept."""
        came = self._keep(rows)
        # Only pages that wait are looked through: to know all places takes 10 ms of a frame.
        waiting = [place for page in self._asked for place in self._places_of_page(page)]
        places = [place for place in waiting if self._ids[place] in came]
        # A page of which nothing came stays asked for: what is gone is not asked for for ever.
        self._asked.difference_update({place // PAGE for place in places})
        self._redraw(places)

    def outdate(self, ids: Iterable[int] | None = None) -> None:
        """These rows changed, or any of all: they are asked for again when somebody looks."""
        if ids is None:
            self._stale = set(self._rows)
            for page in self._asked:
                self._overtaken.update(self._ids_of_page(page))
            self._asked.clear()
            self._redraw((0, len(self._ids) - 1))
            return
        # Looked for among the rows that are here or on their way, not in the whole list: the
        # engine tells of hundreds of tickets at a time, and to know all places takes 10 ms.
        changed = set(ids)
        known = changed.intersection(self._rows)
        self._stale |= known
        on_their_way = self._forget_asked(changed)
        self._overtaken |= on_their_way
        if on_their_way or known:
            self._redraw((0, len(self._ids) - 1))

    def failed(self, ids: Sequence[int]) -> None:
        """A page did not come; it is asked for again at the next look."""
        self._forget_asked(set(ids))

    def _forget_asked(self, ids: set[int]) -> set[int]:
        """Pages on their way with some of these on them are asked for anew; those found there."""
        found: set[int] = set()
        for page in list(self._asked):
            there = ids.intersection(self._ids_of_page(page))
            if there:
                self._asked.discard(page)
                found |= there
        return found

    def place_of(self, one: int, near: int | None = None) -> int | None:
        """The line in the list, from 0; None when it is not in it.

        ``near``: where it stood before. There it is found at once; to go through all takes 2 ms.
        """
        if one in self._looked_up:
            return self._looked_up[one]
        if self._places is None and len(self._looked_up) >= _FEW:
            self._places = {one: place for place, one in enumerate(self._ids)}
        if self._places is not None:
            return self._places.get(one)
        place = None if near is None else self._index(one, near - _AROUND, near + _AROUND)
        self._looked_up[one] = self._index(one) if place is None else place
        return self._looked_up[one]

    def _index(self, one: int, first: int = 0, last: int = 1 << 40) -> int | None:
        try:
            return self._ids.index(one, max(first, 0), last)
        except ValueError:
            return None

    def ids_between(self, first: int, last: int) -> list[int]:
        """Those of the lines from ``first`` to ``last``, which is one of them."""
        return self._ids[first : last + 1].tolist()

    def id_at(self, place: int) -> int:
        return self._ids[place]

    def row_at(self, place: int) -> R | None:
        """The row of a line, None while it is not here or when there is no such line."""
        return self._rows.get(self._ids[place]) if 0 <= place < len(self._ids) else None

    def rows_here(self, ids: Iterable[int]) -> list[R]:
        """Those of these rows that are here."""
        return [row for one in ids if (row := self._rows.get(one)) is not None]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        one = self._ids[index.row()]
        if role == RowRole.ID:
            return one
        row = self._rows.get(one)
        if row is None or one in self._stale:
            self._ask_for(index.row() // PAGE)
        if row is None:
            waits = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return "…" if waits else None
        if role == RowRole.LOOK:
            return self._look(row)
        if role == RowRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title_of(row)
        return self._spoken(row) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def title_of(self, row: R) -> str:
        """What a row is called where only a word fits."""
        return self._look(row).who

    def _keep(self, rows: Iterable[R]) -> Mapping[int, R]:
        came = {row.id: row for row in rows}
        self._rows.update(came)
        late = self._overtaken.intersection(came)  # read before the change: asked for again
        self._overtaken -= late
        self._stale.difference_update(came)
        self._stale |= late
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        return came

    def _places_of_page(self, page: int) -> range:
        return range(page * PAGE, min((page + 1) * PAGE, len(self._ids)))

    def _ids_of_page(self, page: int) -> "array[int]":
        return self._ids[page * PAGE : (page + 1) * PAGE]

    def _redraw(self, places: Sequence[int]) -> None:
        if places and self._ids:
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), last))

    def _ask_for(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        ids = self._ids_of_page(page)
        self.rows_wanted.emit([one for one in ids if one not in self._rows or one in self._stale])
