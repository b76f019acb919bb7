"""From, and the line above a reply that says what is odd about its From and its To."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from deskapp.ui.pieces.form import Choice
from deskapp.ui.pieces.labels import label

_FEWEST_LETTERS = 12


class SenderChoice(Choice):
    """One of our own addresses. ``chosen`` by a person, never by ``offer``.

    One address is no choice: ``worth_showing`` tells.
    """

    chosen = Signal(str)
    worth_showing = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumContentsLength(_FEWEST_LETTERS)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textActivated.connect(self.chosen)

    def offer(self, addresses: Sequence[str], shown: str) -> None:
        """``shown`` is there even when it is none of ours any more; "" for no choice at all."""
        listed = list(dict.fromkeys((*addresses, shown))) if shown else []
        if listed != [self.itemText(place) for place in range(self.count())]:
            self.clear()
            self.addItems(listed)
        self.setCurrentText(shown)
        self.worth_showing.emit(len(listed) > 1)


class HeadNote(QLabel):
    """A sentence in as many lines as it needs; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(label().textFormat())
        self.setWordWrap(True)
        self.hide()

    def say(self, sentence: str) -> None:
        self.setText(sentence)
        self._keep_tall()
        self.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_tall()

    def _keep_tall(self) -> None:
        """Wrapped words are cut where the window is low, unless they say how much they need."""
        self.setMinimumHeight(0)  # else the sentence of before is measured with this one
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0) if self.text() else 0)
