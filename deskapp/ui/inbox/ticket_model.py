"""The ticket list's model: a paged list of tickets, looked at now and by somebody."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.tickets import TicketRow
from deskapp.ui.pieces.paged_model import PagedModel
from deskapp.ui.pieces.row import RowLook

from .row_look import row_look, spoken


class TicketListModel(PagedModel[TicketRow]):
    """``me`` is whose own name is left out of the rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self._look_now, self._spoken_now, parent)
        self.me: AgentId | None = None

    def id_at(self, place: int) -> TicketId:
        return TicketId(super().id_at(place))

    def title_of(self, row: TicketRow) -> str:
        return row.subject

    def _look_now(self, row: TicketRow) -> RowLook:
        return row_look(row, datetime.now(UTC), self.me)

    def _spoken_now(self, row: TicketRow) -> str:
        return spoken(row, datetime.now(UTC))
