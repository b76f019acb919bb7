"""A list whose last row is never cut in half."""

from PySide6.QtWidgets import QListWidget, QWidget

from deskapp.ui.announce import say_current


class WholeRows(QListWidget):
    """Leaves free below what no whole row fits into; for rows that are all of one height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_current(self)

    def updateGeometries(self) -> None:
        row = self.sizeHintForRow(0)
        room = self.height() - 2 * self.frameWidth()
        rest = room % row if 0 < row <= room else 0
        if self.viewportMargins().bottom() != rest:  # setting it comes back here
            self.setViewportMargins(0, 0, 0, rest)
        super().updateGeometries()
