"""What stands where a list or a pane has nothing to show: loading, empty, failed. In words."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain
from deskapp.ui.theme import theme

from .labels import label

SKELETON_AFTER_MS = 150


class Words(QWidget):
    """A title, a sentence, and at most one thing to do, in the middle of the pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[], object] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title = label(size="card", wrap=True)
        self.sentence = label(tone="muted", wrap=True)
        self.button = QPushButton()
        self.button.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 12, 32, 12)
        column.setSpacing(8)
        column.addStretch(2)
        for text in (self.title, self.sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(
        self,
        title: str,
        sentence: str,
        button: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        self.title.setText(_with_breaks(title))
        self.sentence.setText(_with_breaks(sentence))
        self.title.setAccessibleName(title)
        self.sentence.setAccessibleName(sentence)
        self.setAccessibleName(f"{title} {sentence}")
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._act = act

    def stand_for_keys(self) -> QWidget:
        """What the keyboard goes to: the one thing to do, where there is one."""
        return self if self._act is None else self.button

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()


class Skeleton(QWidget):
    """Grey bars in the place of rows that are on their way."""

    def __init__(self, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self.setAccessibleName(self.tr("Loading"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("sunken"))
        width = self.width() - 32
        for top in range(12, self.height(), self._row_height):
            painter.drawRoundedRect(QRectF(16, top, width * 0.45, 10), 4, 4)
            painter.drawRoundedRect(QRectF(16, top + 20, width * 0.9, 10), 4, 4)
        painter.end()


class Stated(QStackedWidget):
    """A content widget that gives way to words. Loading shows only after 150 ms."""

    def __init__(
        self, content: QWidget, row_height: int = 80, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._content, self._words, self._skeleton = content, Words(), Skeleton(row_height)
        for page in (content, self._words, self._skeleton):
            self.addWidget(page)
        self._make_room()
        self.currentChanged.connect(self._make_room)
        self._left: QWidget | None = None  # what of the content had the keyboard
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_AFTER_MS)
        self._late.timeout.connect(self._show_skeleton)

    @property
    def words(self) -> Words:
        return self._words

    def take_keys(self) -> None:
        """The keyboard comes in here, to the content or to the words in its place."""
        page = self.currentWidget() or self._content
        into = self._words.stand_for_keys() if page is self._words else page
        into.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_content(self) -> None:
        self._late.stop()
        with self._keys_kept(self._content):
            self.setCurrentWidget(self._content)

    def show_loading(self) -> None:
        """Keeps what is there for a moment: most answers come before anybody sees a skeleton."""
        self._late.start()

    def show_words(
        self,
        title: str,
        sentence: str,
        button: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        self._late.stop()
        with self._keys_kept(self._words):
            self._words.say(title, sentence, button, act)
            self.setCurrentWidget(self._words)

    def show_problem(self, problem: Problem, again: Callable[[], object] | None = None) -> None:
        """A Problem's sentences with "Try again"."""
        told = explain(problem)
        button = self.tr("Try again") if again else ""
        self.show_words(told.title, told.in_one(), button, again)

    def _make_room(self) -> None:
        """Words that are not shown keep no pane from being low."""
        shown = self.currentWidget() is self._words
        policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def _show_skeleton(self) -> None:
        with self._keys_kept(self._skeleton):
            self.setCurrentWidget(self._skeleton)

    @contextmanager
    def _keys_kept(self, page: QWidget) -> Iterator[None]:
        """The keyboard stays in here: Qt would give it to whatever stands beside, where a space bar
        would press a button that nobody looked at."""
        focus, before = QApplication.focusWidget(), self.currentWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        if before is self._content and page is not before:
            self._left = focus if inside else None
        moves = inside and (page is not before or page is self._words)
        if moves:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # what is hidden now has none to lose
        yield
        if moves:
            self._into(page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _into(self, page: QWidget) -> QWidget:
        if page is self._words:
            return self._words.stand_for_keys()
        is_back = page is self._content and self._left is not None and isValid(self._left)
        return self._left if is_back and self._left is not None else page


_LONG = 20  # letters without a space


def _with_breaks(text: str) -> str:
    """Long words, as an address in a search, may go on in the next line."""
    return "".join(
        part if len(part) <= _LONG else "".join(f"{sign}\u200b" for sign in part)
        for part in re.split(r"(\s+)", text)
    )
