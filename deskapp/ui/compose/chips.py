"""Chips that can be taken off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from deskapp.ui.pieces.labels import plain_tip

_WIDEST = 260


class ChipButton(QPushButton):
    """A chip; pressed, or deleted with the key, it asks to be taken off."""

    removed = Signal()

    def __init__(
        self, shown: str, removal: str, parent: QWidget | None = None, *, said: str = ""
    ) -> None:
        """``said``: a word about it that is always seen whole."""
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setMaximumWidth(_WIDEST)
        room = _WIDEST - 40 - (self.fontMetrics().horizontalAdvance(f" · {said}") if said else 0)
        cut = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, room)
        # "&" would underline the next letter and make it a key.
        told = f"{cut} · {said}" if said else cut
        self.setText((f"{told}  ×" if removal else told).replace("&", "&&"))
        parts = [part for part in (shown, said, removal) if part]
        self.setAccessibleName(". ".join(parts))
        self.setToolTip(plain_tip(removal or shown))
        self.setEnabled(bool(removal))
        self.clicked.connect(self.removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)
