"""The ground of a line in a list: its colour, the line below it, and where the keyboard is."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle

from deskapp.ui.theme import Theme

_EDGE = 3


def paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag, look: Theme) -> None:
    """Under everything else; ``state`` is that of the option a delegate is handed."""
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    ground = "accent_soft" if selected else "window" if hovered else "surface"
    painter.fillRect(rect, look.colour(ground))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
    if selected:
        painter.fillRect(rect.left(), rect.top(), _EDGE, rect.height(), look.colour("accent"))
    elif state & QStyle.StateFlag.State_HasFocus:
        painter.fillRect(rect.left(), rect.top(), 1, rect.height(), look.colour("draft_edge"))
