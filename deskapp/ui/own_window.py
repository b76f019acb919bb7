"""A page in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from .line_banner import LineBar
from .line_watch import LineWatch
from .remembered import Remembered


class OwnWindow(QMainWindow):
    """Ends with its page, which is told before: ``save_places``, where it has that.

    ``name``: under which its own place is remembered.
    """

    def __init__(self, page: QWidget, title: str, name: str, remembered: Remembered) -> None:
        super().__init__()
        self._name, self._remembered = name, remembered
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setCentralWidget(page)

    def tell_of(self, line: LineWatch) -> None:
        """Says above the page when the desk's database is away."""
        self.addToolBar(LineBar(line))

    def closeEvent(self, event: QCloseEvent) -> None:
        if callable(save := getattr(self.centralWidget(), "save_places", None)):
            save()
        self._remembered.put_window(self._name, self)
        super().closeEvent(event)
