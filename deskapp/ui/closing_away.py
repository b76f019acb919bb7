"""Asks before a window closes on changes that still wait for the desk's database."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMainWindow, QMessageBox

from .line_watch import LineWatch


class ClosingAway(QObject):
    """Drafts are kept on this computer; what was pressed and waits would not be."""

    def __init__(self, line: LineWatch, window: QMainWindow) -> None:
        super().__init__(window)
        self._line, self._window = line, window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Close or not self._line.away or self._only_hides():
            return False
        waiting = len(self._line.work.waiting_writes())
        if not waiting or self._closes_anyway(waiting):
            return False
        event.ignore()
        return True

    def _only_hides(self) -> bool:
        hides = getattr(self._window, "stays_hidden", None)
        return callable(hides) and bool(hides())

    def _closes_anyway(self, waiting: int) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("The database is away"))
        said = self.tr(
            "%n change(s) of yours wait for the database and would be lost.", "", waiting
        )
        box.setText(said)
        box.setInformativeText(self.tr("What you have typed is kept on this computer either way."))
        stay = box.addButton(self.tr("Wait for it"), QMessageBox.ButtonRole.RejectRole)
        close = box.addButton(self.tr("Close anyway"), QMessageBox.ButtonRole.DestructiveRole)
        close.setAutoDefault(False)  # Enter waits, whichever of them has the ring
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is close
