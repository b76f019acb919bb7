"""The words of a reply with their few forms: bold, italic, code, links, lists, quotes, pictures.

A draft keeps two things: ``body``, the letters as the editor counts them, and ``html``, a small
markup of our own that is also what the customer's program shows. The markup counts only as long
as it says the same letters as the body: who changes the body alone loses forms and never words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from itertools import groupby

PICTURE = "\ufffc"
"""What stands for a picture among the letters (U+FFFC, object replacement character)."""
DEEPEST = 4
"""Levels of lists in lists."""


class Shape(StrEnum):
    """What a line is."""

    PARAGRAPH = "p"
    BULLET = "ul"
    NUMBER = "ol"
    CODE = "pre"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text; ``content_id`` names the draft's file. ``width`` in CSS pixels."""

    content_id: str
    name: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of one form. A picture's text is ``PICTURE``; a line break inside a block "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or line of code; ``level`` counts lists in lists from 1."""

    spans: tuple[Span, ...] = ()
    shape: Shape = Shape.PARAGRAPH
    level: int = 1
    quote: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


Document = tuple[Block, ...]

_BLANKS = re.compile(r"^[ \t]|[ \t]$|[ \t]{2}|\t|\n[ \t]|[ \t]\n")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"\x00-\x20\x7f]{1,2000}", re.I)
_QUOTE = '<blockquote style="margin:0 0 0 6px;padding-left:10px;border-left:2px solid #8c98a6">'


def of_plain(text: str) -> Document:
    """Lines of plain text as paragraphs."""
    return tuple(Block((Span(line),) if line else ()) for line in text.split("\n"))


def letters(document: Document) -> str:
    """The text as the editor counts it: what a draft keeps as its body."""
    return "\n".join(block.text for block in document)


def is_plain(document: Document) -> bool:
    """Whether markup would say nothing that the letters do not."""
    return all(
        block.shape is Shape.PARAGRAPH
        and not block.quote
        and all(span == Span(span.text) for span in block.spans)
        for block in document
    )


def safe_link(address: str) -> str:
    """A web, mail or phone address that may stand in a mail, or ""."""
    plain = re.sub(r"[\x00-\x20\x7f]", "", address)
    return plain if _LINK.fullmatch(plain) else ""


def pictures_in(document: Document) -> tuple[Picture, ...]:
    """The pictures that the text shows, each once."""
    found = (span.picture for block in document for span in block.spans)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def put_in(document: Document, at: int, text: str) -> Document:
    """Plain text put in at a place counted in ``letters``, in the form that stands there."""
    start = 0
    for index, block in enumerate(document):
        end = start + len(block.text)
        if at <= end or index == len(document) - 1:
            made = _split_in(block, max(0, min(at, end) - start), text)
            return (*document[:index], *made, *document[index + 1 :])
        start = end + 1
    return of_plain(text)


def _split_in(block: Block, at: int, text: str) -> Iterator[Block]:
    head, tail = _cut(block.spans, at)
    first, *more = text.split("\n")
    form = head[-1] if head and not head[-1].picture else Span("")
    lines = [(*head, *_typed(form, first)), *(_typed(form, line) for line in more)]
    lines[-1] = (*lines[-1], *tail)
    return (replace(block, spans=spans) for spans in lines)


def _typed(form: Span, text: str) -> tuple[Span, ...]:
    return (replace(form, text=text, link=""),) if text else ()


def _cut(spans: Sequence[Span], at: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    head: list[Span] = []
    for index, span in enumerate(spans):
        if at < len(span.text):
            if at:
                head.append(replace(span, text=span.text[:at]))
            rest = replace(span, text=span.text[at:])
            return tuple(head), (rest, *spans[index + 1 :])
        head.append(span)
        at -= len(span.text)
    return tuple(head), ()


def write_html(document: Document) -> str:
    """The document as markup, the same for the draft and for the mail."""
    parts: list[str] = []
    for quote, blocks in groupby(document, lambda block: block.quote):
        inside = "".join(_runs(list(blocks)))
        parts.append(f"{_QUOTE}{inside}</blockquote>" if quote else inside)
    return "".join(parts)


def _runs(blocks: Sequence[Block]) -> Iterator[str]:
    for kind, run in groupby(blocks, _kind):
        if kind is Shape.PARAGRAPH:
            yield from (f"<p{_style(block)}>{_inside(block)}</p>" for block in run)
        elif kind is Shape.CODE:
            # A line feed right after the tag is no text (HTML, 13.2.6.4.7): ours stands first.
            lines = "\n".join("".join(_span(span) for span in block.spans) for block in run)
            yield f"<pre>\n{lines}</pre>"
        else:
            yield _list(list(run))


def _kind(block: Block) -> Shape:
    return Shape.BULLET if block.shape is Shape.NUMBER else block.shape


def _list(blocks: Sequence[Block]) -> str:
    """List items one after the other; each opens and closes the lists around it as needed."""
    parts: list[str] = []
    opened: list[Shape] = []
    for block in blocks:
        level = min(max(block.level, 1), DEEPEST)
        while len(opened) > level or (len(opened) == level and opened[-1] is not block.shape):
            parts.append(f"</li></{opened.pop()}>")
        if len(opened) == level:
            parts.append("</li>")
        while len(opened) < level:
            bare = len(opened) < level - 1  # a level without an item of its own
            parts.append(f"<{block.shape}>")
            parts.append('<li style="list-style:none">' if bare else "")
            opened.append(block.shape)
        parts.append(f"<li{_style(block, plain='')}>{_inside(block)}")
    parts.extend(f"</li></{shape}>" for shape in reversed(opened))
    return "".join(parts)


def _style(block: Block, plain: str = "margin:0") -> str:
    text = block.text
    keep = "white-space:pre-wrap" if _BLANKS.search(text) else ""
    style = ";".join(filter(None, (plain, keep)))
    return (f' style="{style}"' if style else "") + (' dir="rtl"' if _from_right(text) else "")


def _from_right(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (UAX 9, P2 and P3)."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def _inside(block: Block) -> str:
    """With a break at the end where one would be lost: browsers show no last line feed."""
    made = "".join(_span(span) for span in block.spans)
    return made + "<br>" if not block.text or block.text.endswith("\n") else made


def _span(span: Span) -> str:
    if span.picture is not None:
        one = span.picture
        width = f' width="{one.width}"' if one.width else ""
        return f'<img src="cid:{escape(one.content_id)}" alt="{escape(one.name)}"{width}>'
    made = escape(span.text, quote=False).replace("\n", "<br>")
    for wanted, tag in ((span.code, "code"), (span.italic, "i"), (span.bold, "b")):
        if wanted:
            made = f"<{tag}>{made}</{tag}>"
    return f'<a href="{escape(span.link)}">{made}</a>' if span.link else made


def readable(document: Document) -> str:
    """The document for a reader of plain text: signs for items, addresses of links, quotes."""
    counts: list[int] = []
    lines: list[str] = []
    for block in document:
        sign, counts = _sign(block, counts)
        text = "".join(map(_told, block.spans)).split("\n")
        made = [sign + text[0], *(" " * len(sign) + line for line in text[1:])]
        lines.extend(f"> {line}".rstrip() if block.quote else line for line in made)
    return "\n".join(lines)


def _sign(block: Block, counts: list[int]) -> tuple[str, list[int]]:
    """What stands before an item, and how far each level has counted."""
    if block.shape not in (Shape.BULLET, Shape.NUMBER):
        return ("    " if block.shape is Shape.CODE else ""), []
    level = min(max(block.level, 1), DEEPEST)
    counts = [*counts, *[0] * level][:level]
    counts[-1] = counts[-1] + 1 if block.shape is Shape.NUMBER else 0
    sign = f"{counts[-1]}. " if block.shape is Shape.NUMBER else "- "
    return "   " * (level - 1) + sign, counts


def _told(span: Span) -> str:
    if span.picture is not None:
        return f"[{span.picture.name}]" if span.picture.name else "[ ]"
    shown = span.text.strip()
    address = span.link.removeprefix("mailto:").removeprefix("tel:")
    if not span.link or shown in (span.link, address) or f"http://{shown}" == span.link:
        return span.text
    return f"{span.text} <{address}>" if shown else address


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours of one form as one span, empty ones left out."""
    made: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        last = made[-1] if made else None
        if last is not None and not (last.picture or span.picture) and _form(last) == _form(span):
            made[-1] = replace(last, text=last.text + span.text)
        else:
            made.append(span)
    return tuple(made)


def _form(span: Span) -> tuple[bool, bool, bool, str]:
    return span.bold, span.italic, span.code, span.link
