"""The palette's lines: what it is, its name and detail, and its keys at the right."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskapp.ui.theme import theme

from .lines import Line

Index = QModelIndex | QPersistentModelIndex
ROW, _PAD, _GAP = 30, 10, 12
_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NOWHERE = QModelIndex()


class LineList(QListView):
    """``chosen`` carries the Line that was clicked."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the keys
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = _Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_LineDelegate(self))
        self.clicked.connect(self._clicked)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """The line that was current stays it while it is still there."""
        before = self.current()
        self._lines.show_lines(lines)
        keys = [line.key for line in lines]
        at = keys.index(before.key) if before is not None and before.key in keys else 0
        self.setCurrentIndex(self._lines.index(0 if at > len(lines) else at))

    def current(self) -> Line | None:
        line = self.currentIndex().data(_ROLE)
        return line if isinstance(line, Line) else None

    def step(self, lines: int) -> None:
        """Up or down, and no further than the ends."""
        row = self.currentIndex().row() + lines
        self.setCurrentIndex(self._lines.index(min(max(row, 0), self._lines.rowCount() - 1)))

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_ROLE))


class _Lines(QAbstractListModel):
    _shown: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self._shown = lines
        self.endResetModel()

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == _ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_ROLE)
        if not isinstance(line, Line):
            return
        look, rect = theme(), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(rect, 4, 4)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("sunken"))
        rest = rect.adjusted(_PAD, 0, -_PAD, 0)
        small = look.fonts.text(look.fonts.px - 1)
        rest.setRight(self._right(painter, rest, line.keys or line.kind, small))
        used = self._left(painter, rest, line.title, "text")
        self._left(painter, rest.adjusted(used + _GAP, 0, 0, 0), line.detail, "muted")
        painter.restore()

    def _right(self, painter: QPainter, room: QRect, text: str, font: QFont) -> int:
        """Draws at the right end; returns where what stands left of it has to end."""
        painter.setFont(font)
        painter.setPen(theme().colour("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return room.right() - QFontMetrics(painter.font()).horizontalAdvance(text) - _GAP

    def _left(self, painter: QPainter, room: QRect, text: str, tone: str) -> int:
        """Draws as much as fits; returns its width."""
        if room.width() <= 0 or not text:
            return 0
        painter.setFont(theme().fonts.text())
        painter.setPen(theme().colour(tone))
        metrics = QFontMetrics(painter.font())
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        return metrics.horizontalAdvance(cut)
