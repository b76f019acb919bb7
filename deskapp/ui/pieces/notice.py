"""A sentence above an editor with what can be done about it."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from deskapp.domain.problem import Problem
from deskapp.ui.announce import announce
from deskapp.ui.errors import explain

from .buttons import IconButton, push_button
from .card import Card
from .labels import label
from .settled import settle_around
from .words_room import WordsRoom

_ROOM_FOR_WORDS, _BESIDE_WORDS = 260, 54  # pixels
_GIVE = 16  # px that buttons can be narrower than they would like to be

Choice = tuple[str, Callable[[], object]]


class Notice(Card):
    """Stays until answered, closed, or overtaken by the next one.

    Esc on one of its buttons closes it, as its cross does. ``left``: the keyboard was in it when
    it went.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("draft", "draft_edge", parent)
        self.words = label(wrap=True, selectable=True)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(6)
        self._shown: list[QPushButton] = []
        self.room = WordsRoom(self.words)
        self.close_button = IconButton("close", self.tr("Hide this notice"))
        self.close_button.clicked.connect(self.clear)
        self._inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inside.setSpacing(8)
        self._inside.addWidget(self.room, 1)
        self._inside.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addLayout(self._inside, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, sentence: str, *choices: Choice) -> None:
        """Shows a sentence; a choice's button hides the notice and then acts."""
        self._take_buttons_off()
        self.words.setText(sentence)
        for text, act in choices:
            button = push_button(text, self.clear)
            button.clicked.connect(act)
            self._buttons.addWidget(button)
            button.show()  # else the event loop does, and until then Tab does not know it
            self._shown.append(button)
        self._order_keys()
        self.setAccessibleName(sentence)
        self._arrange()
        self.show()
        settle_around(self)
        announce(self, sentence)

    def say_problem(self, problem: Problem, *choices: Choice) -> None:
        self.say(explain(problem).in_one(), *choices)

    def typed(self) -> None:
        """The writer goes on: a sentence that asks for nothing has been read."""
        if not self._shown:
            self.clear()

    def clear(self) -> None:
        focused = self.focusWidget()
        had_keys = focused is not None and focused.hasFocus()
        self.hide()
        if had_keys:
            self.left.emit()

    def choices(self) -> list[str]:
        """The words on its buttons."""
        return [button.text() for button in self._shown]

    def choose(self, text: str) -> None:
        """Presses the button with these words. Raises ValueError where there is none."""
        self._shown[self.choices().index(text)].click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The buttons below the words where they would leave these too little room."""
        for button in self._shown:
            button.ensurePolished()  # else it is narrower than it will be
        taken = sum(button.sizeHint().width() + 8 for button in self._shown)
        narrow = bool(self._shown) and self.width() - taken < _ROOM_FOR_WORDS
        ways = QBoxLayout.Direction
        self._inside.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        below = narrow and taken - 8 > self.width() - _BESIDE_WORDS + _GIVE
        self._buttons.setDirection(ways.TopToBottom if below else ways.LeftToRight)
        left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
        self._buttons.setAlignment(left if narrow else middle)
        self.room.fit(self.width() - _BESIDE_WORDS - (0 if narrow else taken))

    def _order_keys(self) -> None:
        """Tab goes from the words over the buttons to the cross: what is new stands at the end of
        the whole window else."""
        stops = (self.room, self.words, *self._shown, self.close_button)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def event(self, event: QEvent) -> bool:
        """Esc is a key of the window around it too: here it is the notice's."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.clear()
            return
        super().keyPressEvent(event)

    def _take_buttons_off(self) -> None:
        for button in self._shown:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._shown.clear()


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
