"""One source of orders: how it stands, what it leaves out, and what can be done with it."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.domain.order_sources import SourceKind, SourceState
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label

from .source_words import chip_words, gap_words, kind_words, state_words, trouble_words


class SourceCard(Card):
    """The wishes carry the SourceState; ``switch_wanted`` has besides whether it is to be asked."""

    edit_wanted = Signal(object)
    remove_wanted = Signal(object)
    read_wanted = Signal(object)
    switch_wanted = Signal(object, bool)

    def __init__(self, state: SourceState, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.state = state
        name = state.settings.name
        self.read = push_button(self.tr("Read now"), self._read)
        self.edit = push_button(self.tr("Edit…"), self._edit)
        self.switch = push_button(
            self.tr("Switch off") if state.active else self.tr("Switch on"), self._switch
        )
        self.remove = push_button(self.tr("Remove…"), self._remove, kind="danger")
        for button, words in (
            (self.read, self.tr("Read {name} now")),
            (self.edit, self.tr("Edit {name}")),
            (self.switch, self.tr("Switch {name} off or on")),
            (self.remove, self.tr("Remove {name}")),
        ):
            button.setAccessibleName(words.replace("{name}", name))
        self._lay_out()
        self.read.setVisible(state.asked and self.read.parent() is not None)

    def with_keyboard(self) -> int | None:
        """Which of its buttons has the keyboard."""
        held = [place for place, one in enumerate(self._pressed()) if one.hasFocus()]
        return held[0] if held else None

    def take_keyboard(self, place: int) -> None:
        """The button that ``with_keyboard`` named, on the card that stands in its place."""
        self.show()  # what is not shown takes no keyboard
        self._pressed()[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self) -> tuple[QPushButton, ...]:
        return self.read, self.edit, self.switch, self.remove

    def _lay_out(self) -> None:
        state, now = self.state, datetime.now(UTC)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(state.settings.name, size="strong", selectable=True))
        head.addWidget(ElidedLabel(self._where(), tone="muted"), 1)
        words, tone = chip_words(state)
        head.addWidget(Chip(words, tone=tone))
        by_hand = state.settings.kind is SourceKind.FILE
        if by_hand:
            head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(label(state_words(state, now), wrap=True, selectable=True))
        if state.trouble is not None and state.active:
            tone = "bad" if tone == "bad" else "warn"
            said = trouble_words(state.trouble)
            column.addWidget(label(said, tone=tone, wrap=True, selectable=True))
        for gap in state.shortfalls:
            column.addWidget(label(gap_words(gap), tone="warn", wrap=True, selectable=True))
        if not by_hand:
            column.addSpacing(2)
            column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.read, self.edit, self.switch):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.remove)
        return row

    def _where(self) -> str:
        kind = kind_words(self.state.settings.kind)
        place = self.state.settings.address.removeprefix("https://")
        return f"{kind} · {place}" if place else kind

    def _read(self) -> None:
        self.read_wanted.emit(self.state)

    def _edit(self) -> None:
        self.edit_wanted.emit(self.state)

    def _switch(self) -> None:
        self.switch_wanted.emit(self.state, not self.state.active)

    def _remove(self) -> None:
        self.remove_wanted.emit(self.state)
