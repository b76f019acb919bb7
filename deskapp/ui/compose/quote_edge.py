"""The bar at the edge of quoted lines, which Qt's documents have no words for."""

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QTextEdit

from deskapp.ui.theme import theme

_GAP = 10  # pixels from the bar to the letters, where the margin has room for it


def paint_quote_edge(
    edit: QTextEdit, event: QPaintEvent, quoted: Callable[[QTextBlock], bool]
) -> None:
    """Draws it beside the lines in sight that ``quoted`` names."""
    painter = QPainter(edit.viewport())
    block = edit.cursorForPosition(event.rect().topLeft()).block()
    layout, margin = edit.document().documentLayout(), edit.document().documentMargin()
    above = edit.verticalScrollBar().value()
    while block.isValid():
        place = layout.blockBoundingRect(block).translated(0, -above)
        if place.top() > event.rect().bottom():
            break
        if quoted(block):
            edge = int(margin + max(block.blockFormat().leftMargin() - _GAP, 0))
            high = int(place.height()) + 1
            painter.fillRect(edge, int(place.top()), 2, high, theme().colour("ours_edge"))
        block = block.next()
    painter.end()
