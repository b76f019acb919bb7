"""The few forms of a text, by key or button, each a step of the editor's one undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from deskapp.domain.rich_text import Block, Shape, is_plain, safe_link

from .rich_document import CODE, CODE_BLOCK, FILLED, QUOTE, STYLES, block_form, list_form, set_code

if TYPE_CHECKING:
    from .editor import Editor

_HEAVY = 600


class Formatting(QObject):
    """``link_wanted``: an address is to be asked for. Nothing acts in a plain text."""

    link_wanted = Signal()

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self._editor = editor
        self._keys: tuple[tuple[QKeySequence, Callable[[], object]], ...] = tuple(
            (QKeySequence(key), act)
            for key, act in (
                ("Ctrl+B", self.bold),
                ("Ctrl+I", self.italic),
                ("Ctrl+Shift+7", self.numbers),
                ("Ctrl+Shift+&", self.numbers),
                ("Ctrl+Shift+8", self.bullets),
                ("Ctrl+Shift+*", self.bullets),
                ("Ctrl+Shift+9", self.quote),
                ("Ctrl+Shift+(", self.quote),
                ("Ctrl+Shift+M", self.code),
                ("Ctrl+Shift+K", self.link_wanted.emit),
            )
        )

    def knows(self, event: QKeyEvent) -> bool:
        """Whether a key is one of these, here and now."""
        return self._act_of(event) is not None

    def takes_key(self, event: QKeyEvent) -> bool:
        """Acts on a key that is one of these, and on Enter in an empty line that has a form."""
        act = self._act_of(event)
        if act is not None:
            act()
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        cursor = self._editor.textCursor()
        if enter and not cursor.block().text() and not cursor.hasSelection():
            return self._leave_form(cursor)
        return False

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        if self._editor.plain or self._editor.composing or self._editor.isReadOnly():
            return None
        pressed = QKeySequence(event.keyCombination())
        return next((act for key, act in self._keys if key == pressed), None)

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
        lines = self._lines(cursor)
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
        self._set_lines(cursor, self._lines(cursor), Block(quote=on))

    def bullets(self) -> None:
        self._list(Shape.BULLET)

    def numbers(self) -> None:
        self._list(Shape.NUMBER)

    def _list(self, shape: Shape) -> None:
        cursor = self._editor.textCursor()
        on = {Shape.BULLET: "bullets", Shape.NUMBER: "numbers"}[shape] not in self.now()
        cursor.beginEditBlock()
        for place in self._lines(cursor):
            _out_of_list(place)
        if on:
            cursor.createList(list_form(shape))
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

    def _lines(self, cursor: QTextCursor) -> list[QTextBlock]:
        document = self._editor.document()
        block = document.findBlock(cursor.selectionStart())
        made = [block]
        while block.position() + block.length() <= cursor.selectionEnd() and block.next().isValid():
            block = block.next()
            made.append(block)
        return made

    def _set_lines(self, cursor: QTextCursor, lines: list[QTextBlock], form: Block) -> None:
        cursor.beginEditBlock()
        for line in lines:
            if form.shape is Shape.CODE:
                _out_of_list(line)
            _set_line(line, block_form(form))
        cursor.endEditBlock()

    def _leave_form(self, cursor: QTextCursor) -> bool:
        line = cursor.block()
        form = line.blockFormat()
        if form.objectIndex() < 0 and not form.boolProperty(QUOTE) | form.boolProperty(CODE_BLOCK):
            return False
        cursor.beginEditBlock()
        _out_of_list(line)
        _set_line(line, block_form(Block()))
        cursor.endEditBlock()
        return True


def _out_of_list(line: QTextBlock) -> None:
    if line.blockFormat().objectIndex() >= 0:
        line.textList().remove(line)
        _set_line(line, block_form(Block()))


def _set_line(line: QTextBlock, form: QTextBlockFormat) -> None:
    place = QTextCursor(line)
    if line.blockFormat().objectIndex() >= 0:
        form.setObjectIndex(line.blockFormat().objectIndex())
    place.setBlockFormat(form)
