"""Paints a line of a list: who and when, subject and snippet, chips."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskapp.domain.search_answers import HIT_END, HIT_START
from deskapp.ui.icons import pixmap
from deskapp.ui.theme import Theme, theme

from .row import RowLook, RowRole
from .row_chips import draw_chips
from .row_ground import paint_ground

Index = QModelIndex | QPersistentModelIndex

COMFORTABLE, COMPACT = 80, 56
_LEFT, _RIGHT, _LINE = 16, 12, 18
_DOT, _STAR, _STAR_GAP = 6, 12, 5
_CHIPS_SHARE = 0.55  # of a compact row's second line is the subject's at least
_TONES = ("muted", "text")  # of a snippet, and of a hit in it
_BETWEEN = " — "
# Marks that turn the reading order by force: with them "exe.gpj" reads as "jpg.exe".
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class RowDelegate(QStyledItemDelegate):
    """Knows RowLook and the theme, not what the row is. The height is the same for every row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.height = COMFORTABLE

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, rect, state, look)
        row = index.data(RowRole.LOOK)
        if isinstance(row, RowLook):
            selected = bool(state & QStyle.StateFlag.State_Selected)
            room = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
            self._row(painter, room, _on_selection(row) if selected else row, look)
            if row.unread:
                self._dot(painter, rect.left() + 5, self._top(rect) + _LINE // 2, look)
        else:
            self._bars(painter, rect.adjusted(_LEFT, 0, -_RIGHT, 0), look)
        painter.restore()

    def _top(self, rect: QRect) -> int:
        return rect.top() + 9

    def _row(self, painter: QPainter, room: QRect, row: RowLook, look: Theme) -> None:
        top = self._top(room)
        plain = look.fonts.text(language=row.language)
        strong = look.fonts.text(language=row.language, bold=True)
        first = QRect(room.left(), top, room.width(), _LINE)
        marked = row.when_tone != "muted"
        when_font = look.fonts.text(look.fonts.px - 1, bold=marked)
        width = QFontMetrics(when_font).horizontalAdvance(row.when)
        painter.setFont(when_font)
        painter.setPen(look.colour(row.when_tone))
        painter.drawText(
            first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.when
        )
        if row.starred:
            width += _STAR + _STAR_GAP
            star = pixmap("star", _STAR, "warn")
            painter.drawPixmap(first.right() + 1 - width, first.top() + 3, star)
        who = first.adjusted(0, 0, -width - 10, 0)
        who_font = strong if row.unread or row.strong else plain
        _text(painter, who, row.who, who_font, look, "text")
        second = first.translated(0, _LINE)
        if self.height < COMFORTABLE and row.chips:
            chips = second.adjusted(int(second.width() * _CHIPS_SHARE), 1, 0, 0)
            taken = draw_chips(painter, chips, row.chips, row.language, look, at_right=True)
            second.adjust(0, 0, -taken - 6, 0)
        subject_font = strong if row.unread else plain
        used = _text(painter, second, row.subject, subject_font, look, row.subject_tone)
        if row.snippet and used < second.width() - 40:
            rest = second.adjusted(used, 0, 0, 0)
            _snippet(painter, rest, row.snippet, plain, look)
        if self.height >= COMFORTABLE:
            below = QRect(room.left(), top + 2 * _LINE + 4, room.width(), 0)
            draw_chips(painter, below, row.chips, row.language, look)

    def _dot(self, painter: QPainter, left: int, middle: int, look: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QRectF(left, middle - _DOT / 2, _DOT, _DOT))

    def _bars(self, painter: QPainter, room: QRect, look: Theme) -> None:
        """In the place of a row that is on its way."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken"))
        top = self._top(room)
        painter.drawRoundedRect(QRectF(room.left(), top + 4, room.width() * 0.4, 9), 4, 4)
        painter.drawRoundedRect(QRectF(room.left(), top + 22, room.width() * 0.85, 9), 4, 4)


def _on_selection(row: RowLook) -> RowLook:
    """On the selection's ground the chips' own ones can hardly be seen."""
    return replace(row, chips=tuple(replace(chip, ground="surface") for chip in row.chips))


def _snippet(painter: QPainter, room: QRect, text: str, font: QFont, look: Theme) -> None:
    """The beginning of a message, or the words around a search's hit with the hit in bold."""
    strong, rest = QFont(font), QRect(room)
    strong.setBold(True)
    for place, part in enumerate((_BETWEEN + text).replace(HIT_END, HIT_START).split(HIT_START)):
        hit = place % 2 == 1
        if part and rest.width() > 0:
            taken = _text(painter, rest, part, strong if hit else font, look, _TONES[hit])
            rest.setLeft(rest.left() + taken)


def _text(painter: QPainter, room: QRect, text: str, font: QFont, look: Theme, token: str) -> int:
    """Draws one line, shortened to the room; returns the width it took."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text.translate(_TURNING), Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(look.colour(token))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
