"""Where a popup lies in the window of what it belongs to."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

_NARROWEST, _WIDEST, _HEIGHT, _LOWEST = 460, 620, 330, 190
_GAP = 2  # pixels; more lets the tabs above the editor peep out below the popup


def popup_place(anchor: QWidget) -> QRect:
    """Above ``anchor`` in its window, as wide as that, or over it where there is no room."""
    window = anchor.window()
    left_top = anchor.mapTo(window, anchor.rect().topLeft())
    wanted = min(max(anchor.width(), _NARROWEST), _WIDEST)
    width = min(wanted, window.width() - 16)
    height = min(_HEIGHT, max(left_top.y() - 14, _LOWEST))
    left = max(8, min(left_top.x(), window.width() - width - 8))
    return QRect(left, max(8, left_top.y() - height - _GAP), width, height)
