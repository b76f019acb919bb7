"""A page in the place of another, which is let go when nobody waits for it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class TurnedPages(QWidget):
    """Shows one page, made as its child by whoever turns to it.

    The page before is destroyed in the next turn of the loop: with forty cards on it that takes as
    long as painting what comes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.page = QWidget(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.page)

    def turn_to(self, page: QWidget) -> None:
        """From now on this page is shown."""
        before, self.page = self.page, page
        before.hide()
        self._column.replaceWidget(before, page)
        page.show()
        before.deleteLater()
