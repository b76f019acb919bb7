"""Says what active, remote or local thing is left in markup. Two parsers read it, neither of them
the cleaner's, and it shares no list with it: it is written from what browsers and Qt do."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from selectolax.lexbor import LexborHTMLParser

# Elements that run, load, submit, redirect, or change how the rest is read (HTML standard).
_ACTIVE_NAMES = """
    script style link meta base iframe frame frameset object embed applet param form input button
    textarea select option keygen isindex svg math template noscript noembed noframes title xmp
    plaintext listing video audio source track canvas dialog portal marquee bgsound layer ilayer
    slot foreignobject animate set image use animatetransform handler listener menuitem details
    area map command fencedframe picture body html head
"""
ACTIVE = frozenset(_ACTIVE_NAMES.split())
# Attributes whose value is fetched or followed by some program.
_URLS_NAMES = """
    href src srcset action formaction data background poster cite longdesc usemap profile classid
    codebase archive manifest ping icon dynsrc lowsrc xlink:href xml:base srcdoc imagesrcset
    attributionsrc nohref
"""
URLS = frozenset(_URLS_NAMES.split())
_FORBIDDEN_CSS = re.compile(
    r"url|image|expression|import|behaviou?r|-moz-binding|element\(|src\(|var\(|env\(|attr\("
    r"|position|display|z-index|@|\\|/\*|//|:\s*//|javascript|filter|content\s*:|cursor|font\s*:"
    r"|transform|animation|opacity|float|top\s*:\s*-|left\s*:\s*-",
    re.IGNORECASE,
)


_SCHEMES = re.compile(r"(?:javascript|vbscript|file|data|https?)\s*:")


def faults(markup: str) -> list[str]:
    """Everything that should not be there, "" and [] for clean markup."""
    found = []
    for tag, attributes in (*_by_standard_library(markup), *_by_lexbor(markup)):
        if tag in ACTIVE:
            found.append(f"<{tag}>")
        for name, value in attributes:
            found.extend(_of_attribute(tag, name, value or ""))
    if re.search(r"<[!?]", markup):
        found.append("a comment or declaration")
    return found


def _of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    bare = re.sub(r"[^\x21-\x7e]", "", unescape(unescape(value))).lower()
    told = f"{tag} {name}={value[:60]!r}"
    if name.startswith("on") or (name in ("id", "name") and bare not in ("", "quote-start")):
        yield told
    elif name == "style":
        if _FORBIDDEN_CSS.search(value.replace("text-decoration", "").replace("list-style", "")):
            yield told
    elif name == "href":
        if tag != "a" or not re.match(r"https?://[^/]|mailto:|tel:[\d+*#;,().-]*$|#", bare):
            yield told
        if re.search(r"[?&]attach(?:ment)?=|[?&]bcc=", bare) and bare.startswith("mailto:"):
            yield told
    elif name == "src":
        is_own = bare.startswith("cid:")
        bitmap = re.match(r"data:image/(?:png|gif|jpe?g|webp|bmp);base64,[a-z0-9+/=]*$", bare)
        if tag != "img" or not (is_own or bitmap):
            yield told
    elif (
        name in URLS
        or ":" in name
        or (re.search(r"(?:javascript|vbscript|file|data|https?)\s*:", bare) and name != "alt")
    ):
        yield told


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))


def _by_standard_library(markup: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.seen


def _by_lexbor(markup: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """As a browser would put it into a page: what stands inside the body."""
    body = LexborHTMLParser("<!doctype html><body>" + markup).body
    if body is None:
        return []
    nodes = [node for node in body.traverse() if node.tag and node.tag != "body"]
    return [(node.tag, list(node.attributes.items())) for node in nodes]
