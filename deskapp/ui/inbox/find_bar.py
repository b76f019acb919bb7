"""Finding words in the conversation that is open (Ctrl+F)."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from deskapp.domain.find_in_text import places
from deskapp.domain.ids import MessageId
from deskapp.ui import text
from deskapp.ui.pieces.buttons import IconButton
from deskapp.ui.pieces.labels import label, set_tone

from .found_marks import go_to, mark_found, texts_of
from .message_card import MessageCard
from .message_column import MessageColumn


class FindBar(QWidget):
    """Every place is counted and marked, in messages too that have no card yet.

    Enter goes to the next place from the newest message upwards, Shift+Enter back, Esc closes.
    Case and marks make no difference. What quotes hide comes last, as most of it stands in the
    messages too, and is unfolded.
    """

    def __init__(self, messages: MessageColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._messages = messages
        self._found: list[tuple[MessageId, int]] = []  # message, which of its places
        self._at = -1
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Find in this ticket"))
        self._line.setAccessibleName(self.tr("Find in this ticket"))
        self._line.textChanged.connect(self._start)
        self._told = label(tone="muted")
        onward = IconButton("down", self.tr("Next place, further up (Enter)"))
        onward.clicked.connect(self.find_next)
        close = IconButton("close", self.tr("Close find"))
        close.clicked.connect(self.close_find)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self._line, 1)
        for part in (self._told, onward, close):
            row.addWidget(part)
        messages.shown.connect(self._messages_shown)
        messages.made.connect(self._card_made)
        messages.reached.connect(self._reached)
        self.hide()

    def open(self) -> None:
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        self._start(self._line.text())

    def close_find(self) -> None:
        """Takes the marks away; the keyboard goes back to the messages."""
        self.hide()
        self._mark("")
        self._messages.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_next(self) -> None:
        self._step(1)

    def _step(self, places_on: int) -> None:
        """Goes on among what was found; starts over after the last."""
        if not self._found:
            return
        self._at = (self._at + places_on) % len(self._found)
        self._say()
        message, place = self._found[self._at]
        card = self._messages.card_of(message)
        if card is None:
            self._messages.show_message(message)  # comes back by ``reached``
        else:
            self._go(card, place)

    def _reached(self, message: MessageId) -> None:
        if not self.isVisible() or not 0 <= self._at < len(self._found):
            return
        wanted, place = self._found[self._at]
        card = self._messages.card_of(message)
        if message == wanted and card is not None:
            self._go(card, place)

    def _go(self, card: MessageCard, place: int) -> None:
        spot = go_to(card, self._line.text(), place)
        if spot is not None:
            self._messages.show_spot(card, spot)

    def _start(self, words: str) -> None:
        """Other words: the newest place again, while they are typed."""
        self._count(words)
        self._mark(words)
        self._at = -1
        self._say()
        self._step(1)

    def _count(self, words: str) -> None:
        self._found = []
        hidden: list[tuple[MessageId, int]] = []
        for message in reversed(self._messages.messages):
            card = self._messages.card_of(message.id)
            seen, there = texts_of(message, card)
            shown = len(places(seen, words))
            whole = shown if there == seen else len(places(there, words))
            self._found += [(message.id, n) for n in range(shown)]
            hidden += [(message.id, n) for n in range(shown, whole)]
        self._found += hidden

    def _mark(self, words: str) -> None:
        for card in self._messages.cards:
            mark_found(card, words)

    def _card_made(self, card: MessageCard) -> None:
        card.text.written.connect(partial(self._card_written, card))
        self._card_written(card)

    def _card_written(self, card: MessageCard) -> None:
        if self.isVisible() and self._line.text():
            mark_found(card, self._line.text())

    def _messages_shown(self) -> None:
        """Another ticket, or news on this one: what was found is old."""
        if self.isVisible():
            self._count(self._line.text())
            self._mark(self._line.text())
            self._at = min(self._at, len(self._found) - 1)
            self._say()

    def _say(self) -> None:
        words, count = self._line.text().strip(), len(self._found)
        told = self.tr("{place} of {count}") if count else self.tr("Not in this ticket")
        told = told.replace("{place}", text.number(max(self._at, 0) + 1))
        self._told.setText(told.replace("{count}", text.number(count)) if words else "")
        set_tone(self._told, "muted" if count else "warn")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_find()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self._step(-1 if is_back else 1)
        else:
            super().keyPressEvent(event)
