"""Says above the record that two were just made one, and takes it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.domain.ids import CustomerId
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.labels import ElidedLabel


class MergedStrip(QWidget):
    """``undo_wanted`` carries the CustomerId of the record that went into the other."""

    undo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._merged: CustomerId | None = None
        self.words = ElidedLabel()
        self.undo = push_button(self.tr("Undo the merge"), self._undo)
        close = IconButton("close", self.tr("Close this line"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(close)
        self.hide()

    def show_merge(self, merged: CustomerId, name: str) -> None:
        self._merged = merged
        self.words.setText(self.tr("{name} was merged into this record.").replace("{name}", name))
        self.show()

    def _undo(self) -> None:
        if self._merged is not None:
            self.undo_wanted.emit(self._merged)
