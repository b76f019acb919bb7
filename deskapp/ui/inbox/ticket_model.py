"""The ticket list's model: a paged list of tickets, looked at now and by somebody."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Qt

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.tickets import TicketRow
from deskapp.ui.pieces.labels import plain_tip
from deskapp.ui.pieces.paged_model import Index, PagedModel
from deskapp.ui.pieces.row import RowLook

from .row_look import hint, row_look, spoken


class TicketListModel(PagedModel[TicketRow]):
    """``me`` is whose own name is left out of the rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self._look_now, self._spoken_now, parent)
        self.me: AgentId | None = None

    def id_at(self, place: int) -> TicketId:
        return TicketId(super().id_at(place))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be dragged onto a view."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.row_at(index.row())
            return None if row is None else plain_tip(hint(row, datetime.now(UTC)))
        return super().data(index, role)

    def title_of(self, row: TicketRow) -> str:
        return row.subject

    def _look_now(self, row: TicketRow) -> RowLook:
        return row_look(row, datetime.now(UTC), self.me)

    def _spoken_now(self, row: TicketRow) -> str:
        return spoken(row, datetime.now(UTC))
