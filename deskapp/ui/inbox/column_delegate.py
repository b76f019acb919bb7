"""Paints one cell of the list in columns: one line, unread in strong letters."""

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskapp.domain.list_order import Column
from deskapp.domain.tickets import TicketRow
from deskapp.ui.icons import pixmap
from deskapp.ui.pieces.row import RowRole
from deskapp.ui.theme import Theme, theme

from .cells import cell
from .ticket_model import TicketListModel

Index = QModelIndex | QPersistentModelIndex

LINE = 30
_PAD, _DOT, _EDGE = 11, 6, 3  # as the titles' own padding
_MARK = 14


class ColumnDelegate(QStyledItemDelegate):
    """Knows the model's columns; every line has the same height."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme(), option.rect
        state: QStyle.StateFlag = option.state
        model = index.model()
        assert isinstance(model, TicketListModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("accent_soft" if selected else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        row = index.data(RowRole.ROW)
        column = model.columns[index.column()]
        if selected and column is model.columns[0]:
            painter.fillRect(rect.left(), rect.top(), _EDGE, rect.height(), look.colour("accent"))
        if row is None:
            _bar(painter, rect, look)
        elif column is Column.MARKS:
            _marks(painter, rect, row, look)
        else:
            _words(painter, rect, row, column, look)
        painter.restore()


def _words(painter: QPainter, rect: QRect, row: TicketRow, column: Column, look: Theme) -> None:
    shown = cell(row, column, datetime.now(UTC))
    strong = row.unread and column in (Column.CUSTOMER, Column.SUBJECT)
    font = look.fonts.text(language=row.language, bold=strong)
    room = rect.adjusted(_PAD, 0, -_PAD, 0)
    cut = QFontMetrics(font).elidedText(shown.text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(look.colour(shown.tone))
    side = Qt.AlignmentFlag.AlignRight if shown.right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, cut)


def _marks(painter: QPainter, rect: QRect, row: TicketRow, look: Theme) -> None:
    """Unread, starred, with files: each in a place of its own, so that they line up."""
    middle, left = rect.center().y(), rect.left() + _PAD
    if row.unread:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QRectF(left, middle - _DOT / 2, _DOT, _DOT))
    if row.starred:
        painter.drawPixmap(left + _MARK - 2, middle - 5, pixmap("star", 12, "warn"))
    if row.has_attachment:
        painter.drawPixmap(left + 2 * _MARK - 2, middle - 6, pixmap("attach", 12))


def _bar(painter: QPainter, rect: QRect, look: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("sunken"))
    place = QRectF(rect.left() + _PAD, rect.center().y() - 4, rect.width() * 0.6, 8)
    painter.drawRoundedRect(place, 4, 4)
