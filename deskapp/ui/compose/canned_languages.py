"""The languages of a canned reply as buttons, and which one stands in for one that is missing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from deskapp.ui.canned.doing import fallback_words
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import label
from deskapp.ui.text import language_name


class LanguageButtons(QWidget):
    """``chosen`` carries the tag of a pressed button."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = QButtonGroup(self)
        self.group.buttonClicked.connect(lambda one: self.chosen.emit(one.property("language")))
        self._flow = FlowLayout(4)
        self.fallback = label(size="small", tone="warn", wrap=True)
        self.fallback.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._flow)
        column.addWidget(self.fallback)

    def show_languages(self, tags: Sequence[str], current: str, wanted: str) -> None:
        """``wanted`` is the customer's language; where it has no text, the way to another."""
        for old in self.group.buttons():
            self.group.removeButton(old)
        self._flow.clear()
        for tag in tags:
            button = QPushButton(language_name(tag))
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setChecked(tag == current)
            button.setAutoDefault(False)
            button.setProperty("language", tag)
            self.group.addButton(button)
            self._flow.addWidget(button)
        said = fallback_words(tags, wanted)
        self.fallback.setText(said)
        self.fallback.setVisible(bool(said))
