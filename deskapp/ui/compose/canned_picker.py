"""The picker of canned replies: find, look at it filled in for this ticket, put it in."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.ids import CannedId, TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedRow
from deskapp.ui.errors import explain
from deskapp.ui.pieces.labels import label
from deskapp.ui.text import language_name
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .filling import Filled, fill
from .look import popup_sheet

_MOST_ROWS = 60
_WIDTH, _HEIGHT, _LOWEST = 580, 280, 150
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class CannedPicker(QFrame):
    """Opened by key with a search field, or by typing ";" with the letters staying in the editor.

    ``chosen`` carries a Filled; ``dismissed`` comes when it closes without one.
    """

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self._work = work
        self._ticket: TicketId | None = None
        self._filled: Filled | None = None
        self._insert_when_filled = False
        self._language = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search canned replies by name or text"))
        self.search.setAccessibleName(self.tr("Search canned replies"))
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Canned replies"))
        self.list.setUniformItemSizes(True)
        self.list.setFixedWidth(210)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.currentItemChanged.connect(self._row_chosen)
        self.list.itemClicked.connect(self._clicked)
        self._languages = QHBoxLayout()
        self._languages.setSpacing(4)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._language_chosen)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setProperty("role", "preview")
        self.preview.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.preview.setAccessibleName(self.tr("Preview for this ticket"))
        self._foot = label(size="small", tone="muted", wrap=True)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(self._languages)
        right.addWidget(self.preview, 1)
        right.addWidget(self._foot)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addLayout(middle, 1)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

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
            self.hide()
            self.dismissed.emit()

    def place(self, anchor: QWidget) -> None:
        """Above ``anchor`` in its window, or over it where there is no room."""
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        left_top = anchor.mapTo(window, anchor.rect().topLeft())
        width = min(_WIDTH, window.width() - 16)
        height = min(_HEIGHT, max(left_top.y() - 14, _LOWEST))
        left = max(8, min(left_top.x(), window.width() - width - 8))
        above = left_top.y() - height - 6
        self.setGeometry(left, max(8, above), width, height)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Acts on a key of the editor or the search field; False leaves it to them."""
        key = event.key()
        if self.isHidden() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
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
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.takes_key(event)
        return super().eventFilter(watched, event)

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
        self._insert_when_filled = False
        self._work.ask(
            lambda desk: desk.canned.list(words),
            self._found,
            self._not_found,
            owner=self,
            topic="list",
        )

    def _found(self, rows: Sequence[CannedRow]) -> None:
        self.list.clear()
        for row in rows[:_MOST_ROWS]:
            item = QListWidgetItem(row.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {row.folder}")
            item.setToolTip(row.folder)
        inline = self.search.isHidden()
        if inline and self._ticket is not None:
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
        self._say(explain(problem).in_one())

    def _row_chosen(self) -> None:
        self._filled = None
        item = self.list.currentItem()
        if item is not None:
            row: CannedRow = item.data(Qt.ItemDataRole.UserRole)
            self._ask(row.id, self._language if self._language in row.languages else None)

    def _ask(self, canned: CannedId, language: str | None) -> None:
        ticket = self._ticket
        if ticket is not None:
            self._work.ask(
                lambda desk: fill(desk, canned, ticket, language),
                self._came,
                self._not_filled,
                owner=self,
                topic="filled",
            )

    def _came(self, filled: Filled) -> None:
        item = self.list.currentItem()
        row: CannedRow | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        if row is None or row.id != filled.canned_id:
            return
        self._filled = filled
        self._show_languages(row.languages, filled.language)
        self.preview.setPlainText(filled.text)
        left = len(filled.unresolved)
        hint = self.tr("Enter puts it in at the caret.")
        open_places = self.tr("%n place(s) to fill in by hand.", "", left)
        self._foot.setText(f"{open_places} {hint}" if left else hint)
        if self._insert_when_filled:
            self._insert()

    def _not_filled(self, problem: Problem) -> None:
        self._insert_when_filled = False
        self._say(explain(problem).in_one())

    def _say(self, sentence: str) -> None:
        self._filled = None
        self._show_languages((), "")
        self.preview.clear()
        self._foot.setText(sentence)

    def _show_languages(self, languages: Sequence[str], current: str) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
        while (item := self._languages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tag in languages:
            button = QPushButton(language_name(tag))
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setChecked(tag == current)
            button.setAutoDefault(False)
            button.setProperty("language", tag)
            self._group.addButton(button)
            self._languages.addWidget(button)
        self._languages.addStretch(1)

    def _language_chosen(self, button: QPushButton) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._language = str(button.property("language"))
            self._ask(item.data(Qt.ItemDataRole.UserRole).id, self._language)

    def _clicked(self, _item: QListWidgetItem) -> None:
        self._insert()

    def _insert(self) -> None:
        if self._filled is None:
            self._insert_when_filled = True
            return
        self._insert_when_filled = False
        self.hide()
        self.chosen.emit(self._filled)
