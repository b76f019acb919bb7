"""Finding words in the conversation that is open (Ctrl+F)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from deskapp.ui.pieces.buttons import IconButton
from deskapp.ui.pieces.labels import label, set_tone

from .message_column import MessageColumn


class FindBar(QWidget):
    """Enter goes to the next place from the newest message upwards, Esc closes."""

    def __init__(self, messages: MessageColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._messages, self._at = messages, 0
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Find in this ticket"))
        self._line.setAccessibleName(self.tr("Find in this ticket"))
        self._line.returnPressed.connect(self.find_next)
        self._line.textChanged.connect(self._start)
        self._told = label(tone="muted")
        close = IconButton("close", self.tr("Close find"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self._line, 1)
        row.addWidget(self._told)
        row.addWidget(close)
        self.hide()

    def open(self) -> None:
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def find_next(self) -> None:
        """Marks the next place with the words; starts over after the oldest message."""
        words, cards = self._line.text(), list(reversed(self._messages.cards))
        page = self._messages.widget()
        if not words or not cards or page is None:
            return
        for step in range(len(cards) + 1):
            card = cards[(self._at + step) % len(cards)]
            if step:
                card.body.moveCursor(card.body.textCursor().MoveOperation.Start)
            if card.body.find(words):
                self._at = (self._at + step) % len(cards)
                place = card.body.cursorRect().center()
                spot = card.body.mapTo(page, place)
                self._messages.ensureVisible(spot.x(), spot.y(), 0, 80)
                self._tell("", "muted")
                return
        self._tell(self.tr("Not in this ticket"), "warn")

    def _start(self, words: str) -> None:
        """Other words: the newest place again, while they are typed."""
        self._at = 0
        self._tell("", "muted")
        for card in self._messages.cards:
            card.body.moveCursor(card.body.textCursor().MoveOperation.Start)
        if words:
            self.find_next()

    def _tell(self, text: str, tone: str) -> None:
        self._told.setText(text)
        set_tone(self._told, tone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
