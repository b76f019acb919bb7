"""Names of colleagues behind an @, offered while a note is being written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView

from deskapp.domain.mentions import begun_mention
from deskapp.ui.announce import say_current
from deskapp.ui.work import Work

from .editor import Editor

if TYPE_CHECKING:
    from deskapp.desk import Desk

_ROWS = 6
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class MentionNames(QObject):
    """Completes the name that is begun before the caret; the text is changed only by a choice.

    ``in_note``: mentions are for colleagues, a reply has none.
    """

    def __init__(self, editor: Editor, work: Work, in_note: Callable[[], bool]) -> None:
        super().__init__(editor)
        self._editor, self._work, self._in_note = editor, work, in_note
        self._names = QStringListModel(self)
        self.completer = QCompleter(self._names, self)
        self.completer.setWidget(editor)
        self.popup = QListView()
        self.completer.setPopup(self.popup)
        self.popup.setProperty("role", "names")
        self.popup.setAccessibleName(self.tr("Colleagues"))
        say_current(self.popup, editor)
        self.popup.installEventFilter(self)  # asked before the completer, which asks the editor
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(_ROWS)
        self.completer.activated.connect(self._insert)
        editor.textChanged.connect(self._look)

    def learn(self) -> None:
        """Reads who works here."""
        self._work.ask(_colleagues, self._names.setStringList, owner=self, topic="mentions")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab take the name that is marked; the editor would write them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _TAKES and self.popup.currentIndex().isValid():
                name = str(self.popup.currentIndex().data())
                self.popup.hide()
                self._insert(name)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.popup.hide()
                return True
        return super().eventFilter(watched, event)

    def _begun(self) -> str | None:
        cursor = self._editor.textCursor()
        if not self._in_note() or cursor.hasSelection():
            return None
        return begun_mention(cursor.block().text()[: cursor.positionInBlock()])

    def _look(self) -> None:
        begun = self._begun()
        if begun is None or not self._editor.hasFocus():
            self.popup.hide()
            return
        self.completer.setCompletionPrefix(begun)
        if not self.completer.completionCount() or self.completer.currentCompletion() == begun:
            self.popup.hide()
            return
        place = self._editor.cursorRect().translated(self._editor.viewport().pos())
        place.setWidth(max(200, self.popup.sizeHintForColumn(0) + 24))
        self.completer.complete(place)
        self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _insert(self, name: str) -> None:
        begun = self._begun()
        if begun is None:
            return
        cursor = self._editor.textCursor()
        left, how = QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(left, how, len(begun.encode("utf-16-le")) // 2)
        cursor.insertText(f"{name} ")
        self._editor.setTextCursor(cursor)


def _colleagues(desk: "Desk") -> list[str]:
    return [one.name for one in desk.agents.list() if one.active and one.id != desk.agent]
