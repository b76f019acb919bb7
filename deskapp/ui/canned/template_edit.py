"""The editor for Liquid text: placeholders stand out, and are offered while they are typed."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QTextEdit, QWidget

from deskapp.domain.canned_names import Begun, begun, local_names, unknown_words
from deskapp.ui.announce import say_current
from deskapp.ui.compose.pasting import pictures_among
from deskapp.ui.theme import theme

_PIECE = re.compile(r"\{\{[^}]*\}?\}?|\{%[^%]*%?\}?|⟦[^⟦⟧]*⟧|!\[[^\[\]]*\]\([^()]+\)")
_LOOKED_AT = 2_000  # letters before the caret; a placeholder is shorter
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class TemplateEdit(QPlainTextEdit):
    """``touched`` comes when a person changed the text, not when another one was shown. What is
    pasted or dropped besides letters is given: ``pictures_given`` to be shown in the text."""

    touched = Signal()
    files_given = Signal(object)  # list[Path]
    pictures_given = Signal(object)  # list[Path]
    image_given = Signal(object)  # QImage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._showing = self._composing = False
        self._marks = _Placeholders(self)
        self._replies: Sequence[str] = ()
        self._offered = QStringListModel(self)
        self._offers = QCompleter(self._offered, self)
        self._offers.setWidget(self)
        self._popup = QListView()
        self._offers.setPopup(self._popup)
        self._popup.setAccessibleName(self.tr("What fits here"))
        say_current(self._popup, self)
        self._offers.setFilterMode(Qt.MatchFlag.MatchContains)
        self._offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._offers.activated.connect(self._take)
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        self._showing = True
        if text != self.toPlainText():
            self.setPlainText(text)
        self.mark_line(0)
        self._showing = False

    def know_replies(self, names: Sequence[str]) -> None:
        """The names of canned replies that may be included."""
        self._replies = names

    def put_letters(self, letters: str) -> None:
        """At the caret, in place of nothing."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        cursor.insertText(letters)
        self.setTextCursor(cursor)
        self.setFocus()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            shown, hung = pictures_among(files)
            if shown:
                self.pictures_given.emit(shown)
            if hung:
                self.files_given.emit(hung)
        elif source.hasImage() and not source.hasText():
            self.image_given.emit(QImage(source.imageData()))
        else:
            super().insertFromMimeData(source)

    def put_in(self, name: str) -> None:
        """A placeholder at the caret."""
        self.textCursor().insertText("{{ " + name + " }}")
        self.setFocus()

    def mark_line(self, line: int) -> None:
        """Underlines a line by number, from 1; 0 marks none."""
        marked: list[QTextEdit.ExtraSelection] = []
        block = self.document().findBlockByNumber(line - 1)
        if line > 0 and block.isValid():
            shown = QTextEdit.ExtraSelection()
            shown.cursor = QTextCursor(block)
            shown.cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            shown.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            shown.format.setUnderlineColor(theme().colour("bad"))
            marked.append(shown)
        self.setExtraSelections(marked)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup.isVisible() and event.key() in _TAKES:
            event.ignore()  # the list takes it
            return
        super().keyPressEvent(event)
        if event.text() and not self._composing:
            self._offer()

    def _offer(self) -> None:
        found = self._begun()
        if found is None:
            self._popup.hide()
            return
        if self._offered.stringList() != list(found.offers):
            self._offered.setStringList(list(found.offers))
        self._offers.setCompletionPrefix(found.typed)
        self._popup.setCurrentIndex(self._offers.completionModel().index(0, 0))
        place = self.cursorRect()
        place.setWidth(260)
        self._offers.complete(place)

    def _begun(self) -> Begun | None:
        """What is being typed at the caret; None outside of placeholders."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
        return begun(cursor.selection().toPlainText()[-_LOOKED_AT:], self._replies)

    def _take(self, name: str) -> None:
        found = self._begun()
        if found is None:
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for _ in range(_units(found.typed)):
            cursor.deletePreviousChar()
        line, at = cursor.block().text(), cursor.positionInBlock()
        before, after = line[:at], line[at:]
        opened = before.endswith(("{{", "{%", "|"))
        cursor.insertText((" " if opened else "") + name + _closing(found, before, after, name))
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _changed(self) -> None:
        if not self._showing:
            self.touched.emit()


def _closing(found: Begun, before: str, after: str, name: str) -> str:
    """What ends a placeholder that was begun; nothing where more of it may follow."""
    if found.kind == "include":
        return "" if after.startswith(('"', "'")) else '" %}'
    output = before.rfind("{{") > before.rfind("{%")
    if found.kind != "name" or not output or name.endswith("."):
        return ""
    return "" if after.lstrip().startswith(("}}", "|")) else " }}"


class _Placeholders(QSyntaxHighlighter):
    """Paints placeholders, marks and pictures in the accent colour; underlines unknown names."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit.document())
        theme().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setForeground(theme().colour("accent"))
        look.setBackground(theme().colour("accent_soft"))
        look.setFontWeight(QFont.Weight.Medium)
        for piece in _PIECE.finditer(text):
            start = _units(text[: piece.start()])
            self.setFormat(start, _units(piece[0]), look)
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(theme().colour("bad"))
        look.setForeground(theme().colour("bad"))
        given = local_names(self.document().toPlainText()) if "{" in text else frozenset()
        for first, last in unknown_words(text, given):
            self.setFormat(_units(text[:first]), _units(text[first:last]), look)


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16."""
    return len(text) + sum(char > "\uffff" for char in text)
