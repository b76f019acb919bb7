"""The editor: a text with few forms, pictures, and an eye on input methods."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskapp.domain.rich_reader import LONGEST_PASTE, read_foreign
from deskapp.domain.rich_text import Document, of_plain, readable
from deskapp.ui.theme import theme

from .formatting import Formatting
from .marks import Marks
from .picture_edit import PictureEdit
from .places import from_qt, to_qt
from .rich_document import FILLED, QUOTE, raw_text, read_document, write_document

_FEWEST_LINES, _MOST_LINES = 4, 12
# A name after ";" at the start of a word; the full-width one is what Chinese input methods type.
_TRIGGER = re.compile(r"(?:^|\s)[;；]([^\W\d_]\S{0,40})$")
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffc\ud800-\udfff]")
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"))


class Editor(PictureEdit):
    """``trigger_typed`` carries what stands after a typed ";", "" once nothing does any more.

    ``answer_key`` may take a key before the editor does: the open picker's arrows and Enter.
    """

    trigger_typed = Signal(str)
    files_given = Signal(object)  # list[Path]
    pictures_given = Signal(object)  # list[Path], to be shown in the text
    image_given = Signal(object)  # QImage
    left = Signal()
    nothing_to_undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.setAcceptRichText(True)
        self.composing = False
        self.plain = False
        self.answer_key: Callable[[QKeyEvent], bool] | None = None
        self._most_px = 0
        self.marks = Marks(self.document())
        self.formatting = Formatting(self)
        self.textChanged.connect(self._look_for_trigger)
        self.cursorPositionChanged.connect(self._look_for_trigger)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def text(self) -> str:
        return raw_text(self.document())

    def written(self) -> Document:
        """The text with its forms."""
        return read_document(self.document())

    def caret(self) -> int:
        """In characters of the text."""
        return from_qt(self.text(), self.textCursor().position())

    def show_document(self, written: Document, caret: int) -> None:
        """Another text; what was typed before cannot be undone into it."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        document.clear()
        self.setCurrentCharFormat(QTextCharFormat())
        write_document(QTextCursor(document), written, whole=True)
        document.setUndoRedoEnabled(True)
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(to_qt(text, min(max(caret, 0), len(text))))
        self.setTextCursor(cursor)

    def replace_document(self, written: Document) -> None:
        """Another text as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        if cursor.currentList() is not None:
            cursor.currentList().remove(cursor.block())
        write_document(cursor, written, whole=True)
        cursor.endEditBlock()

    def append_text(self, text: str) -> None:
        """Puts text in at the end; the caret stays."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, QTextCharFormat())

    def replace_text(self, text: str) -> None:
        self.replace_document(of_plain(text))

    def set_plain(self, plain: bool) -> None:
        """Letters alone from now on. What has forms is told in letters, as one step."""
        if plain and not self.plain and self.text():
            told = readable(self.written())
            if told != self.text() or self.formatting.has_forms():
                self.replace_text(told)
        self.plain = plain
        self.setAcceptRichText(not plain)

    def insert(self, text: str, filled: Sequence[tuple[int, int]] = ()) -> None:
        """Puts text in at the caret, in place of a typed ";name" and of nothing else."""
        text = clean_text(text)
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        cursor.beginEditBlock()
        trigger = self.trigger()
        if trigger:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left,
                QTextCursor.MoveMode.KeepAnchor,
                to_qt(trigger, len(trigger)) + 1,
            )
            cursor.removeSelectedText()
        form = QTextCharFormat(cursor.charFormat())
        form.clearProperty(FILLED)
        start = 0
        for first, last in sorted(filled):
            value = QTextCharFormat(form)
            value.setProperty(FILLED, text[first:last])
            cursor.insertText(text[start:first], form)
            cursor.insertText(text[first:last], value)
            start = last
        cursor.insertText(text[start:], form)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(form)
        self.ensureCursorVisible()

    def select(self, first: int, last: int) -> None:
        """Selects characters and brings them into sight."""
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(to_qt(text, first))
        cursor.setPosition(to_qt(text, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
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

    def event(self, event: QEvent) -> bool:
        # The keys of forms are the editor's while it has the keyboard, whatever they do elsewhere.
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self.formatting.knows(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.composing:
            if self.answer_key is not None and self.answer_key(event):
                return
            if not self.isReadOnly() and self.formatting.takes_key(event):
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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        block = self.cursorForPosition(event.rect().topLeft()).block()
        layout = self.document().documentLayout()
        above = self.verticalScrollBar().value()
        while block.isValid():
            place = layout.blockBoundingRect(block).translated(0, -above)
            if place.top() > event.rect().bottom():
                break
            if block.blockFormat().boolProperty(QUOTE):
                high = int(place.height()) + 1
                edge = int(self.document().documentMargin()) + 4
                painter.fillRect(edge, int(place.top()), 2, high, theme().colour("ours_edge"))
            block = block.next()
        painter.end()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self._take_files(files)
        elif source.hasImage() and not source.hasText():
            self.image_given.emit(QImage(source.imageData()))
        elif source.hasHtml() and not self.plain and len(source.html()) < LONGEST_PASTE:
            write_document(self.textCursor(), read_foreign(source.html()))
        elif source.hasText():
            self.textCursor().insertText(clean_text(source.text()), self._typed_form())
        elif source.hasImage():
            self.image_given.emit(QImage(source.imageData()))
        self.ensureCursorVisible()

    def _typed_form(self) -> QTextCharFormat:
        form = QTextCharFormat(self.textCursor().charFormat())
        form.clearProperty(FILLED)
        form.setAnchor(False)
        form.setAnchorHref("")
        return form

    def _take_files(self, files: list[Path]) -> None:
        """Pictures stand in the text, other files hang on."""
        shown = [] if self.plain else [one for one in files if one.suffix.lower() in _PICTURES]
        hung = [one for one in files if one not in shown]
        if shown:
            self.pictures_given.emit(shown)
        if hung:
            self.files_given.emit(hung)

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

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        high = int(self.document().documentLayout().documentSize().height())
        frame = 2 * self.frameWidth() + 10
        margin = int(2 * self.document().documentMargin())
        wanted = min(max(high, _FEWEST_LINES * line + margin), _MOST_LINES * line + margin) + frame
        if self._most_px:
            wanted = min(wanted, max(self._most_px, 2 * line + margin + frame))
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)


def clean_text(text: str) -> str:
    """Pasted text without what no mail may carry and PostgreSQL refuses (NUL)."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
