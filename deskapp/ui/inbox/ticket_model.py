"""The ticket list's model: all ids at once, rows by page when the view looks at them."""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.tickets import TicketRow

from .row_look import TicketRole, row_look, spoken

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
KEPT_ROWS = 40 * PAGE
_NO_PARENT = QModelIndex()


class TicketListModel(QAbstractListModel):
    """Holds ids in list order and the rows that were looked at lately, at most ``KEPT_ROWS``.

    ``rows_wanted`` carries the ids of a page, once until its rows come. A row that changed stays
    on screen as it was until the new one is here.
    """

    rows_wanted = Signal(object)  # list[TicketId]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.me: AgentId | None = None  # whose own name is left out of the rows
        self._ids = array("q")
        self._places: dict[int, int] | None = None  # made at the first question for a place
        self._rows: OrderedDict[TicketId, TicketRow] = OrderedDict()
        self._stale: set[TicketId] = set()
        self._asked: set[int] = set()

    def show_ids(self, ids: Sequence[TicketId], rows: Iterable[TicketRow] = ()) -> None:
        """A new list, with some of its rows. Rows known already are shown at once."""
        self.beginResetModel()
        self._keep(rows)
        self._ids = array("q", ids)
        self._places = None
        self._asked.clear()
        self.endResetModel()

    def take_rows(self, rows: Iterable[TicketRow]) -> None:
        """Rows that came. Those whose ids are not in the list are not kept."""
        came = self._keep(rows)
        # Only pages that wait are looked through: to know all places takes 10 ms of a frame.
        waiting = [place for page in self._asked for place in self._places_of_page(page)]
        places = [place for place in waiting if self.id_at(place) in came]
        self._asked.difference_update({place // PAGE for place in places})
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def _keep(self, rows: Iterable[TicketRow]) -> Mapping[TicketId, TicketRow]:
        came = {row.id: row for row in rows}
        self._rows.update(came)
        self._stale.difference_update(came)
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        return came

    def _places_of_page(self, page: int) -> range:
        return range(page * PAGE, min((page + 1) * PAGE, len(self._ids)))

    def outdate(self, tickets: Iterable[TicketId]) -> None:
        """These tickets changed: their rows are asked for again when somebody looks."""
        for ticket in tickets:
            if ticket in self._rows:
                self._stale.add(ticket)
            if (place := self.place_of(ticket)) is not None:
                self._asked.discard(place // PAGE)
                self.dataChanged.emit(self.index(place), self.index(place))

    def failed(self, ids: Sequence[TicketId]) -> None:
        """A page did not come; it is asked for again at the next look."""
        for ticket in ids:
            if (place := self.place_of(ticket)) is not None:
                self._asked.discard(place // PAGE)

    def place_of(self, ticket: TicketId) -> int | None:
        """The ticket's line in the list, from 0; None when it is not in it."""
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self._ids)}
        return self._places.get(ticket)

    def id_at(self, place: int) -> TicketId:
        return TicketId(self._ids[place])

    def row_at(self, place: int) -> TicketRow | None:
        """The row of a line, None while it is not here or when there is no such line."""
        if not 0 <= place < len(self._ids):
            return None
        return self._rows.get(self.id_at(place))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        ticket = self.id_at(index.row())
        if role == TicketRole.ID:
            return ticket
        row = self._rows.get(ticket)
        if row is None or ticket in self._stale:
            self._ask_for(index.row() // PAGE)
        if row is None:
            waits = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return "…" if waits else None
        return self._answer(row, role)

    def _answer(self, row: TicketRow, role: int) -> Any:
        if role == TicketRole.LOOK:
            return row_look(row, datetime.now(UTC), self.me)
        if role == TicketRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.subject
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, datetime.now(UTC))
        return None

    def _ask_for(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        self.rows_wanted.emit(
            [
                TicketId(i)
                for i in ids
                if TicketId(i) not in self._rows or TicketId(i) in self._stale
            ]
        )
