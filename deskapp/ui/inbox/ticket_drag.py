"""Tickets dragged from the list onto a view."""

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from deskapp.ui.theme import theme

DRAGGED = "application/x-deskapp-tickets"
"""Carries nothing: who takes it asks the list it came from, which may have 100 000 selected."""

_PAD, _HEIGHT = 12, 28


def drag_tickets(source: QWidget, said: str) -> None:
    """Runs a drag until it is dropped or given up; ``said`` hangs on the pointer."""
    data = QMimeData()
    data.setData(DRAGGED, b"")
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(_picture(said, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-10, -6))
    drag.exec(Qt.DropAction.MoveAction)


def _picture(said: str, scale: float) -> QPixmap:
    look = theme()
    font = look.fonts.text(bold=True)
    probe = QPixmap(1, 1)
    painter = QPainter(probe)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(said) + 2 * _PAD
    painter.end()
    picture = QPixmap(int(width * scale), int(_HEIGHT * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent"))
    painter.drawRoundedRect(QRectF(0, 0, width, _HEIGHT), 8, 8)
    painter.setFont(font)
    painter.setPen(look.colour("on_accent"))
    painter.drawText(QRect(0, 0, width, _HEIGHT), Qt.AlignmentFlag.AlignCenter, said)
    painter.end()
    return picture
