"""Paints a canned reply's line: name and uses, the text's beginning and the languages."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskapp.domain.replies import CannedRow
from deskapp.ui import text
from deskapp.ui.pieces.row_ground import paint_ground
from deskapp.ui.theme import Theme, theme

from .reply_model import Heading, ReplyRole
from .usage import is_doubtful, is_unused

Index = QModelIndex | QPersistentModelIndex

_ROW, _HEADING, _LINE = 54, 30, 18
_LEFT, _RIGHT = 16, 12
_ALIGN = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class ReplyDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(ReplyRole.ENTRY), Heading)
        return QSize(180, _HEADING if heading else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme(), QRect(option.rect)
        entry = index.data(ReplyRole.ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, CannedRow):
            state: QStyle.StateFlag = option.state
            paint_ground(painter, rect, state, look)
            unsaved, missing = index.data(ReplyRole.UNSAVED), index.data(ReplyRole.MISSING)
            self._row(painter, rect, entry, bool(unsaved), tuple(missing), look)
        else:
            painter.setFont(look.fonts.text(look.fonts.small_px, bold=True))
            room = rect.adjusted(_LEFT, 8, -_RIGHT, 0)
            self._cut(painter, room, str(index.data()), look, "muted")
        painter.restore()

    def _row(
        self,
        painter: QPainter,
        rect: QRect,
        row: CannedRow,
        unsaved: bool,
        missing: tuple[str, ...],
        look: Theme,
    ) -> None:
        room = rect.adjusted(_LEFT, 9, -_RIGHT, 0)
        first = QRect(room.left(), room.top(), room.width(), _LINE)
        second = first.translated(0, _LINE)
        uses, token = self._uses(row, unsaved)
        right = self._right(painter, first, uses, token, look)
        name = QRect(first.left(), first.top(), right - 8 - first.left(), _LINE)
        painter.setFont(look.fonts.text(bold=True))
        self._cut(painter, name, row.name, look, "text")
        left = second.right()
        badges = [(short_name(tag), "muted") for tag in row.languages[:4]]
        badges += [(f"–{short_name(tag)}", "warn") for tag in missing[: 5 - len(badges)]]
        if row.owner is not None:
            badges.insert(0, (self.tr("mine"), "accent"))
        for words, ink in reversed(badges):
            left = self._badge(painter, second, left, words, ink, look)
        rest = QRect(second.left(), second.top(), left - 6 - second.left(), _LINE)
        painter.setFont(look.fonts.text(language=row.languages[0] if row.languages else ""))
        self._cut(painter, rest, " ".join(row.preview.split()), look, "muted")

    def _uses(self, row: CannedRow, unsaved: bool) -> tuple[str, str]:
        """What stands at the right of a name, and its colour."""
        if unsaved:
            return self.tr("not saved"), "warn"
        if is_unused(row):
            return self.tr("unused"), "warn"
        if is_doubtful(row):
            return self.tr("often edited"), "warn"
        return text.number(row.uses), "muted"

    def _right(self, painter: QPainter, line: QRect, words: str, token: str, look: Theme) -> int:
        font = look.fonts.text(look.fonts.small_px)
        width = QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(look.colour(token))
        painter.drawText(
            line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words
        )
        return line.right() - width

    def _badge(
        self, painter: QPainter, line: QRect, right: int, words: str, ink: str, look: Theme
    ) -> int:
        font = look.fonts.text(look.fonts.small_px)
        width = QFontMetrics(font).horizontalAdvance(words) + 10
        place = QRectF(right - width, line.top() + 1, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(place, 8, 8)
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
        return int(place.left()) - 4

    def _cut(self, painter: QPainter, room: QRect, words: str, look: Theme, token: str) -> None:
        metrics = QFontMetrics(painter.font())
        painter.setPen(look.colour(token))
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _ALIGN, cut)


def short_name(tag: str) -> str:
    """A language in a badge: "vi", "繁", "简"."""
    if tag.casefold().startswith("zh"):
        return text.language_name(tag)[0]
    return tag.partition("-")[0].casefold()
