"""HTML to readable text, with our own rules for blocks."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCK = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul caption".split()
)
_PARAGRAPH = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"))
_SKIPPED = frozenset(
    "script style head title template noscript object svg math select textarea iframe".split()
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
MAX_BYTES = 1024 * 1024
MAX_DEPTH = 400
MAX_QUOTE_DEPTH = 20


def html_to_text(html: str) -> str:
    """Visible text, one line per block; quoted blocks carry "> " so that they can be folded."""
    parser = LexborHTMLParser(html[:MAX_BYTES])
    root = parser.body or parser.root
    if root is None:
        return ""
    writer = _Writer()
    _walk(root, writer)
    return writer.finish()


class _Writer:
    """Lines of text under construction: blanks collapse across elements as in a browser."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._space = False
        self._blank_wanted = False
        self.quote_depth = 0
        self.preformatted = 0

    def text(self, text: str) -> None:
        if self.preformatted:
            first, *others = text.split("\n")
            self._line.append(first)
            for each in others:
                self.line_break()
                self._line.append(each)
            return
        collapsed = _SPACES.sub(" ", text).replace("\xa0", " ")
        if collapsed.startswith(" ") and self._line:
            self._space = True
        words = collapsed.strip(" ")
        if not words:
            return
        if self._space and self._line:
            self._line.append(" ")
        self._line.append(words)
        self._space = collapsed.endswith(" ")

    def line_break(self) -> None:
        self._put("".join(self._line).rstrip())
        self._line = []
        self._space = False

    def block(self, is_paragraph: bool) -> None:
        if self._line:
            self.line_break()
        if is_paragraph:
            self._blank_wanted = True

    def _put(self, line: str) -> None:
        mark = ">" * min(self.quote_depth, MAX_QUOTE_DEPTH)
        if self._blank_wanted and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark)
        self._blank_wanted = False
        self._lines.append(f"{mark} {line}".rstrip() if mark else line)

    def finish(self) -> str:
        self.block(False)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")


def _walk(root: LexborNode, writer: _Writer) -> None:
    """Depth first without recursion: (node, is_leaving) pairs on a stack."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, is_leaving = stack.pop()
        tag = node.tag or ""
        if is_leaving:
            _leave(tag, writer)
            continue
        if tag == "-text":
            writer.text(node.text_content or "")
            continue
        if tag in _SKIPPED or tag.startswith(("-", "!")) or _is_hidden(node, tag):
            continue
        _enter(node, tag, writer)
        stack.append((node, True))
        children = list(node.iter(include_text=True))
        stack.extend((child, False) for child in reversed(children))


def _is_hidden(node: LexborNode, tag: str) -> bool:
    style = node.attributes.get("style") if tag in ("div", "span", "p", "td", "tr") else None
    return bool(style) and "display:none" in str(style).replace(" ", "").lower()


def _enter(node: LexborNode, tag: str, writer: _Writer) -> None:
    if tag == "br":
        writer.line_break()
    elif tag in _BLOCK:
        writer.block(tag in _PARAGRAPH)
        if tag == "blockquote":
            writer.quote_depth += 1
        elif tag == "pre":
            writer.preformatted += 1
        elif tag == "li":
            writer.text("- ")
    elif tag == "img":
        writer.text(node.attributes.get("alt") or "")
    elif tag in ("td", "th"):
        writer.text(" ")


def _leave(tag: str, writer: _Writer) -> None:
    if tag in _BLOCK:
        writer.block(tag in _PARAGRAPH)
        if tag == "blockquote":
            writer.quote_depth -= 1
        elif tag == "pre":
            writer.preformatted -= 1
