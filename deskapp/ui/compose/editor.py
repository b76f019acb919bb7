"""The plain text editor: knows marks, dropped files, and when an input method is composing."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from deskapp.domain.placeholders import find_unresolved
from deskapp.ui.theme import theme

from .places import from_qt, to_qt

_FEWEST_LINES, _MOST_LINES = 4, 12
# A name after ";" at the start of a word; the full-width one is what Chinese input methods type.
_TRIGGER = re.compile(r"(?:^|\s)[;；]([^\W\d_]\S{0,40})$")
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Editor(QPlainTextEdit):
    """``trigger_typed`` carries what stands after a typed ";", "" once nothing does any more.

    ``answer_key`` may take a key before the editor does: the open picker's arrows and Enter.
    """

    trigger_typed = Signal(str)
    files_given = Signal(object)  # list[Path]
    image_given = Signal(object)  # QImage
    left = Signal()
    nothing_to_undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.composing = False
        self.answer_key: Callable[[QKeyEvent], bool] | None = None
        self._filled: list[tuple[QTextCursor, str]] = []
        self._most_px = 0
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self._look_for_trigger)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme().changed.connect(self._mark)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def text(self) -> str:
        return self.toPlainText()

    def caret(self) -> int:
        """In characters of the text."""
        return from_qt(self.text(), self.textCursor().position())

    def show_text(self, text: str, caret: int) -> None:
        """Another text; what was typed before cannot be undone into it."""
        self._filled.clear()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(to_qt(text, min(max(caret, 0), len(text))))
        self.setTextCursor(cursor)

    def replace_text(self, text: str) -> None:
        """Another text as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def insert(self, text: str, filled: Sequence[tuple[int, int]] = ()) -> None:
        """Puts text in at the caret, in place of a typed ";name" and of nothing else."""
        text = _clean(text)
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        trigger = self.trigger()
        if trigger:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left,
                QTextCursor.MoveMode.KeepAnchor,
                to_qt(trigger, len(trigger)) + 1,
            )
        start = cursor.selectionStart()
        cursor.insertText(text)
        self.setTextCursor(cursor)
        for first, last in filled:
            place = _place(self, start + to_qt(text, first), start + to_qt(text, last))
            self._filled.append((place, place.selectedText()))
        self._mark()

    def select(self, first: int, last: int) -> None:
        """Selects characters and brings them into sight."""
        text = self.text()
        self.setTextCursor(_place(self, to_qt(text, first), to_qt(text, last)))
        self.ensureCursorVisible()
        self.setFocus()

    def keep_under(self, most_px: int) -> None:
        """The greatest height it may grow to."""
        self._most_px = most_px
        self._fit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._look_for_trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.composing and self.answer_key is not None and self.answer_key(event):
            return
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if undo and not self.document().isUndoAvailable():
            self.nothing_to_undo.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_given.emit(files)
        elif source.hasText():
            self.textCursor().insertText(_clean(source.text()))
            self.ensureCursorVisible()
        elif source.hasImage():
            self.image_given.emit(QImage(source.imageData()))

    def trigger(self) -> str:
        """The letters after a ";" before the caret."""
        cursor = self.textCursor()
        before = cursor.block().text()
        before = before[: from_qt(before, cursor.positionInBlock())]
        found = None if cursor.hasSelection() else _TRIGGER.search(before)
        return found[1] if found else ""

    def _look_for_trigger(self) -> None:
        # While composing, the letters are the input method's and may yet become others.
        if not self.composing:
            self.trigger_typed.emit(self.trigger())

    def _text_changed(self) -> None:
        self._mark()
        self._look_for_trigger()

    def _mark(self) -> None:
        colours = theme()
        self._filled = [one for one in self._filled if one[0].selectedText() == one[1] != ""]
        marks = [
            _selection(place, colours.colour("accent_soft"), colours.colour("accent"))
            for place, _text in self._filled
        ]
        self.setExtraSelections([*marks, *mark_unresolved(self)])

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        rows = int(self.document().documentLayout().documentSize().height())  # lines, not pixels
        frame = 2 * self.frameWidth() + int(2 * self.document().documentMargin()) + 10
        wanted = min(max(rows, _FEWEST_LINES), _MOST_LINES) * line + frame
        if self._most_px:
            wanted = min(wanted, max(self._most_px, 2 * line + frame))
        self.setMinimumHeight(wanted)


def mark_unresolved(edit: QPlainTextEdit) -> list[QTextEdit.ExtraSelection]:
    """The places of a text that still need a value, to be shown as such."""
    text, marks = edit.toPlainText(), []
    for mark in find_unresolved(text):
        place = _place(edit, to_qt(text, mark.start), to_qt(text, mark.end))
        shown = _selection(place, theme().colour("note"), theme().colour("warn"))
        shown.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        marks.append(shown)
    return marks


def _place(edit: QPlainTextEdit, first: int, last: int) -> QTextCursor:
    place = QTextCursor(edit.document())
    place.setPosition(first)
    place.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    return place


def _clean(text: str) -> str:
    """Pasted text without what no mail may carry and PostgreSQL refuses (NUL)."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _selection(place: QTextCursor, ground: QColor, ink: QColor) -> QTextEdit.ExtraSelection:
    shown = QTextEdit.ExtraSelection()
    shown.cursor = place
    shown.format.setBackground(ground)
    shown.format.setForeground(ink)
    return shown
