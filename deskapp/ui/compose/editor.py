"""The editor: a text with few forms, pictures, and an eye on input methods."""

import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskapp.domain.rich_text import PICTURE, Document, Picture, of_plain, readable

from .form_actions import FormActions
from .formatting import Formatting
from .marks import Marks
from .pasting import PastingEdit, clean_text
from .places import from_qt, to_qt
from .quote_edge import paint_quote_edge
from .rich_document import FILLED, QUOTE, raw_text, read_document, write_document
from .room import room_of
from .spelling import add_suggestions

_FEWEST_LINES, _MOST_LINES = 4, 12
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
# A name after ";" at the start of a word; the full-width one is what Chinese input methods type.
_TRIGGER = re.compile(r"(?:^|\s)[;；]([^\W\d_]\S{0,40})$")


class Editor(PastingEdit):
    """``trigger_typed`` carries what stands after a typed ";", "" once nothing does any more.

    ``answer_key`` may take a key before the editor does: the open picker's arrows and Enter.
    """

    trigger_typed = Signal(str)
    left = Signal()
    nothing_to_undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.setAcceptRichText(True)
        self.composing = False
        self.answer_key: Callable[[QKeyEvent], bool] | None = None
        self._most_px = 0
        self.marks = Marks(self.document())
        self.formatting = Formatting(self)
        self.forms = FormActions(self)
        self.textChanged.connect(self._look_for_trigger)
        self.cursorPositionChanged.connect(self._look_for_trigger)
        self._high = 0.0
        self.document().documentLayout().documentSizeChanged.connect(self._grown)
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

    def insert(
        self,
        text: str,
        filled: Sequence[tuple[int, int]] = (),
        pictures: Sequence[tuple[Picture, QImage]] = (),
    ) -> None:
        """Puts text in at the caret, in place of a typed ";name" and of nothing else.

        ``pictures``: one for each ``PICTURE`` in it, with its pixels.
        """
        text = (PICTURE if pictures else "").join(map(clean_text, text.split(PICTURE)))
        coming = iter(pictures)
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
            self._put(cursor, text[start:first], form, coming)
            cursor.insertText(text[first:last], value)
            start = last
        self._put(cursor, text[start:], form, coming)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(form)
        self.ensureCursorVisible()

    def _put(
        self,
        cursor: QTextCursor,
        text: str,
        form: QTextCharFormat,
        pictures: Iterator[tuple[Picture, QImage]],
    ) -> None:
        for place, part in enumerate(text.split(PICTURE)):
            if place:
                self.write_picture(cursor, *next(pictures))
            cursor.insertText(part, form)

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
        if not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.type() is QEvent.Type.ShortcutOverride:
            # While composing, no key of the whole window acts. The keys of forms are the editor's
            # while it has the keyboard, whatever they do elsewhere.
            if self.composing or self.forms.takes_key(event, act=False):
                event.accept()
                return True
            return super().event(event)
        pressed = event.type() is QEvent.Type.KeyPress and event.key() in _TABS
        if pressed and (self.composing or self.formatting.takes_key(event)):
            event.accept()  # before the window moves the focus
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing:
            if not _commands(event):
                super().keyPressEvent(event)
            return
        if self.answer_key is not None and self.answer_key(event):
            return
        if self.forms.takes_key(event, act=True) or self.formatting.takes_key(event):
            return
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if undo and not self.document().isUndoAvailable():
            self.nothing_to_undo.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        cursor = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        if not self.isReadOnly():
            add_suggestions(menu, self, self.marks, cursor.position())
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.composing = False  # an input method that was cut off has told us nothing
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_quote_edge(self, event, lambda line: line.blockFormat().boolProperty(QUOTE))

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._fit()  # something above it came or went

    def _grown(self, size: QSizeF) -> None:
        """As far as it is laid out: to ask for its size would lay out a long text to its end."""
        self._high = size.height()
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        high = int(self._high)
        frame = 2 * self.frameWidth() + 10
        margin = int(2 * self.document().documentMargin())
        wanted = min(max(high, _FEWEST_LINES * line + margin), _MOST_LINES * line + margin) + frame
        if self._most_px:
            most = min(self._most_px, room_of(self))
            wanted = min(wanted, max(most, 2 * line + margin + frame))
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)


def _commands(event: QKeyEvent) -> bool:
    """Whether a key does something instead of writing. What an input method leaves over while it
    is composing is not meant for us, except the letters and Backspaces that it sends itself."""
    if event.modifiers() & _HELD:
        return True
    text = event.text()
    return event.key() != Qt.Key.Key_Backspace and not (text and text.isprintable())
