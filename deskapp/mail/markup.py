"""Cleaned markup seen as lines of text: what ``html_text`` shows and ``quotes`` folds.

It relies on ``clean``: elements are balanced and a tag ends at its first ">".
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

MAX_QUOTE_DEPTH = 20

_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
_BLOCKS_NAMES = """
    address blockquote center dd div dl dt h1 h2 h3 h4 h5 h6 li ol p pre table tbody tfoot thead
    tr ul caption
"""
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"))
_VOID = frozenset(("br", "hr", "img", "col"))
_MARK = re.compile(r' (?:class|id)="(?!tight")([a-z-]+)"')
_ALT = re.compile(r' alt="([^"]*)"')
RULE = "________"


START, END, CONTENT = "start", "end", "content"
Piece = tuple[str, str, int]  # what it is, its markup, the line it belongs to


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
    """One pass over the pieces. Written for speed: this is the dearest step after nh3."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.lines: list[Line] = []
        self._line = Line(0)
        self._words: list[str] = []
        self._depth = 0
        self._preformatted = 0
        self._marks: list[str] = []  # one per open block
        self._gap = False

    def text(self, markup: str) -> None:
        text = unescape(markup) if "&" in markup else markup
        if self._preformatted and "\n" in text:
            for index, line in enumerate(text.split("\n")):
                if index:
                    self._end_line(is_forced=True)
                self._words.append(line)
                self.pieces.append(
                    (CONTENT, ("\n" if index else "") + _escape(line), len(self.lines))
                )
            return
        self._words.append(text)
        self.pieces.append((CONTENT, markup, len(self.lines)))

    def start(self, tag: str, attributes: str) -> None:
        if tag in _VOID:
            self._void(tag, attributes)
            return
        if tag in _BLOCKS:
            self._start_block(tag, attributes)
        elif tag == "td" or tag == "th":
            self._words.append(" ")
        self.pieces.append((START, f"<{tag}{attributes}>", len(self.lines)))

    def end(self, tag: str) -> None:
        self.pieces.append((END, f"</{tag}>", len(self.lines)))
        if tag not in _BLOCKS:
            return
        if self._words or self._line.has_image:
            self._end_line()
        if self._marks:
            self._marks.pop()
        if tag in _PARAGRAPHS:
            self._gap = True
            if tag == "blockquote":
                self._depth = max(self._depth - 1, 0)
        elif tag == "pre":
            self._preformatted = max(self._preformatted - 1, 0)
        self._describe_line()

    def finish(self) -> tuple[list[Piece], list[Line]]:
        self._end_line(is_forced=True)
        return self.pieces, self.lines

    def _start_block(self, tag: str, attributes: str) -> None:
        if self._words or self._line.has_image:
            self._end_line()
        mark = _MARK.search(attributes) if attributes else None
        self._marks.append(mark[1] if mark else self._marks[-1] if self._marks else "")
        if tag in _PARAGRAPHS:
            self._gap = True
            if tag == "blockquote":
                self._depth += 1
        elif tag == "pre":
            self._preformatted += 1
        self._describe_line()
        if tag == "li":
            self._words.append("- ")

    def _describe_line(self) -> None:
        self._line.depth = self._depth
        self._line.mark = self._marks[-1] if self._marks else ""

    def _void(self, tag: str, attributes: str) -> None:
        if tag == "img":
            self._line.has_image = True
            alt = _ALT.search(attributes)
            self._words.append(unescape(alt[1]) if alt else "")
        elif tag == "hr":
            if self._words or self._line.has_image:
                self._end_line()
            mark = _MARK.search(attributes)
            if mark and mark[1] == "cut":  # where a mail too long was cut: no line that it wrote
                self.pieces.append((CONTENT, f"<{tag}{attributes}>", len(self.lines)))
                return
            self._words.append(RULE)
            if mark:
                self._line.mark = mark[1]
        self.pieces.append((CONTENT, f"<{tag}{attributes}>", len(self.lines)))
        if tag == "br" or tag == "hr":
            self._end_line(is_forced=True)

    def _end_line(self, is_forced: bool = False) -> None:
        line = self._line
        words = self._words
        text = words[0] if len(words) == 1 else "".join(words)
        words.clear()
        if not self._preformatted:
            text = " ".join(text.split())
        elif not text.strip():
            text = ""
        if not text and not is_forced and not line.has_image:
            return
        line.text = text
        if text:
            line.after_gap = self._gap
            self._gap = False
        self.lines.append(line)
        self._line = Line(self._depth, self._marks[-1] if self._marks else "")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
