"""Mail text put into documents: as it was written, with its links found, nothing ever fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextLength,
    QTextTable,
)

from deskapp.domain.order_numbers import find_order_numbers
from deskapp.ui.orders.patterns import known_patterns
from deskapp.ui.theme import Colours

ORDER_SCHEME = "x-order"

_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"“”'）】」]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}"
)
_NOT_AT_THE_END = ".,;:!?)]}。，；：！？"
_BLANK = " \u00a0\u2028\u2029\n"
LEADING = 2  # pixels between lines
_MOST_MARKED = 1000  # links of one part; each is a format of its own for Qt to lay out
_LOOKED_THROUGH = 200_000  # characters; beyond that a text is shown without found links


@dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    href: str
    order: bool


def put_text(document: QTextDocument, text: str, colours: Colours, quoted_from: int) -> None:
    """Adds plain text at the end; from ``quoted_from`` on it is muted. Tags in it stay text."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.beginEditBlock()  # laid out once, not after each link
    cursor.setBlockFormat(_airy())
    plain, muted = QTextCharFormat(), QTextCharFormat()
    plain.setForeground(_brush(colours.text))
    muted.setForeground(_brush(colours.muted))
    at = 0
    for link in _links(text):
        _write(cursor, text, at, link.start, quoted_from, plain, muted)
        cursor.insertText(text[link.start : link.end], _link_format(link, colours, on_paper=False))
        at = link.end
    _write(cursor, text, at, len(text), quoted_from, plain, muted)
    cursor.endEditBlock()


def settle_html(document: QTextDocument, width: int) -> None:
    """Gives a document from HTML our leading, takes away the empty lines at its end, and lets
    tables made for a wider window fit into ``width`` pixels."""
    _narrow(document.rootFrame(), width)
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    first = end = cursor.position()
    while first and document.characterAt(first - 1) in _BLANK:
        first -= 1
    cursor.setPosition(first)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()  # of a table that ends there, the frame stays
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(_airy())


def needed_width(document: QTextDocument) -> float:
    """Pixels that the document takes, the margin at its right included; 0 before it is shown."""
    layout = document.documentLayout()
    tables = document.rootFrame().childFrames()
    most = max((layout.frameBoundingRect(one).right() for one in tables), default=0.0)
    whole = layout.documentSize().width()
    return max(whole, most + document.documentMargin()) if whole else 0.0


def _narrow(frame: QTextFrame, width: int) -> None:
    for inner in frame.childFrames():
        if isinstance(inner, QTextTable):
            _narrow_table(inner, width)
        _narrow(inner, width)


def _narrow_table(table: QTextTable, width: int) -> None:
    """Widths in pixels that do not fit become shares of what there is."""
    made, fixed = table.format().toTableFormat(), QTextLength.Type.FixedLength
    columns = made.columnWidthConstraints()
    too_wide = made.width().type() == fixed and made.width().rawValue() > width
    told = sum(one.rawValue() for one in columns if one.type() == fixed)
    if too_wide or told > width:
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        made.setColumnWidthConstraints(
            [QTextLength() if one.type() == fixed else one for one in columns]
        )
        table.setFormat(made)


def mark_orders(document: QTextDocument, colours: Colours) -> None:
    """Makes the order numbers in a document that came from HTML clickable."""
    text = document.toPlainText()
    if len(text) > _LOOKED_THROUGH:
        return
    cursor = QTextCursor(document)
    cursor.beginEditBlock()  # laid out once, not after each number
    at = end = 0
    for mention in find_order_numbers(text, patterns=known_patterns())[:_MOST_MARKED]:
        # Qt counts UTF-16 units, Python characters: an emoji before the number is one and two.
        start = end + _units(text[at : mention.start])
        end = start + _units(text[mention.start : mention.end])
        at = mention.end
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        link = _Link(start, end, order_address(mention.number), order=True)
        cursor.mergeCharFormat(_link_format(link, colours, on_paper=True))
    cursor.endEditBlock()


def linked_words(place: QTextCursor) -> str:
    """All the words of the link at a place, also where parts of them are bold; "" without one."""
    # A cursor's format is that of the letter before it: the link may only begin here.
    ahead = QTextCursor(place)
    ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
    href = place.charFormat().anchorHref() or ahead.charFormat().anchorHref()
    words, here = "", False
    part = place.block().begin()
    while not part.atEnd():
        fragment = part.fragment()
        part += 1
        if fragment.charFormat().anchorHref() != href or not href:
            if here:
                break
            words = ""
            continue
        words += fragment.text()
        end = fragment.position() + fragment.length()
        here = here or fragment.position() <= place.position() <= end
    return words if here else ""


def order_address(number: str) -> str:
    """The inner address of an order; its '#' would begin a fragment if it stood as it is."""
    return f"{ORDER_SCHEME}:{quote(number, safe='')}"


def _links(text: str) -> Iterator[_Link]:
    """Order numbers, web and mail addresses in reading order, none inside another."""
    if len(text) > _LOOKED_THROUGH:
        return
    found = [
        _Link(mention.start, mention.end, order_address(mention.number), order=True)
        for mention in find_order_numbers(text, patterns=known_patterns())[:_MOST_MARKED]
    ]
    for match in islice(_URL.finditer(text), _MOST_MARKED):
        shown = match.group().rstrip(_NOT_AT_THE_END)
        href = shown
        if "://" not in shown:
            href = f"http://{shown}" if shown.startswith("www.") else f"mailto:{shown}"
        found.append(_Link(match.start(), match.start() + len(shown), href, order=False))
    at = 0
    for link in sorted(found, key=lambda one: one.start):
        if link.start >= at:
            yield link
            at = link.end


def _write(
    cursor: QTextCursor,
    text: str,
    start: int,
    end: int,
    quoted_from: int,
    plain: QTextCharFormat,
    muted: QTextCharFormat,
) -> None:
    turn = min(max(quoted_from, start), end)
    if turn > start:
        cursor.insertText(text[start:turn], plain)
    if end > turn:
        cursor.insertText(text[turn:end], muted)


def _link_format(link: _Link, colours: Colours, *, on_paper: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setAnchor(True)
    made.setAnchorHref(link.href)
    made.setForeground(_brush(colours.ink_link if on_paper else colours.accent))
    if not link.order:
        made.setFontUnderline(True)
    elif not on_paper:
        made.setBackground(_brush(colours.accent_soft))
    return made


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))


def _airy() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    return made
