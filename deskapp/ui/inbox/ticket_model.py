"""The ticket list's model: a paged list of tickets, looked at now and by somebody."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.list_order import Column
from deskapp.domain.presence import OnTicket
from deskapp.domain.tickets import TicketRow
from deskapp.ui.pieces.labels import plain_tip
from deskapp.ui.pieces.paged_model import Index, PagedModel
from deskapp.ui.pieces.row import RowLook

from .cells import cell, title
from .row_look import hint, row_look, said_by, spoken

_NO_PARENT = QModelIndex()
_TITLE_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_FLAG = Qt.ItemFlag
_LINE_FLAGS = _FLAG.ItemIsSelectable | _FLAG.ItemIsEnabled | _FLAG.ItemNeverHasChildren
_LINE_FLAGS |= _FLAG.ItemIsDragEnabled  # onto a view


class TicketListModel(PagedModel[TicketRow]):
    """``me`` is whose own name is left out of the rows, ``said`` what the list's title says.
    ``present`` says who else is on a ticket; it is asked whenever a row is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self._look_now, self._spoken_now, parent)
        self.me: AgentId | None = None
        self.said = said_by("")
        self.columns: tuple[Column, ...] = ()
        self.present: Callable[[int], Sequence[OnTicket]] = _nobody

    def show_columns(self, columns: Sequence[Column]) -> None:
        """A cell for each of these; none: one line says it all."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else max(len(self.columns), 1)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        is_title = orientation == Qt.Orientation.Horizontal and section < len(self.columns)
        if not is_title:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in _TITLE_ROLES:
            return None
        narrow = column is Column.MARKS and role == Qt.ItemDataRole.DisplayRole
        return "" if narrow else title(column)

    def id_at(self, place: int) -> TicketId:
        return TicketId(super().id_at(place))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be dragged onto a view."""
        return _LINE_FLAGS if index.isValid() else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.row_at(index.row())
            return (
                None
                if row is None
                else plain_tip(hint(row, datetime.now(UTC), self.present(row.id)))
            )
        if role == Qt.ItemDataRole.DisplayRole and self.columns:
            row = self.row_at(index.row())
            if row is not None:
                return cell(row, self.columns[index.column()], datetime.now(UTC)).text
        return super().data(index, role)

    def title_of(self, row: TicketRow) -> str:
        return row.subject

    def _look_now(self, row: TicketRow) -> RowLook:
        return row_look(row, datetime.now(UTC), self.me, self.said, self.present(row.id))

    def _spoken_now(self, row: TicketRow) -> str:
        return spoken(row, datetime.now(UTC), self.present(row.id))


def _nobody(_ticket: int) -> Sequence[OnTicket]:
    return ()
