"""What a spell checker would write instead of a word, in the editor's context menu."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from .marks import Marks
from .places import from_qt, to_qt


def add_suggestions(menu: QMenu, edit: QTextEdit, marks: Marks, place: int) -> None:
    """Puts them above the other entries; none for a word that is known. ``place``: Qt's, in the
    document."""
    block = edit.document().findBlock(place)
    line = block.text()
    found = marks.unknown_at(line, from_qt(line, place - block.position()))
    if found is None:
        return
    first, last = found
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + to_qt(line, first))
    cursor.setPosition(block.position() + to_qt(line, last), QTextCursor.MoveMode.KeepAnchor)
    before = menu.actions()[0] if menu.actions() else None
    words = marks.suggested(line[first:last])
    made = [menu.addAction(word.replace("&", "&&"), partial(_put, cursor, word)) for word in words]
    if not made:
        made = [menu.addAction(QCoreApplication.translate("Spelling", "No suggestion"))]
        made[0].setEnabled(False)
    if before is not None:
        made.append(menu.addSeparator())
        menu.insertActions(before, made)


def _put(cursor: QTextCursor, word: str) -> None:
    """As one step, in the form that the word has."""
    cursor.insertText(word, cursor.charFormat())
