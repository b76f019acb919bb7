"""Cards and chips: rounded paper with a thin line, and small words on a soft ground."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from deskapp.ui.icons import pixmap
from deskapp.ui.theme import theme

RADIUS, EDGE = 8, 3
_PICTURE, _MARK = 15, 10  # px before the word


class Card(QFrame):
    """``ground`` and ``edge`` are theme tokens; an edge is a 3 px strip at the left."""

    def __init__(
        self, ground: str = "surface", edge: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground, self._edge = ground, edge
        self._ringed_for: QWidget | None = None

    def ring_for(self, inside: QWidget) -> None:
        """Its frame shows when ``inside`` has the keyboard, which draws none itself."""
        self._ringed_for = inside
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(shape, look.colour(self._ground))
        if self._edge:
            painter.save()
            painter.setClipPath(shape)
            painter.fillRect(QRectF(0, 0, EDGE + 0.5, self.height()), look.colour(self._edge))
            painter.restore()
        inside = self._ringed_for is not None and self._ringed_for.hasFocus()
        ringed = inside or self.hasFocus()
        painter.setPen(QPen(look.colour("draft_edge" if ringed else "line"), 1))
        painter.drawPath(shape)
        painter.end()


class Chip(QLabel):
    """A small word on a soft ground: a tag, a state. ``tone`` and ``ground`` are theme tokens, and
    so is ``mark``, the colour of a dot before the word; ``picture`` is an icon in its place."""

    def __init__(
        self,
        text: str,
        *,
        tone: str = "muted",
        ground: str = "sunken",
        mark: str = "",
        picture: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._tone, self._ground = tone, ground
        self._mark, self._picture = mark, picture
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("textSize", "small")
        before = _PICTURE if picture else _MARK if mark else 0
        self.setContentsMargins(6 + before, 1, 6, 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(super().sizeHint().width(), 36), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._ground))
        radius = min(RADIUS, self.height() / 2)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        room = self.contentsRect()
        if self._picture:
            drawn = pixmap(self._picture, 12, self._tone)
            painter.drawPixmap(room.left() - _PICTURE, room.center().y() - 5, drawn)
        elif self._mark:
            painter.setBrush(look.colour(self._mark))
            painter.drawEllipse(QRectF(room.left() - _MARK, room.center().y() - 2, 6, 6))
        painter.setPen(look.colour(self._tone))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width() + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()
