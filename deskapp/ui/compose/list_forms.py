"""Lists in the editor: lines become items, go a level in or out, and stop being items."""

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextList

from deskapp.domain.rich_text import DEEPEST, Block, Shape

from .rich_document import QUOTE, STYLES, block_form, list_form


def lines_of(cursor: QTextCursor) -> list[QTextBlock]:
    """The lines that a selection touches, or the one of the caret."""
    block = cursor.document().findBlock(cursor.selectionStart())
    made = [block]
    while block.position() + block.length() <= cursor.selectionEnd() and block.next().isValid():
        block = block.next()
        made.append(block)
    return made


def is_item(line: QTextBlock) -> bool:
    return line.blockFormat().objectIndex() >= 0


def level_of(line: QTextBlock) -> int:
    """How deep an item stands, from 1; 0 for a line that is none."""
    return max(line.textList().format().indent(), 1) if is_item(line) else 0


def make_list(cursor: QTextCursor, lines: Sequence[QTextBlock], shape: Shape) -> None:
    """Makes items of lines, those that were items of another shape too, each on its level."""
    cursor.beginEditBlock()
    for line in lines:
        if not is_item(line):
            set_line(line, _bare(line))
        _place(line, shape, level_of(line) or 1)
    cursor.endEditBlock()


def take_out(line: QTextBlock) -> None:
    """The line is no item any more; its quote stays."""
    if is_item(line):
        line.textList().remove(line)
        set_line(line, _bare(line))


def may_go_in(line: QTextBlock) -> bool:
    """Whether an item may stand deeper: one level below the item above it, and no more."""
    level = level_of(line)
    return 0 < level < DEEPEST and level_of(line.previous()) >= level


def shift(cursor: QTextCursor, lines: Sequence[QTextBlock], step: int) -> None:
    """Items one level in (1) or out (-1); out of the first level they stop being items."""
    cursor.beginEditBlock()
    for line in lines:
        level = level_of(line) + step
        if step < 0 and level == 0:
            take_out(line)
        elif 0 < level <= DEEPEST and is_item(line) and (step < 0 or may_go_in(line)):
            _place(line, _shape(line.textList()), level)
    cursor.endEditBlock()


def set_line(line: QTextBlock, form: QTextBlockFormat) -> None:
    """Another form of a line, which stays the item it is."""
    if is_item(line):
        form.setObjectIndex(line.blockFormat().objectIndex())
    QTextCursor(line).setBlockFormat(form)


def _bare(line: QTextBlock) -> QTextBlockFormat:
    """A paragraph's form, quoted where the line is."""
    return block_form(Block(quote=line.blockFormat().boolProperty(QUOTE)))


def _shape(listed: QTextList) -> Shape:
    number = listed.format().style() == STYLES[Shape.NUMBER]
    return Shape.NUMBER if number else Shape.BULLET


def _place(line: QTextBlock, shape: Shape, level: int) -> None:
    """Puts a line into the list of its level that goes on above it, else into a new one."""
    above = line.previous()
    while level_of(above) > level:
        above = above.previous()
    if level_of(above) == level and _shape(above.textList()) is shape:
        above.textList().add(line)
    else:
        QTextCursor(line).createList(list_form(shape, level))
