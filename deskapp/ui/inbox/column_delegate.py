"""Paints one cell of the list in columns: one line, unread in strong letters."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskapp.domain.list_order import Column
from deskapp.domain.presence import OnTicket
from deskapp.domain.tickets import TicketRow
from deskapp.ui.fonts import Fonts
from deskapp.ui.icons import pixmap
from deskapp.ui.pieces.row import RowRole
from deskapp.ui.presence_words import PICTURES, TOKENS
from deskapp.ui.theme import Theme, theme

from .cells import cell
from .ticket_model import TicketListModel

Index = QModelIndex | QPersistentModelIndex

LINE = 30
_PAD, _DOT, _EDGE = 11, 6, 3  # as the titles' own padding
_MARK = 14
_STRONG = (Column.CUSTOMER, Column.SUBJECT)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ColumnDelegate(QStyledItemDelegate):
    """Knows the model's columns; every line has the same height.

    A screen has some 300 cells, all of them painted anew in a frame of scrolling: what is the same
    for many of them is worked out once.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faces: dict[tuple[str, bool], tuple[QFont, QFontMetrics]] = {}
        self._fonts: Fonts | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme(), option.rect
        state: QStyle.StateFlag = option.state
        model = index.model()
        assert isinstance(model, TicketListModel)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("accent_soft" if selected else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        row = model.data(index, RowRole.ROW)
        column = model.columns[index.column()]
        if selected and column is model.columns[0]:
            painter.fillRect(rect.left(), rect.top(), _EDGE, rect.height(), look.colour("accent"))
        painter.save()
        if row is None or column is Column.MARKS:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if row is None:
                _bar(painter, rect, look)
            else:
                _marks(painter, rect, row, look)
                _colleague(painter, rect, model.present(row.id))
        else:
            self._words(painter, rect, row, column, look)
        painter.restore()

    def _words(
        self, painter: QPainter, rect: QRect, row: TicketRow, column: Column, look: Theme
    ) -> None:
        shown = cell(row, column, datetime.now(UTC))
        if not shown.text:
            return
        strong = row.unread and column in _STRONG
        font, metrics = self._face(row.language, strong, look)
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        cut = metrics.elidedText(shown.text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(look.colour(shown.tone))
        painter.drawText(room, _AT_RIGHT if shown.right else _AT_LEFT, cut)

    def _face(self, language: str, strong: bool, look: Theme) -> tuple[QFont, QFontMetrics]:
        """The font of a language, which takes longer to find than to write a word with it."""
        if self._fonts is not look.fonts:
            self._fonts = look.fonts
            self._faces.clear()
        if (known := self._faces.get((language, strong))) is not None:
            return known
        font = look.fonts.text(language=language, bold=strong)
        self._faces[language, strong] = made = font, QFontMetrics(font)
        return made


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


def _colleague(painter: QPainter, rect: QRect, people: Sequence[OnTicket]) -> None:
    """What somebody does on the ticket now, behind the other marks; the tool tip says who."""
    if people:
        doing = people[0].doing
        drawn = pixmap(PICTURES[doing], 12, TOKENS[doing][0])
        painter.drawPixmap(rect.left() + _PAD + 3 * _MARK - 1, rect.center().y() - 6, drawn)


def _bar(painter: QPainter, rect: QRect, look: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("sunken"))
    place = QRectF(rect.left() + _PAD, rect.center().y() - 4, rect.width() * 0.6, 8)
    painter.drawRoundedRect(place, 4, 4)
