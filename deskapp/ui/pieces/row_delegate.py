"""Paints a line of a list: who and when, subject and snippet, chips."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskapp.ui.icons import pixmap
from deskapp.ui.theme import Theme, theme

from .row import ChipLook, RowLook, RowRole

Index = QModelIndex | QPersistentModelIndex

COMFORTABLE, COMPACT = 80, 56
_LEFT, _RIGHT, _EDGE, _LINE = 16, 12, 3, 18
_CHIP_HEIGHT, _CHIP_PAD, _CHIP_GAP, _DOT = 16, 6, 4, 6
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
        self._ground(painter, rect, state, look)
        row = index.data(RowRole.LOOK)
        if isinstance(row, RowLook):
            self._row(painter, rect.adjusted(_LEFT, 0, -_RIGHT, 0), row, look)
            if row.unread:
                self._dot(painter, rect.left() + 5, self._top(rect) + _LINE // 2, look)
        else:
            self._bars(painter, rect.adjusted(_LEFT, 0, -_RIGHT, 0), look)
        painter.restore()

    def _top(self, rect: QRect) -> int:
        return rect.top() + 9

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, look: Theme) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = "accent_soft" if selected else "window" if hovered else "surface"
        painter.fillRect(rect, look.colour(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        if selected:
            painter.fillRect(rect.left(), rect.top(), _EDGE, rect.height(), look.colour("accent"))
        elif state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), look.colour("draft_edge"))

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
        who = first.adjusted(0, 0, -width - 10, 0)
        who_font = strong if row.unread or row.strong else plain
        _text(painter, who, row.who, who_font, look, "text")
        second = first.translated(0, _LINE)
        subject_font = strong if row.unread else plain
        used = _text(painter, second, row.subject, subject_font, look, row.subject_tone)
        if row.snippet and used < second.width() - 40:
            rest = second.adjusted(used, 0, 0, 0)
            _text(painter, rest, _BETWEEN + row.snippet, plain, look, "muted")
        if self.height >= COMFORTABLE:
            self._chips(
                painter, QRect(room.left(), top + 2 * _LINE + 4, room.width(), 0), row, look
            )

    def _chips(self, painter: QPainter, place: QRect, row: RowLook, look: Theme) -> None:
        """As many chips as fit; a last "+2" says how many do not."""
        font = look.fonts.text(look.fonts.small_px, language=row.language)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        left = place.left()
        for number, chip in enumerate(row.chips):
            width = _chip_width(chip, metrics)
            more = len(row.chips) - number - 1
            reserve = metrics.horizontalAdvance("+9") + 2 * _CHIP_PAD + _CHIP_GAP if more else 0
            if left + width + reserve > place.right() and number:
                chip = ChipLook(f"+{more + 1}")
                width, more = _chip_width(chip, metrics), 0
                _chip(painter, QRect(left, place.top(), width, _CHIP_HEIGHT), chip, look)
                return
            width = min(width, place.right() - left)
            _chip(painter, QRect(left, place.top(), width, _CHIP_HEIGHT), chip, look)
            left += width + _CHIP_GAP

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


def _text(painter: QPainter, room: QRect, text: str, font: QFont, look: Theme, token: str) -> int:
    """Draws one line, shortened to the room; returns the width it took."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text.translate(_TURNING), Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(look.colour(token))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def _chip_width(chip: ChipLook, metrics: QFontMetrics) -> int:
    extra = (10 if chip.dot else 0) + (13 if chip.clip else 0)
    return metrics.horizontalAdvance(chip.text) + 2 * _CHIP_PAD + extra


def _chip(painter: QPainter, place: QRect, chip: ChipLook, look: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(chip.ground))
    painter.drawRoundedRect(QRectF(place), 8, 8)
    inner = place.adjusted(_CHIP_PAD, 0, -_CHIP_PAD, 0)
    if chip.dot:
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QRectF(inner.left(), inner.center().y() - 2, 6, 6))
        inner.adjust(10, 0, 0, 0)
    if chip.clip:
        painter.drawPixmap(inner.left(), inner.top() + 2, pixmap("attach", 12))
        inner.adjust(14, 0, 0, 0)
    painter.setPen(look.colour(chip.tone))
    shown = QFontMetrics(painter.font()).elidedText(
        chip.text, Qt.TextElideMode.ElideRight, inner.width() + 1
    )
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
