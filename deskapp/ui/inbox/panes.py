"""The Inbox's panes side by side: views, list, conversation, card; narrow windows fold some.

Views and list stand from the beginning, the others are put in when they are made.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLayout,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from deskapp.ui.remembered import Remembered

from .list_pane import ListPane
from .views_pane import ViewsPane

if TYPE_CHECKING:
    from .conversation_pane import ConversationPane

VIEWS_WIDTH, LIST_WIDTH, CARD_WIDTH = 196, 372, 292
LIST_HEIGHT, LOW = 280, 700  # of a low window most is left to the messages
CARD_FROM, VIEWS_FROM = 1200, 1000
_RAIL = 64  # the widths are those of the whole window


class Panes(QWidget):
    """``card_shown`` says whether the card is there after the window got wider or narrower."""

    card_shown = Signal(bool)

    def __init__(self, views: ViewsPane, tickets: ListPane, remembered: Remembered) -> None:
        super().__init__()
        self._views, self._list = views, tickets
        self._conversation: ConversationPane | None = None
        self._held: QWidget | None = None
        self._middle, self._card = _empty(340), _empty(CARD_WIDTH)
        self._remembered = remembered
        self.card_wanted = remembered.flag("inbox/card", True)
        self.split = QSplitter(Qt.Orientation.Horizontal)  # reading | card
        self.reading = QSplitter(Qt.Orientation.Horizontal)  # list | conversation, or above it
        self._shown = QStackedWidget()
        self._line = QWidget()
        self._lay_out()

    @property
    def held_shown(self) -> bool:
        return self._held is not None and self._shown.currentWidget() is self._held

    def put_conversation(self, pane: "ConversationPane") -> None:
        """Into the place kept free for it."""
        self._conversation = pane
        self._middle = self._swap(self._middle, pane)
        self._remembered.place_splitter("inbox/composer", pane.split)

    def put_card(self, card: QWidget) -> None:
        """Into the place kept free for it."""
        self._card = self._swap(self._card, card)

    def show_held(self, held: QWidget) -> None:
        """The mail that could not be read, instead of the tickets."""
        if self._held is None:
            self._shown.addWidget(held)
        self._held = held
        self._shown.setCurrentWidget(held)

    def show_tickets(self) -> None:
        self._shown.setCurrentWidget(self.split)

    def stack(self, stacked: bool) -> None:
        """The list above the conversation, as wide as both, or beside it."""
        if stacked == (self.reading.orientation() == Qt.Orientation.Vertical):
            return
        self._remembered.put_splitter(self._reading_name(), self.reading)
        upright, flat = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self.reading.setOrientation(upright if stacked else flat)
        if not self._remembered.place_splitter(self._reading_name(), self.reading):
            above = min(LIST_HEIGHT, self.height() // (3 if self.height() > LOW else 4))
            self.reading.setSizes([above, self.height() - above] if stacked else [LIST_WIDTH, 600])

    def _reading_name(self) -> str:
        stacked = self.reading.orientation() == Qt.Orientation.Vertical
        return "inbox/reading-stacked" if stacked else "inbox/reading"

    def want_card(self, wanted: bool) -> None:
        """Shows or hides the card, also where the window is narrow."""
        self.card_wanted = wanted
        self._card.setVisible(wanted)
        self.card_shown.emit(wanted)

    def focus_next(self) -> None:
        """The keyboard goes on to the next pane that is shown."""
        panes: list[QWidget] = [self._views, self._list.list]
        if self._conversation is not None:
            panes += [self._conversation.messages, self._conversation.composer]
        focus_next([*panes, self._card])

    def save_places(self) -> None:
        """Called before the window closes."""
        self._remembered.put_splitter("inbox/beside", self.split)
        self._remembered.put_splitter(self._reading_name(), self.reading)
        self._list.columns.keep()
        if self._conversation is not None:
            self._remembered.put_splitter("inbox/composer", self._conversation.split)
        self._remembered.put_flag("inbox/card", self.card_wanted)

    def _lay_out(self) -> None:
        for split in (self.split, self.reading):
            split.setHandleWidth(1)
            split.setChildrenCollapsible(False)
        self._list.setMinimumWidth(260)
        for pane in (self._list, self._middle):
            self.reading.addWidget(pane)
        self.reading.setStretchFactor(1, 1)
        self.reading.setSizes([LIST_WIDTH, 600])
        for pane in (self.reading, self._card):
            self.split.addWidget(pane)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([LIST_WIDTH + 600, CARD_WIDTH])
        self._views.setFixedWidth(VIEWS_WIDTH)
        self._shown.addWidget(self.split)
        self._line.setProperty("role", "upright")
        self._line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        # The views' width must not keep the window from getting so narrow that they fold.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part, stretch in ((self._views, 0), (self._line, 0), (self._shown, 1)):
            row.addWidget(part, stretch)
        self._remembered.place_splitter("inbox/beside", self.split)
        self._remembered.place_splitter("inbox/reading", self.reading)
        self._list.columns.changed.connect(self.stack)
        self._list.columns.remember_in(self._remembered)

    def _swap(self, place: QWidget, pane: QWidget) -> QWidget:
        """The pane instead of what kept its place, as wide as that and as visible."""
        pane.setMinimumWidth(place.minimumWidth())
        split, main = (self.split, 0) if place is self._card else (self.reading, 1)
        sizes = split.sizes()
        split.replaceWidget(split.indexOf(place), pane)
        split.setStretchFactor(main, 1)  # a pane brings its own, and its own wish for width
        split.setSizes(sizes)
        place.deleteLater()
        return pane

    def minimumSizeHint(self) -> QSize:
        return QSize(600, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(event.size().width(), event.oldSize().width())

    def _fold(self, width: int, before: int) -> None:
        """Views and card give way when the window gets narrow, and come back when it does not."""
        narrow = width < VIEWS_FROM - _RAIL
        self._views.setVisible(not narrow)
        self._line.setVisible(not narrow)
        self._list.set_narrow(narrow)
        if (width >= CARD_FROM - _RAIL) != (before >= CARD_FROM - _RAIL) or before < 0:
            shown = width >= CARD_FROM - _RAIL and self.card_wanted
            self._card.setVisible(shown)
            self.card_shown.emit(shown)


def focus_next(panes: Sequence[QWidget]) -> None:
    """From the pane that has the keyboard on to the next one that is shown."""
    shown = [pane for pane in panes if pane.isVisible()]
    focused = QApplication.focusWidget()
    at = next((place for place, pane in enumerate(shown) if focused and _within(focused, pane)), -1)
    target = shown[(at + 1) % len(shown)]
    if callable(into := getattr(target, "focus_editor", None)):  # the composer
        into()
    else:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _empty(width: int) -> QWidget:
    """Keeps a pane's place until it is made."""
    made = QWidget()
    made.setMinimumWidth(width)
    made.setProperty("role", "surface")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def _within(widget: QWidget, pane: QWidget) -> bool:
    return widget is pane or pane.isAncestorOf(widget)
