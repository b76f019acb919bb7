"""The bar above the status line: what was just done, with its undo; or how far long work is."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from deskapp.ui.announce import announce
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.labels import ElidedLabel

_SHOWN_FOR_MS = 10_000


class ActBar(QWidget):
    """Goes by itself after some seconds; while something runs it stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._act: Callable[[], object] = _nothing
        self.words = ElidedLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(180)
        self.progress.setAccessibleName(self.tr("How far it is"))
        self.button = push_button("", lambda: self._act())
        self.close_button = IconButton("close", self.tr("Hide this notice"))
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.progress)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(_SHOWN_FOR_MS)
        self._over.timeout.connect(self.hide)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether it tells of work that goes on."""
        return not self.progress.isHidden() and not self.isHidden()

    def say(
        self,
        sentence: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        urgent: bool = False,
    ) -> None:
        """Something is done; ``button`` is what can be done about it. ``urgent``: something went
        wrong, which stays until it is put away."""
        self._show(sentence, button, act)
        self.progress.hide()
        self.close_button.show()
        announce(self, sentence, urgent=urgent)
        if urgent:
            self._over.stop()
        else:
            self._over.start()

    def run(self, sentence: str, total: int, stop: Callable[[], object]) -> None:
        """Something begins that takes a while."""
        self._show(sentence, self.tr("Stop"), stop)
        self.progress.setRange(0, total)
        self.progress.setValue(0)
        self.progress.show()
        self.close_button.hide()
        announce(self, sentence)
        self._over.stop()

    def advance(self, sentence: str, done: int) -> None:
        """Said too when another quarter is done."""
        self.words.setText(sentence)
        whole = max(self.progress.maximum(), 1)
        if 4 * done // whole > 4 * self.progress.value() // whole:
            announce(self, sentence)
        self.progress.setValue(done)

    def _show(self, sentence: str, button: str, act: Callable[[], object] | None) -> None:
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self._act = act or _nothing
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()


def _nothing() -> None:
    pass
