"""The few forms of a text, by key or button, each a step of the editor's one undo."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)

from deskapp.domain.rich_text import Block, Shape, is_plain, safe_link

from .list_forms import is_item, level_of, lines_of, make_list, may_go_in, set_line, shift, take_out
from .rich_document import CODE, CODE_BLOCK, FILLED, QUOTE, STYLES, block_form, set_code

if TYPE_CHECKING:
    from .editor import Editor

_HEAVY = 600
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Formatting(QObject):
    """``link_wanted``: an address is to be asked for. Nothing acts in a plain text."""

    link_wanted = Signal()

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self._editor = editor

    def may_act(self) -> bool:
        """Not in a plain text, and not while an input method is composing."""
        editor = self._editor
        return not (editor.plain or editor.composing or editor.isReadOnly())

    def takes_key(self, event: QKeyEvent) -> bool:
        """Acts on Enter in an empty line that has a form, on Backspace at the start of one, and
        on Tab at the start of an item, where that leads a level in or out; elsewhere Tab goes on.
        """
        cursor, key = self._editor.textCursor(), event.key()
        if cursor.hasSelection() or not self.may_act() or not cursor.atBlockStart():
            return False
        line, shifted = cursor.block(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and shifted):
            may, act = level_of(line) > 1, self.shallower
        elif key == Qt.Key.Key_Tab and not event.modifiers():
            may, act = may_go_in(line), self.deeper
        else:
            ends = key == Qt.Key.Key_Backspace or (key in _ENTER and not line.text())
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            may, act = ends and plain and self._has_form(line), partial(self._leave_form, cursor)
        if may:
            act()
        return may

    def has_forms(self) -> bool:
        """Whether the text is more than its letters."""
        return not is_plain(self._editor.written())

    def now(self) -> frozenset[str]:
        """The forms at the caret: bold, italic, code, link, quote, bullets, numbers."""
        cursor = self._editor.textCursor()
        form, line = self._editor.currentCharFormat(), cursor.blockFormat()
        listed = cursor.currentList()
        style = listed.format().style() if line.objectIndex() >= 0 else None
        held = {
            "bold": form.fontWeight() >= _HEAVY,
            "italic": form.fontItalic(),
            "code": form.boolProperty(CODE) or line.boolProperty(CODE_BLOCK),
            "link": bool(form.anchorHref()),
            "quote": line.boolProperty(QUOTE),
            "bullets": style == STYLES[Shape.BULLET],
            "numbers": style == STYLES[Shape.NUMBER],
        }
        return frozenset(name for name, on in held.items() if on)

    def bold(self) -> None:
        form = QTextCharFormat()
        on = "bold" not in self.now()
        form.setFontWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
        self._editor.mergeCurrentCharFormat(form)

    def italic(self) -> None:
        form = QTextCharFormat()
        form.setFontItalic("italic" not in self.now())
        self._editor.mergeCurrentCharFormat(form)

    def code(self) -> None:
        """Letters within a line, or whole lines where nothing or several lines are selected."""
        cursor = self._editor.textCursor()
        lines = lines_of(cursor)
        if len(lines) == 1 and cursor.hasSelection():
            form = QTextCharFormat()
            set_code(form, on="code" not in self.now())
            self._editor.mergeCurrentCharFormat(form)
            return
        on = not cursor.blockFormat().boolProperty(CODE_BLOCK)
        self._set_lines(cursor, lines, Block(shape=Shape.CODE if on else Shape.PARAGRAPH))

    def quote(self) -> None:
        cursor = self._editor.textCursor()
        on = not cursor.blockFormat().boolProperty(QUOTE)
        self._set_lines(cursor, lines_of(cursor), Block(quote=on))

    def bullets(self) -> None:
        self._list(Shape.BULLET)

    def numbers(self) -> None:
        self._list(Shape.NUMBER)

    def deeper(self) -> None:
        """The items at the caret or selected, one level in."""
        cursor = self._editor.textCursor()
        shift(cursor, lines_of(cursor), 1)

    def shallower(self) -> None:
        """One level out; out of the first they are plain lines."""
        cursor = self._editor.textCursor()
        shift(cursor, lines_of(cursor), -1)

    def _list(self, shape: Shape) -> None:
        cursor = self._editor.textCursor()
        lines = lines_of(cursor)
        if {Shape.BULLET: "bullets", Shape.NUMBER: "numbers"}[shape] not in self.now():
            make_list(cursor, lines, shape)
            return
        cursor.beginEditBlock()
        for line in lines:
            take_out(line)
        cursor.endEditBlock()

    def link(self, address: str) -> bool:
        """Makes the selected words a link, or puts the address in as one; "" takes it off.

        False for an address that may not stand in a mail.
        """
        target = safe_link(address)
        if not target and "." in address and ":" not in address:
            target = safe_link(f"https://{address.strip()}")
        if address.strip() and not target:
            return False
        cursor = self._editor.textCursor()
        form = QTextCharFormat(cursor.charFormat())
        form.clearProperty(FILLED)
        form.setAnchor(bool(target))
        form.setAnchorHref(target)
        if cursor.hasSelection():
            cursor.mergeCharFormat(form)
            cursor.setPosition(cursor.selectionEnd())
            self._editor.setTextCursor(cursor)
        elif target:
            cursor.insertText(address.strip(), form)
        form.setAnchor(False)
        form.setAnchorHref("")
        self._editor.setCurrentCharFormat(form)  # what is typed behind it is no link
        return True

    def _set_lines(self, cursor: QTextCursor, lines: list[QTextBlock], form: Block) -> None:
        cursor.beginEditBlock()
        for line in lines:
            if form.shape is Shape.CODE:
                take_out(line)
            set_line(line, block_form(form))
        cursor.endEditBlock()

    def _has_form(self, line: QTextBlock) -> bool:
        form = line.blockFormat()
        return is_item(line) or form.boolProperty(QUOTE) or form.boolProperty(CODE_BLOCK)

    def _leave_form(self, cursor: QTextCursor) -> None:
        """An item goes a level out; out of the first, a quote or code it is a plain line."""
        line = cursor.block()
        if level_of(line) > 1:
            shift(cursor, [line], -1)
            return
        cursor.beginEditBlock()
        take_out(line)
        set_line(line, block_form(Block()))
        cursor.endEditBlock()
