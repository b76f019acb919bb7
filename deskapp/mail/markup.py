"""Cleaned markup seen as lines of text: what ``html_text`` shows and ``quotes`` folds.

It relies on ``clean``: elements are balanced and a tag ends at its first ">".
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

MAX_QUOTE_DEPTH = 20

_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
_BLOCKS = frozenset(
    ("address", "blockquote", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5")
    + ("h6", "hr", "li", "ol", "p", "pre", "table", "tbody", "tfoot", "thead", "tr", "ul")
    + ("caption",)
)
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"))
_VOID = frozenset(("br", "hr", "img", "col"))
_MARK = re.compile(r' (?:class|id)="([a-z-]+)"')
_ALT = re.compile(r' alt="([^"]*)"')
_SPACES = re.compile(r"[ \t\r\n\f]+")


class Piece(NamedTuple):
    """A tag or a run of text, and the line it belongs to."""

    markup: str
    line: int
    is_start: bool = False
    is_end: bool = False


@dataclass(slots=True)
class Line:
    """A line as a reader sees it. ``mark`` is a marker class of ``attributes`` or ""."""

    depth: int
    mark: str = ""
    text: str = ""
    has_image: bool = False
    after_gap: bool = False

    @property
    def quoted_text(self) -> str:
        """The text behind as many ">" as there are quotes around it."""
        if not self.depth:
            return self.text
        return f"{'>' * min(self.depth, MAX_QUOTE_DEPTH)} {self.text}".rstrip()


@lru_cache(maxsize=2)
def read_markup(cleaned: str) -> tuple[list[Piece], list[Line]]:
    """Pieces in order and the lines they form. The last result is kept because a mail's HTML is
    asked for twice, once for its text and once for its quotes; callers must not change it."""
    reader = _Reader()
    for slash, tag, attributes, text in _PIECE.findall(cleaned):
        if not tag:
            reader.text(text)
        elif slash:
            reader.end(tag)
        else:
            reader.start(tag, attributes)
    return reader.finish()


class _Reader:
    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._lines: list[Line] = [Line(0)]
        self._words: list[str] = []
        self._depth = 0
        self._preformatted = 0
        self._marks: list[tuple[str, str]] = []
        self._gap = False

    def text(self, markup: str) -> None:
        text = unescape(markup) if "&" in markup else markup
        if self._preformatted:
            for index, line in enumerate(text.split("\n")):
                if index:
                    self._new_line(forced=True)
                self._words.append(line)
                self._pieces.append(Piece(("\n" if index else "") + _escape(line), self._here))
            return
        self._words.append(_SPACES.sub(" ", text) if not text.isspace() else " ")
        self._pieces.append(Piece(markup, self._here))

    def start(self, tag: str, attributes: str) -> None:
        markup = f"<{tag}{attributes}>"
        if tag in _BLOCKS:
            self._new_line()
            self._gap = self._gap or tag in _PARAGRAPHS
        if tag in _VOID:
            self._void(tag, attributes, markup)
            return
        mark = _MARK.search(attributes) if "class=" in attributes or "id=" in attributes else None
        if mark:
            self._marks.append((tag, mark[1]))
        elif self._marks:
            self._marks.append((tag, self._marks[-1][1]))
        if tag == "blockquote":
            self._depth += 1
        elif tag == "pre":
            self._preformatted += 1
        if tag in _BLOCKS:
            line = self._lines[-1]
            line.depth = self._depth
            line.mark = self._marks[-1][1] if self._marks else ""
        if tag == "li":
            self._words.append("- ")
        elif tag in ("td", "th"):
            self._words.append(" ")
        self._pieces.append(Piece(markup, self._here, is_start=True))

    def end(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._pieces.append(Piece(f"</{tag}>", self._here, is_end=True))
        if self._marks:
            self._marks.pop()
        if tag == "blockquote":
            self._depth = max(self._depth - 1, 0)
        elif tag == "pre":
            self._preformatted = max(self._preformatted - 1, 0)
        if tag in _BLOCKS:
            self._new_line()
            self._gap = self._gap or tag in _PARAGRAPHS

    def finish(self) -> tuple[list[Piece], list[Line]]:
        self._new_line()
        return self._pieces, self._lines

    def _void(self, tag: str, attributes: str, markup: str) -> None:
        if tag == "img":
            alt = _ALT.search(attributes)
            self._lines[-1].has_image = True
            if alt:
                self._words.append(unescape(alt[1]))
        elif tag == "hr":
            mark = _MARK.search(attributes)
            self._words.append("________")
            if mark:
                self._lines[-1].mark = mark[1]
        self._pieces.append(Piece(markup, self._here))
        if tag in ("br", "hr"):
            self._new_line(forced=True)

    @property
    def _here(self) -> int:
        return len(self._lines) - 1

    def _new_line(self, forced: bool = False) -> None:
        line = self._lines[-1]
        text = "".join(self._words)
        if not self._preformatted:
            text = _SPACES.sub(" ", text).strip(" ").replace("\xa0", " ")
        self._words.clear()
        if not text.strip() and not forced and not line.has_image:
            line.depth = self._depth
            line.mark = self._marks[-1][1] if self._marks else ""
            return
        line.text = text.rstrip()
        line.after_gap = self._gap and bool(line.text)
        if line.text:
            self._gap = False
        mark = self._marks[-1][1] if self._marks else ""
        self._lines.append(Line(self._depth, mark))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
