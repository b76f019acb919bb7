"""Which attribute values of a stranger's HTML stay: the judge that nh3 asks for each one.

Every returned value is in one canonical spelling, so that cleaning twice changes nothing, and
holds neither "<" nor ">", so that a tag of cleaned markup always ends at its first ">".
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote

from .styles import COLOUR, font_family, read_style

ALLOWED: dict[str, tuple[str, ...]] = {
    "*": ("style", "dir"),
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "div": ("align", "class", "id"),
    "span": ("class",),
    "blockquote": ("class", "type"),
    "p": ("align", "class"),
    "hr": ("id", "class"),
    "pre": ("class",),
    "table": ("align", "bgcolor", "border", "cellpadding", "cellspacing", "width", "class", "id"),
    "td": ("align", "valign", "bgcolor", "colspan", "rowspan", "width", "height"),
    "th": ("align", "valign", "bgcolor", "colspan", "rowspan", "width", "height"),
    "tr": ("align", "valign", "bgcolor"),
    "col": ("width", "span"),
    "font": ("color", "size", "face"),
    "ol": ("start", "type"),
    "li": ("value",),
    "h1": ("align",),
    "h2": ("align",),
    "h3": ("align",),
}
MARKERS = ("quote", "quote-header", "signature", "blocked-image", "cut", "tight")

_QUOTE_MARKS = re.compile(
    r"\b(?:gmail_quote(?:_container)?|gmail_extra|yahoo_quoted|protonmail_quote|zmail_extra|"
    r"moz-forward-container|tutanota_quote|mail-quote-collapse|mailru-blockquote|"
    r"(?:js-helper )?js-readmsg-msg|ms-outlook-mobile-reference-message|freebirdFormviewer|"
    r"mail_quote|quotebox|qm-quote|foxmail-quote|alimail-quote|ntes_quote|zm_editor_quote)\b"
)
_HEADER_MARKS = re.compile(r"\b(?:gmail_attr|moz-cite-prefix|outlookmessageheader)\b", re.I)
_SIGNATURE_MARKS = re.compile(
    r"\b(?:gmail_signature(?:_prefix)?|moz-signature|protonmail_signature_block|signature)\b"
)
# Word's paragraphs have no space around them; its style sheet, which says so, does not stay.
_TIGHT = re.compile(r"\bx?_?Mso(?:Normal|NoSpacing|PlainText|ListParagraph\w*)\b")
_IDS = {
    "divrplyfwdmsg": "quote-start",
    "appendonsend": "quote-start",
    "stopspelling": "quote-start",
    "olk_src_body_section": "quote-start",
    "mail-editor-reference-message-container": "quote-start",
    "ms-outlook-mobile-body-separator-line": "quote-start",
    "isreplycontent": "quote-start",
    "quote-start": "quote-start",
}
_NUMBER = re.compile(r"\d{1,4}%?\Z")
_MOST = {"cellpadding": 60, "cellspacing": 60, "border": 20, "colspan": 100, "rowspan": 200}
_WORD = re.compile(r"[\w ,+-]{1,60}\Z", re.ASCII)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_BITMAP = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=]+\Z")
_UNSAFE_IN_URL = re.compile(
    r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
_BRACKETS = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22", "\\": "%5C", "`": "%60"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BEHIND_ADDRESS = re.compile(r"[?&;#\s\x00-\x1f\x7f-\x9f\u2028\u2029]")
MAX_URL = 8000
_CACHED_UP_TO = 300


def judge(tag: str, name: str, value: str) -> str | None:
    """The value to keep, or None. Mail repeats its styles endlessly: short values are cached."""
    if len(value) > _CACHED_UP_TO:
        return _judge(tag, name, value)
    return _judge_cached(tag, name, value)


def _judge(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return read_style(value)
    if name == "href":
        return _link(value)
    if name == "src":
        return _image(value)
    if name == "alt":
        return re.sub(r"[<>\s]+", " ", value).strip()[:300] or None
    if name == "class":
        return _marker(value)
    if name == "id":
        return _IDS.get(value.strip().lower().removeprefix("x_"))
    if name in ("bgcolor", "color"):
        return value.strip() if COLOUR.match(value.strip()) else None
    if name == "face":
        return font_family(value) or None
    if name in ("dir", "align", "valign", "type", "size"):
        return value.strip() if _WORD.match(value.strip()) else None
    number = value.strip()
    if not _NUMBER.match(number) or int(number.rstrip("%")) > _MOST.get(name, 9999):
        return None
    return number


_judge_cached = lru_cache(maxsize=8192)(_judge)


def _marker(value: str) -> str | None:
    if value in MARKERS:
        return value
    if _HEADER_MARKS.search(value):
        return "quote-header"
    if _QUOTE_MARKS.search(value):
        return "quote"
    if _SIGNATURE_MARKS.search(value):
        return "signature"
    return "tight" if _TIGHT.search(value) else None


def _link(value: str) -> str | None:
    url = _UNSAFE_IN_URL.sub("", value).translate(_BRACKETS)
    if not url or len(url) > MAX_URL:
        return None
    if url.startswith("#"):
        return url
    scheme = _SCHEME.match(url)
    kind = scheme[1].lower() if scheme else ""
    if kind in ("http", "https"):
        return url if url[len(kind) + 1 :].startswith("//") else None
    if kind == "tel":
        return "tel:" + re.sub(r"[^\d+*#;,().-]", "", url[4:])
    return _mail_link(url) if kind == "mailto" else None


def _mail_link(url: str) -> str | None:
    """Only the four harmless fields: ``attach`` has made mail programs send files. What follows a
    "?", "&", ";" or line end hidden in an address is cut: some programs take it for a field."""
    target, _, query = url[7:].partition("?")
    addresses = _BEHIND_ADDRESS.split(unquote(target).strip(), maxsplit=1)[0].lstrip("/-")
    fields = [
        f"{name.lower()}={quote(text if name.lower() == 'body' else _one_line(text))}"
        for name, text in parse_qsl(query.replace("+", "%2B"), max_num_fields=None)[:20]
        if name.lower() in ("to", "cc", "subject", "body")
    ]
    link = "mailto:" + quote(addresses, safe="@,+~") + ("?" + "&".join(fields) if fields else "")
    return link if len(link) <= MAX_URL else None


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def picture_address(value: str) -> str:
    """Where a picture outside the mail lies, always over https; "" for any other kind."""
    url = _UNSAFE_IN_URL.sub("", value).translate(_BRACKETS)
    scheme, _, rest = url.partition(":")
    if scheme.lower() not in ("http", "https") or not rest.startswith("//") or len(url) > MAX_URL:
        return ""
    return "https:" + rest


def _image(value: str) -> str | None:
    url = _UNSAFE_IN_URL.sub("", value)
    if url[:4].lower() == "cid:":
        return "cid:" + url[4:].translate(_BRACKETS)[:500]
    if url[:11].lower() == "data:image/":
        head, comma, data = url.partition(",")
        url = head.lower() + comma + data
        return url if _BITMAP.match(url) else None
    return None
