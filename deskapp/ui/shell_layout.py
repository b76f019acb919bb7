"""How the main window is laid out: the rail beside the pages, the lines above and below them."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

FIRST_SIZE, SMALLEST = (1440, 900), (900, 600)


def with_rail(rail: QWidget, pages: QWidget) -> QWidget:
    """The middle of the window; the pages take what the rail leaves."""
    middle = QWidget()
    row = _close(QHBoxLayout(middle))
    row.addWidget(rail)
    row.addWidget(pages, 1)
    return middle


def stacked(
    top: QWidget, banner: QWidget, middle: QWidget, act_bar: QWidget, status: QWidget
) -> QWidget:
    """The whole of the window; the lines are as high as they need, the middle has the rest."""
    whole = QWidget()
    column = _close(QVBoxLayout(whole))
    column.addWidget(top)
    column.addWidget(banner)
    column.addWidget(middle, 1)
    column.addWidget(act_bar)
    column.addWidget(status)
    return whole


def first_size() -> QSize:
    """The size of a window that was never open here: no larger than the screen has room for."""
    # Not ``self.screen()``: Shiboken makes the screen a child of the widget that was asked, and the
    # collector then deletes Qt's own screen with the window. The next window ends the program.
    return QSize(*FIRST_SIZE).boundedTo(QGuiApplication.primaryScreen().availableSize())


def _close(layout: QBoxLayout) -> QBoxLayout:
    """Without margins and gaps: each part draws its own edge."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
