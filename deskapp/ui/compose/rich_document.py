"""A reply's forms in a QTextDocument, and read out of it again."""

from collections.abc import Iterator

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextList,
    QTextListFormat,
)

from deskapp.domain.rich_text import PICTURE, Block, Document, Picture, Shape, Span, joined
from deskapp.ui.theme import theme

_OWN = QTextFormat.Property.UserProperty.value
CODE, FILLED, PICTURE_NAME, QUOTE, CODE_BLOCK = (_OWN + place for place in range(1, 6))
"""Own properties: of letters, code and the value they were filled in with; of a picture, its
name; of lines, quote and code."""

STYLES = {
    Shape.BULLET: QTextListFormat.Style.ListDisc,
    Shape.NUMBER: QTextListFormat.Style.ListDecimal,
}
_MARGIN = 14  # pixels that quotes and code stand in
_LEADING = 3  # pixels between lines
_HEAVY = 600


def raw_text(document: QTextDocument) -> str:
    """The letters as ``rich_text.letters`` counts them: unlike toPlainText, with their blanks."""
    return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


def read_document(document: QTextDocument) -> Document:
    """What the editor holds."""
    made = []
    block = document.begin()
    while block.isValid():
        made.append(_read_block(block))
        block = block.next()
    return tuple(made)


def _read_block(block: QTextBlock) -> Block:
    spans = joined(span for part in fragments(block) for span in _read_part(*part))
    form, shape, level = block.blockFormat(), Shape.PARAGRAPH, 1
    if form.objectIndex() >= 0:  # of the list it is an item of
        listed = block.textList().format()
        number = listed.style() == STYLES[Shape.NUMBER]
        shape, level = (Shape.NUMBER if number else Shape.BULLET), max(listed.indent(), 1)
    elif form.boolProperty(CODE_BLOCK):
        shape = Shape.CODE
    return Block(spans, shape, level, form.boolProperty(QUOTE))


def fragments(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat, int]]:
    """The runs of one form in a line, and where in the line each begins, in UTF-16 units."""
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        yield fragment.text(), fragment.charFormat(), fragment.position() - block.position()
        part += 1


def _read_part(text: str, form: QTextCharFormat, _start: int) -> Iterator[Span]:
    if form.isImageFormat():
        image = form.toImageFormat()
        name = str(form.property(PICTURE_NAME) or "")
        one = Picture(image.name().removeprefix("cid:"), name, int(image.width()))
        for _letter in text:
            yield Span(PICTURE, picture=one)
        return
    bold = form.fontWeight() >= _HEAVY
    yield Span(
        text.replace("\u2028", "\n"),
        bold=bold,
        italic=form.fontItalic(),
        code=form.boolProperty(CODE),
        link=form.anchorHref(),
    )


def write_document(cursor: QTextCursor, document: Document, *, whole: bool = False) -> None:
    """Puts a document in at a cursor as one step. ``whole``: also the first line takes the form
    it had; otherwise it joins the line of the cursor, unless that is empty."""
    cursor.beginEditBlock()
    lists: dict[int, QTextList] = {}
    for index, block in enumerate(document):
        fresh = index > 0 or whole or not cursor.block().text()
        if index:
            cursor.insertBlock(block_form(block), QTextCharFormat())
        elif whole or (fresh and len(document) > 1):
            cursor.setBlockFormat(block_form(block))
        if fresh and block.shape in STYLES:
            _list_in(cursor, block, lists)
        else:
            lists.clear()
            if index and cursor.currentList() is not None:
                cursor.currentList().remove(cursor.block())
        for span in block.spans:
            if span.picture is not None:
                cursor.insertImage(image_form(span.picture))
            else:
                cursor.insertText(span.text.replace("\n", "\u2028"), span_form(span))
    cursor.endEditBlock()


def _list_in(cursor: QTextCursor, block: Block, lists: dict[int, QTextList]) -> None:
    for level in [level for level in lists if level > block.level]:
        del lists[level]
    known = lists.get(block.level)
    if known is not None and known.format().style() == STYLES[block.shape]:
        known.add(cursor.block())
        return
    lists[block.level] = cursor.createList(list_form(block.shape, block.level))


def list_form(shape: Shape, level: int = 1) -> QTextListFormat:
    made = QTextListFormat()
    made.setStyle(STYLES[shape])
    made.setIndent(level)
    return made


def block_form(block: Block) -> QTextBlockFormat:
    """The form of a line; a list's comes with the list."""
    made = QTextBlockFormat()
    made.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    if block.quote:
        made.setProperty(QUOTE, True)
    if block.shape is Shape.CODE:
        made.setProperty(CODE_BLOCK, True)
    if block.quote or block.shape is Shape.CODE:
        made.setLeftMargin(_MARGIN)
    return made


def span_form(span: Span) -> QTextCharFormat:
    made = QTextCharFormat()
    if span.bold:
        made.setFontWeight(QFont.Weight.Bold)
    if span.italic:
        made.setFontItalic(True)
    if span.code:
        set_code(made, on=True)
    if span.link:
        made.setAnchor(True)
        made.setAnchorHref(span.link)
    return made


def set_code(form: QTextCharFormat, *, on: bool) -> None:
    """Fixed-pitch letters; without, those of the text again."""
    form.setProperty(CODE, on)
    form.setFontFamilies(theme().fonts.fixed().families() if on else [])


def image_form(picture: Picture) -> QTextImageFormat:
    made = QTextImageFormat()
    made.setName(f"cid:{picture.content_id}")
    made.setProperty(PICTURE_NAME, picture.name)
    if picture.width:
        made.setWidth(picture.width)
    return made
