"""HTML of strangers made safe and cheap to show in a QTextBrowser.

nh3 builds the tree and drops every element that is not listed; ``attributes`` judges every value
that stays. Nothing edits the markup after that except ``_blocked_image``, which relies on
values without angle brackets. Bounds exist because QTextDocument doubles its time with each level
of nested tables and takes seconds for one endless word.
"""

import re
from collections.abc import Callable
from hashlib import sha256

import nh3

from .attributes import ALLOWED, judge, picture_address
from .flatten import MAX_DEPTH, MAX_LINKS, MAX_TABLES, MAX_WORD, flatten

MAX_CHARACTERS = 512 * 1024
MAX_WHOLE = 4 * 1024 * 1024  # for a browser, and where pictures inside the text take the room
MAX_PICTURES = 200
_MANY_TAGS = 3000

_TAGS_NAMES = """
    a abbr address b big blockquote br caption center cite code col colgroup dd del div dl
    dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strike strong sub sup table tbody td tfoot th thead tr tt u ul var
"""
_TAGS = frozenset(_TAGS_NAMES.split())
_DROPPED_WITH_CONTENT_NAMES = """
    script style title textarea select option noscript noembed noframes template iframe
    frame frameset object embed applet audio video svg math map xmp plaintext canvas dialog
"""
_DROPPED_WITH_CONTENT = frozenset(_DROPPED_WITH_CONTENT_NAMES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.I)
_NESTING = re.compile(r"<(/?)(?!img|br|hr|col[ >])([a-z]+)")
_WORD = re.compile(r"[^\s<>\u200b]+")
_BARE_AMPERSAND = re.compile(r"&(?![#\w]{1,31};)")
_IMAGE = re.compile(r"<img([^>]*)>")
_ALT = re.compile(r' alt="([^"]*)"')

_DATA_ADDRESS = re.compile(r"data:image/[a-z0-9.+-]{2,20};base64,[^\"'>]{2000,}", re.I)
_TINY = re.compile(r' (?:width|height)="[012]"')
_SOURCE = re.compile(r' src="([^"]*)"')
CUT_MARK = '<hr class="cut">'


def _cleaner(filter_: Callable[[str, str, str], str | None]) -> Callable[[str], str]:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in ALLOWED.items()},
        attribute_filter=filter_,
        strip_comments=True,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
    ).clean


_clean = _cleaner(judge)


def clean_html(html: str) -> str:
    """Markup with nothing active, remote or local in it; cleaning it again changes nothing.

    Images survive as ``cid:`` or embedded bitmaps. Each other image becomes
    ``<span class="blocked-image">its alternative text</span>``, so that they can be counted.
    Quotes and signatures that mail programs mark keep a marker class (``attributes.MARKERS``).
    What is longer than MAX_CHARACTERS ends with ``CUT_MARK``.
    """
    return _cleaned(html, _clean, _name_blocked_image, MAX_CHARACTERS)


class PictureFinder:
    """Cleans like ``clean_html``, but leaves a place for each picture that lies elsewhere.

    ``pictures`` says which address each place ``cid:…`` is for: https, or data of the mail itself.
    Pictures of a point or two, which only count readers, get no place.
    """

    def __init__(self) -> None:
        self.pictures: dict[str, str] = {}
        self._clean = _cleaner(self._judge)

    def clean(self, html: str) -> str:
        """Up to MAX_WHOLE characters of it, cleaned."""
        return _cleaned(html, self._clean, self._name_image, MAX_WHOLE)

    def _judge(self, tag: str, name: str, value: str) -> str | None:
        if tag != "img" or name != "src":
            return judge(tag, name, value)
        kept = judge(tag, name, value)
        address = kept if kept and kept.startswith("data:") else picture_address(value)
        if not address or len(self.pictures) >= MAX_PICTURES:
            return None if address else kept
        place = "outside-" + sha256(address.encode()).hexdigest()[:32]
        self.pictures[place] = address
        return "cid:" + place

    def _name_image(self, match: re.Match[str]) -> str:
        source = _SOURCE.search(match[1])
        place = source[1].removeprefix("cid:") if source else ""
        if place in self.pictures and _TINY.search(match[1]):
            del self.pictures[place]
            return _blocked_image(match[1])
        return match[0] if source else _blocked_image(match[1])


def _cleaned(
    html: str,
    clean: Callable[[str], str],
    name_image: Callable[[re.Match[str]], str],
    most: int,
) -> str:
    if not html.strip():
        return ""
    if len(html) > most:
        html = _DATA_ADDRESS.sub("", html)  # text goes before pictures
    is_cut = html.endswith(CUT_MARK)
    html = html.removesuffix(CUT_MARK)
    if len(html) > most:
        html, is_cut = _cut(html, most), True
    if html.count("&") > _MANY_TAGS:  # bare ones cost nh3 four microseconds each
        html = _BARE_AMPERSAND.sub("&amp;", html)
        if len(html) > most:
            html, is_cut = _cut(html, most), True
    if html.count("<") > _MANY_TAGS:
        html = flatten(html)
    if _may_hide(html.lower()) and _HIDDEN.search(html):
        html = _without_hidden(html)
    cleaned = clean(html)
    if len(cleaned) > most:  # escaping has made it longer
        cleaned, is_cut = clean(_cut(cleaned, most)), True
    if _exceeds_bounds(cleaned):
        cleaned = clean(flatten(cleaned))
    if "<img" in cleaned:
        cleaned = _IMAGE.sub(name_image, cleaned)
    cleaned = cleaned.strip().lstrip("\ufeff").lstrip()
    return cleaned + CUT_MARK if is_cut else cleaned


def _cut(html: str, most: int) -> str:
    """The beginning of a document too long to show, not cut inside a tag or an entity. Room is
    left for the end tags that cleaning adds."""
    limit = most - 8192
    end = html.rfind("<", 0, limit)
    if end > limit // 2 and html.find(">", end, limit) < 0:
        return html[:end]
    entity = html.rfind("&", limit - 12, limit)
    return html[: entity if entity > 0 else limit]


def _may_hide(lowered: str) -> bool:
    """A cheap look before the patient one."""
    return "display" in lowered or "mso-hide" in lowered or "hidden" in lowered


def _has_long_word(cleaned: str) -> bool:
    if max(map(len, cleaned.split()), default=0) <= MAX_WORD:
        return False
    return any(len(word) > MAX_WORD for word in _WORD.findall(cleaned))


def _exceeds_bounds(cleaned: str) -> bool:
    if cleaned.count("<a ") > MAX_LINKS or _has_long_word(cleaned):
        return True
    if cleaned.count("<") < MAX_DEPTH and cleaned.count("<table") <= MAX_TABLES:
        return False
    depth = tables = 0
    for slash, tag in _NESTING.findall(cleaned):
        step = -1 if slash else 1
        depth += step
        if tag == "table":
            tables += step
        if depth > MAX_DEPTH or tables > MAX_TABLES:
            return True
    return False


def _without_hidden(html: str) -> str:
    """Drop what the sender hid from sight: preheaders and tracking text."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(html)
    for node in parser.css("[style]"):
        if _HIDDEN.search(node.attributes.get("style") or "") and node.tag not in ("body", "html"):
            node.decompose()
    return (parser.body.html if parser.body else None) or html


def _name_blocked_image(match: re.Match[str]) -> str:
    return match[0] if ' src="' in match[1] else _blocked_image(match[1])


def _blocked_image(attributes: str) -> str:
    alt = _ALT.search(attributes)
    words = alt[1].replace("&quot;", '"') if alt else ""  # as text is spelt
    return f'<span class="blocked-image">{words}</span>'
