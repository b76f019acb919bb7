"""One line above the answer: of which order its placeholders speak."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel


class OrderLine(QWidget):
    """Says which order it is; hidden while there is none."""

    forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel(tone="accent", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(push_button(self.tr("Not this one"), self.forgotten.emit, kind="link"))
        self.hide()

    def say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.setVisible(bool(sentence))
