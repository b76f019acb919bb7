"""Where a popup lies in the window of what it belongs to."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

_WIDTH, _HEIGHT, _LOWEST = 620, 330, 190


def popup_place(anchor: QWidget) -> QRect:
    """Above ``anchor`` in its window, or over it where there is no room."""
    window = anchor.window()
    left_top = anchor.mapTo(window, anchor.rect().topLeft())
    width = min(_WIDTH, window.width() - 16)
    height = min(_HEIGHT, max(left_top.y() - 14, _LOWEST))
    left = max(8, min(left_top.x(), window.width() - width - 8))
    return QRect(left, max(8, left_top.y() - height - 6), width, height)
