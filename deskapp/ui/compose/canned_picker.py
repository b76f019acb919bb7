"""The picker of canned replies: find, look at it filled in for this ticket, put it in."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.ids import CannedId, OrderId, TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedRow
from deskapp.ui.errors import explain
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .canned_asking import AskForm
from .canned_shown import CannedShown
from .filling import Filled, fill
from .look import popup_sheet
from .popup_place import popup_place
from .whole_rows import WholeRows

_MOST_ROWS, _LIST = 60, 220
_FILLED_AFTER_MS = 60  # whoever types on is not slowed down by a text nobody looks at yet
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class CannedPicker(QFrame):
    """Opened by key with a search field, or by typing ";" with the letters staying in the editor.

    ``chosen`` carries a Filled; ``dismissed`` comes when it closes without one,
    ``keys_free`` when the keyboard goes back to the editor. What the reply asks for is asked in
    the list's place, before it is put in.
    """

    chosen = Signal(object)
    dismissed = Signal()
    keys_free = Signal()

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self._work = work
        self._ticket: TicketId | None = None
        self._filled: Filled | None = None
        self._insert_when_filled = self._composing = self._finding = False
        self._language = ""
        self._answers: Mapping[str, str] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search canned replies by name or text"))
        self.search.setAccessibleName(self.tr("Search canned replies"))
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.list = WholeRows()
        self.list.setAccessibleName(self.tr("Canned replies"))
        self.list.setUniformItemSizes(True)
        self.list.setFixedWidth(_LIST)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.currentItemChanged.connect(self._row_chosen)
        self.list.itemClicked.connect(lambda _item: self._insert())
        self.form = AskForm()
        self.form.setFixedWidth(_LIST)
        self.form.typed.connect(self._answers_typed)
        self.form.answered.connect(self._answered)
        self.form.back.connect(self._back)
        self.shown = CannedShown()
        self.shown.languages.chosen.connect(self._language_chosen)
        self.order: Callable[[], OrderId | None] = lambda: None  # what the agent picked
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._fill)
        self._lay_out()
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def has_keys(self) -> bool:
        """Whether the keyboard is its own, and not the editor's."""
        return not self.isHidden() and (not self.search.isHidden() or self.asking)

    @property
    def asking(self) -> bool:
        return not self.form.isHidden()

    def open_search(self, ticket: TicketId, words: str = "") -> None:
        """By key or button: the search field takes the keys."""
        self._open(ticket, words)
        self.search.show()
        self.search.setFocus()
        self.search.selectAll()

    def open_inline(self, ticket: TicketId, words: str) -> None:
        """Beside what is typed after ";": the editor keeps the focus."""
        if self.isVisible() and self.search.isVisible():
            return
        self.search.hide()
        self._open(ticket, words)

    def close_picker(self) -> None:
        if not self.isHidden():
            self._insert_when_filled = False
            had_keys = self.isAncestorOf(QApplication.focusWidget() or self)
            self._stop_asking()
            self.hide()
            self.dismissed.emit()
            if had_keys:
                self.keys_free.emit()

    def place(self, anchor: QWidget) -> None:
        """Above ``anchor`` in its window."""
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setGeometry(popup_place(anchor))

    def takes_key(self, event: QKeyEvent) -> bool:
        """Acts on a key of the editor or the search field; False leaves it to them."""
        key = event.key()
        busy = self.isHidden() or self.asking or self._composing
        if busy or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key == Qt.Key.Key_Escape:
            self.close_picker()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem():
            self._insert()
        elif key in _MOVES and self.list.count():
            row = self.list.currentRow() + _MOVES[Qt.Key(key)]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.takes_key(event)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.list)
        middle.addWidget(self.form)
        middle.addWidget(self.shown, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addLayout(middle, 1)

    def _dress(self) -> None:
        self.setStyleSheet(popup_sheet(theme().colours, theme().fonts))

    def _open(self, ticket: TicketId, words: str) -> None:
        if ticket != self._ticket:
            self._ticket, self._language = ticket, ""
        if self.search.text() != words or self.isHidden():
            self.search.blockSignals(True)
            self.search.setText(words)
            self.search.blockSignals(False)
            self._find(words)
        if not self.search.isVisibleTo(self) and not self.list.count():
            return  # typed: shown once something matches
        self.show()
        self.raise_()

    def _find(self, words: str) -> None:
        self._insert_when_filled, self._finding, self._filled = False, True, None
        self._soon.stop()
        self._stop_asking()
        ticket = self._ticket
        self._work.ask(
            lambda desk: desk.canned.list(words, ticket),
            self._found,
            self._not_found,
            owner=self,
            topic="list",
        )

    def _found(self, rows: Sequence[CannedRow]) -> None:
        self._finding = False
        self.list.clear()
        for row in rows[:_MOST_ROWS]:
            item = QListWidgetItem(row.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {row.folder}")
            item.setToolTip(row.folder)
        if self.search.isHidden() and self._ticket is not None:
            if not rows:
                self.close_picker()
                return
            self.show()
            self.raise_()
        if rows:
            self.list.setCurrentRow(0)
        else:
            self._say(self.tr("No canned reply has these words."))

    def _not_found(self, problem: Problem) -> None:
        self.list.clear()
        self._not_filled(problem)

    def _row_chosen(self) -> None:
        self._filled = None
        if self._insert_when_filled:
            self._fill()
        else:
            self._soon.start(_FILLED_AFTER_MS)

    def _fill(self) -> None:
        """Asks for the chosen reply, filled in with the answers there are."""
        item, self._filled = self.list.currentItem(), None
        if item is not None and not self._finding:
            row: CannedRow = item.data(Qt.ItemDataRole.UserRole)
            self._ask(row.id, self._language if self._language in row.languages else None)

    def _ask(self, canned: CannedId, language: str | None) -> None:
        ticket, answers, order = self._ticket, self._answers, self.order()
        if ticket is not None:
            self._work.ask(
                lambda desk: fill(desk, canned, ticket, language, answers, order),
                self._came,
                self._not_filled,
                owner=self,
                topic="filled",
            )

    def _came(self, filled: Filled) -> None:
        item = self.list.currentItem()
        row: CannedRow | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        if row is None or self._finding or row.id != filled.canned_id:
            return
        self._filled = filled
        self.shown.show_filled(filled, row.languages, asking=self.asking)
        if self._insert_when_filled:
            self._insert()

    def _not_filled(self, problem: Problem) -> None:
        self._insert_when_filled = self._finding = False
        self._say(explain(problem).in_one())

    def _say(self, sentence: str) -> None:
        self._filled = None
        self.shown.say(sentence)

    def _language_chosen(self, tag: str) -> None:
        self._language = tag
        self._fill()

    def _insert(self) -> None:
        if self._filled is None:
            self._insert_when_filled = True
            if self._soon.isActive():
                self._soon.start(0)
            return
        self._insert_when_filled = False
        if self._filled.questions and not self.asking:
            self.list.hide()
            self.form.ask(self._filled.questions)
            self.shown.show_hint(self._filled, asking=True)
            return
        filled = self._filled
        self._stop_asking()
        self.hide()
        self.chosen.emit(filled)

    def _answers_typed(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._fill()

    def _answered(self, answers: Mapping[str, str]) -> None:
        if answers == self._answers:
            self._insert()
        else:
            self._insert_when_filled = True
            self._answers_typed(answers)

    def _back(self) -> None:
        """From the questions to the list, and to whom the keys belonged."""
        self._stop_asking()
        self._fill()
        if self.search.isHidden():
            self.keys_free.emit()
        else:
            self.search.setFocus()

    def _stop_asking(self) -> None:
        self._answers = {}
        self.form.hide()
        self.list.show()
