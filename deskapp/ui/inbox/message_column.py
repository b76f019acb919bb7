"""The messages of a conversation one below the other; those far up are made when time allows."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from deskapp.domain.ids import MessageId, OutboxId
from deskapp.domain.replies import OthersDraft
from deskapp.domain.tickets import EventRow, MessageRow
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.turned import TurnedPages
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .first_cards import AT_ONCE, fill
from .history import History
from .kept_focus import KeptFocus
from .message_card import MessageCard
from .new_line import NewLine
from .others_drafts import OthersDrafts

_PER_TURN = 2
_OPENED = 40  # messages of a long conversation that are opened without asking
_MARGIN = 20
_AROUND = 80  # pixels in sight above and below a place that was found
_ABOVE = 10  # pixels left above the message that is read
_SETTLING = 3  # a scroll bar that appears makes all texts narrower once more


class MessageColumn(QScrollArea):
    """Shows the newest message first and keeps it in sight while older ones are added above.

    ``shown`` comes when other messages are here, ``made`` with each MessageCard, ``reached`` with
    a MessageId that was asked for, once it is in sight.
    """

    shown = Signal()
    made = Signal(object)
    reached = Signal(object)
    changed = Signal()
    taken_back = Signal(object)
    forward_wanted = Signal(object)
    move_wanted = Signal(object)
    side_answer_wanted = Signal(object, object)
    text_wanted = Signal(str)  # of a colleague's draft

    def __init__(
        self,
        work: Work,
        shell: ShellActions,
        counted_elsewhere: Callable[[OutboxId], bool] = lambda _outbox: False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._counted_elsewhere = counted_elsewhere
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Messages"))
        self._drafts: tuple[OthersDraft, ...] = ()
        self._others = OthersDrafts()
        self._language = ""
        self._older: list[MessageRow] = []
        self._left = 0  # how many of the older ones may still be made without asking
        self._cards: list[MessageCard] = []
        self._messages: tuple[MessageRow, ...] = ()
        self._first_new: MessageId | None = None
        self._new_line: NewLine | None = None
        self._unfolded: set[MessageId] = set()  # long texts that the reader wanted whole
        self._wanted: MessageId | None = None  # to be shown as soon as it is made
        self._from_bottom: int | None = None
        self._reads_newest = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._add_older)
        self._pages = TurnedPages()
        self.setWidget(self._pages)
        self.verticalScrollBar().rangeChanged.connect(self._keep_place)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)
        theme().changed.connect(self._dress)

    @property
    def cards(self) -> Sequence[MessageCard]:
        """Those made so far, oldest first."""
        return self._cards

    @property
    def messages(self) -> Sequence[MessageRow]:
        """All of the conversation, oldest first."""
        return self._messages

    def show_messages(
        self,
        messages: Sequence[MessageRow],
        events: Sequence[EventRow],
        *,
        keep_place: bool,
        language: str = "",
        first_new: MessageId | None = None,
    ) -> None:
        """``keep_place``: the same ticket again; where the reader was stays in sight.

        ``language``: the ticket's, which is not told on every card. ``first_new``: the message
        that begins what came since the reader looked last, None where no line is to say so.
        """
        self._messages, self._first_new = tuple(messages), first_new
        self._new_line = self._wanted = None
        if not keep_place:
            self._unfolded.clear()
            self._drafts = ()
        self._language = language
        bar = self.verticalScrollBar()
        at_bottom = bar.value() >= bar.maximum() - 4
        self._from_bottom = 0 if not keep_place or at_bottom else bar.maximum() - bar.value()
        self._reads_newest = not keep_place
        self._turn.stop()
        now = datetime.now(UTC)
        self._cards = []
        self._older = list(messages)
        self._left = max(_OPENED, AT_ONCE)
        page = QWidget(self._pages)  # in its place already: what is moved is dressed twice
        page.setProperty("role", "surface")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(_MARGIN, 12, _MARGIN, 16)
        self._column.setSpacing(10)
        self._more = push_button("", self._open_older, kind="quiet")
        self._column.addWidget(self._more)
        self._others = OthersDrafts()
        self._others.wanted.connect(self.text_wanted)
        self._others.show_drafts(self._drafts)
        self._column.addWidget(self._others)
        self._column.addWidget(History(events, now, messages))
        self._column.addStretch(1)
        self._first = 1
        kept = KeptFocus(self._pages)
        self._add(AT_ONCE, until_full=not keep_place)
        self._pages.turn_to(page)
        self._settle()
        kept.give_back(self, self.card_of)
        self.shown.emit()

    def show_drafts(self, drafts: tuple[OthersDraft, ...]) -> None:
        """What colleagues are writing on this ticket."""
        if drafts != self._drafts:
            self._drafts = drafts
            self._others.show_drafts(drafts)

    def show_message(self, message: MessageId) -> None:
        """Scrolls to a message; one far up is made first, some at a time."""
        card = self.card_of(message)
        if card is not None:
            self._go_to(card)
            return
        above = [one.id for one in self._older]
        if message in above:
            self._wanted = message
            self._left = max(self._left, len(above) - above.index(message))
            self._turn.start()

    def card_of(self, message: MessageId) -> MessageCard | None:
        """The card of a message, None while it has none."""
        return next((card for card in self._cards if card.message.id == message), None)

    def show_spot(self, card: MessageCard, spot: QPoint) -> None:
        """Brings a place of a card's text into sight, also of one that has just become longer."""
        self._let_go()
        self._settle()
        inside = card.body.mapTo(self._pages, spot)
        self.ensureVisible(inside.x(), inside.y(), 0, _AROUND)

    def step(self, cards: int) -> None:
        """Moves to the beginning of the next message (or the one before, negative)."""
        if not self._cards:
            return
        top = self.verticalScrollBar().value() + _ABOVE
        read = sum(card.y() <= top for card in self._cards) - 1  # the one that is being read
        if cards < 0 and read >= 0 and self._cards[read].y() < top - _ABOVE:
            cards += 1  # first to the beginning of this one
        place = read + cards
        if place < 0 and self._older:
            self.show_message(self._older[-1].id)
            return
        self._go_to(self._cards[min(max(place, 0), len(self._cards) - 1)])

    def _go_to(self, card: MessageCard) -> None:
        self._let_go()
        self._wanted = None
        self.verticalScrollBar().setValue(max(card.y() - _ABOVE, 0))
        self.reached.emit(card.message.id)

    def _add(self, count: int, *, until_full: bool = False) -> None:
        """Makes cards for the newest ``count`` messages that have none yet, or for fewer where
        those fill what can be seen."""
        now, width = datetime.now(UTC), self.viewport().width() - 2 * _MARGIN
        for _ in range(min(count, len(self._older), self._left)):
            begun = self._first_new is None or self._new_line is not None  # reading begins there
            if until_full and begun and fill(self._cards, width, self.viewport().height()):
                break
            message = self._older.pop()
            self._left -= 1
            card = MessageCard(
                message,
                now,
                width,
                self._work,
                self._shell,
                self._counted_elsewhere,
                told_language=self._language,
                fold_long=self._folds(message),
            )
            card.changed.connect(self.changed)
            card.taken_back.connect(self.taken_back)
            card.forward_wanted.connect(self.forward_wanted)
            card.move_wanted.connect(self.move_wanted)
            card.side_answer_wanted.connect(self.side_answer_wanted)
            card.text.unfolding.connect(partial(self._unfolding, message.id))
            self._column.insertWidget(self._first, card)
            card.show()  # now, not in the next turn of the loop: what is hidden has no place
            self._cards.insert(0, card)
            if message.id == self._first_new:
                self._new_line = NewLine()
                self._column.insertWidget(self._first, self._new_line)
            self.made.emit(card)
        self._more.setVisible(bool(self._older) and not self._left)
        self._more.setText(self.tr("show %n earlier message(s)", "", len(self._older)))
        if self._older and self._left:
            self._turn.start()

    def _add_older(self) -> None:
        bar = self.verticalScrollBar()
        if not self._reads_newest:
            self._from_bottom = bar.maximum() - bar.value()
        self._add(_PER_TURN)
        self._settle()

        wanted = self.card_of(self._wanted) if self._wanted is not None else None
        if wanted is not None:
            self._go_to(wanted)

    def _folds(self, message: MessageRow) -> bool:
        """Only what the reader knows is folded for its length, and not the newest."""
        is_new = self._first_new is not None and message.id >= self._first_new
        is_newest = message is self._messages[-1]
        return not (is_new or is_newest or message.id in self._unfolded)

    def _unfolding(self, message: MessageId) -> None:
        self._unfolded.add(message)
        self._let_go()

    def _open_older(self) -> None:
        self._left = _OPENED
        self._add_older()

    def _settle(self) -> None:
        """Lets cards be as high as their texts before anything is painted.

        A text learns its height from its width. By itself that height would travel up by posted
        events, and until they are through, texts stand over what is below them.
        """
        for _ in range(_SETTLING):
            for card in self._cards:
                card.settle()
            for above in (self._pages.page, self._pages, self.viewport(), self):
                QCoreApplication.sendPostedEvents(above, QEvent.Type.LayoutRequest)

    def _keep_place(self, _low: int, high: int) -> None:
        if self._from_bottom is None:
            return
        place = max(high - self._from_bottom, 0)
        if self._reads_newest and self._cards:  # a long mail is read from its beginning
            first = self._new_line or self._cards[-1]
            place = min(place, max(first.y() - _ABOVE, 0))
        self.verticalScrollBar().setValue(place)

    def _let_go(self) -> None:
        """The reader moves: nothing pulls back any more."""
        self._from_bottom, self._reads_newest = None, False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._let_go()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._let_go()
        super().keyPressEvent(event)

    def _dress(self) -> None:
        for card in self._cards:
            card.show_content()
