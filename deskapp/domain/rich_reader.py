"""Markup read into the few forms a reply has: our own, and what is pasted from anywhere.

Of foreign markup only bold, italic, lists, links, quotes and code are kept: no style, no colour,
no picture that lies elsewhere, nothing that runs. What is unknown leaves its words.
"""

import re
from html.parser import HTMLParser

from .rich_text import (
    DEEPEST,
    PICTURE,
    Block,
    Document,
    Picture,
    Shape,
    Span,
    joined,
    letters,
    of_plain,
    safe_link,
)

LONGEST_PASTE = 2_000_000
"""Characters of markup that are read; what is longer comes in as plain text."""

_SILENT_NAMES = """
    script style head title textarea select noscript template svg math object iframe
"""
_SILENT = frozenset(_SILENT_NAMES.split())
_BLOCK_NAMES = """
    p div h1 h2 h3 h4 h5 h6 tr table section article header footer main aside address dt dd
    figure figcaption center hr form fieldset body
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = {"ul": Shape.BULLET, "ol": Shape.NUMBER}
_VOID = frozenset(("br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base"))
_FORMS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "code": "code",
    "tt": "code",
    "kbd": "code",
    "samp": "code",
}
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.I)
_HEAVY = ("bold", "bolder", "600", "700", "800", "900")
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WIDTH = re.compile(r"\d{1,4}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_draft(body: str, html: str) -> Document:
    """What a draft says: its markup where that has the same letters as its body, else the body."""
    if html:
        document = read_own(html)
        if letters(document) == body:
            return document
    return of_plain(body)


def read_own(html: str) -> Document:
    """Markup that ``write_html`` has made, letter by letter."""
    reader = _Reader(exact=True)
    reader.feed(html)
    return reader.document()


def read_foreign(html: str) -> Document:
    """Pasted markup, with only the forms that a reply may have. Never empty."""
    reader = _Reader(exact=False)
    reader.feed(_CONTROL.sub("", html[:LONGEST_PASTE]))
    return reader.document()


class _Reader(HTMLParser):
    """``exact``: blanks and pictures count as they stand, as in markup of our own."""

    def __init__(self, *, exact: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._exact = exact
        self._blocks: list[Block] = []
        self._spans: list[Span] = []
        self._open: list[tuple[str, dict[str, object]]] = []  # tags and what each changed
        self._form: dict[str, object] = {}
        self._lists: list[Shape] = []
        self._quotes = self._silent = self._pre = 0
        self._cells = 0  # of the row
        self._begun = self._fresh_pre = False

    def document(self) -> Document:
        self.close()
        self._end_block()
        if not self._exact:
            while self._blocks and not self._blocks[-1].text.strip():
                self._blocks.pop()
        return tuple(self._blocks) or (Block(),)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        if self._silent:
            return
        if tag == "br":
            self._break()
        elif tag == "img":
            self._picture(given)
        elif tag in _LISTS or tag in _BLOCKS or tag in ("li", "blockquote", "pre"):
            self._cells = 0 if tag in ("tr", "table") else self._cells
            self._start_block(tag, given)
        elif tag in ("td", "th"):
            if self._cells:
                self._spans.append(Span("\t"))  # columns stay columns, also where one is empty
            self._cells += 1
        if tag not in _VOID:
            self._open.append((tag, dict(self._form)))
            self._change_form(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
            return
        if self._silent or tag not in (name for name, _ in self._open):
            return
        while self._open:
            name, self._form = self._open.pop()
            self._end(name)
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._pre:
            if self._fresh_pre:
                data = data.removeprefix("\n")
            self._fresh_pre = False
            first, *more = data.split("\n")
            self._add(first)
            for line in more:
                self._end_block(keep_empty=True)
                self._begun = True
                self._add(line)
        elif self._exact:
            self._add(data)
        else:
            data = _SPACES.sub(" ", data).replace("\xa0", " ").replace(PICTURE, "")
            if not self._spans or self._spans[-1].text.endswith((" ", "\n", "\t")):
                data = data.removeprefix(" ")
            self._add(data)

    def _add(self, text: str) -> None:
        if text:
            self._begun = True
            self._spans.append(Span(text, **self._form))  # type: ignore[arg-type]

    def _break(self) -> None:
        if not self._exact and not self._lists and not self._pre:
            self._end_block(keep_empty=True)  # what others break is a line of its own here
            return
        self._begun = True
        self._spans.append(Span("\n", **self._form))  # type: ignore[arg-type]

    def _picture(self, given: dict[str, str]) -> None:
        source, name = given.get("src", ""), " ".join(given.get("alt", "").split())[:200]
        if not self._exact or not source.startswith("cid:"):
            return
        found = _WIDTH.fullmatch(given.get("width", ""))
        self._begun = True
        one = Picture(source.removeprefix("cid:"), name, int(found[0]) if found else 0)
        self._spans.append(Span(PICTURE, picture=one))

    def _start_block(self, tag: str, given: dict[str, str]) -> None:
        if self._begun or self._spans:
            self._end_block()
        if tag in _LISTS:
            self._lists.append(_LISTS[tag])
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._pre += 1
            self._fresh_pre = True
        # Of our own, an empty one counts; but a bare item only holds a deeper list.
        bare = "none" in given.get("style", "")
        self._begun = self._exact and tag in ("p", "li", "pre") and not bare

    def _end(self, tag: str) -> None:
        if tag in _LISTS:
            self._end_block()
            del self._lists[-1:]
        elif tag == "blockquote":
            self._end_block()
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._end_block()
            self._pre = max(0, self._pre - 1)
        elif tag in _BLOCKS or tag == "li":
            self._end_block()

    def _change_form(self, tag: str, given: dict[str, str]) -> None:
        form = dict(self._form)
        if tag in _FORMS:
            form[_FORMS[tag]] = True
        if tag in _HEADINGS:
            form["bold"] = True
        if tag == "a" and (address := safe_link(given.get("href", ""))):
            form["link"] = address
        if not self._exact and (style := given.get("style", "")):
            if weight := _WEIGHT.search(style):
                form["bold"] = weight[1].lower() in _HEAVY
            if slant := _SLANT.search(style):
                form["italic"] = slant[1].lower() != "normal"
        self._form = form

    def _end_block(self, *, keep_empty: bool = False) -> None:
        spans = joined(self._spans)
        if self._exact:
            spans = _without_last_break(spans) if not self._pre else spans
        elif not self._pre:
            spans = _trimmed(spans)
        if spans or keep_empty or (self._exact and self._begun):
            shape, level = Shape.PARAGRAPH, 1
            if self._pre:
                shape = Shape.CODE
            elif self._lists:
                shape, level = self._lists[-1], min(len(self._lists), DEEPEST)
            self._blocks.append(Block(spans, shape, level, self._quotes > 0))
        self._spans, self._begun = [], False


def _without_last_break(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without the one that ``write_html`` puts where a line would be lost."""
    if not spans or not spans[-1].text.endswith("\n"):
        return spans
    last = spans[-1]
    return joined((*spans[:-1], Span(last.text[:-1], last.bold, last.italic, last.code, last.link)))


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    if not spans:
        return spans
    last = spans[-1]
    kept = Span(last.text.rstrip(), last.bold, last.italic, last.code, last.link)
    return joined((*spans[:-1], kept))
