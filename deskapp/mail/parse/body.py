"""The readable body of a mail in its two forms, text and cleaned HTML."""

import html as html_escapes
import re
from collections.abc import Callable

from deskapp.mail.clean import clean_html
from deskapp.mail.html_text import cleaned_to_text

from .charsets import decode_bytes
from .flowed import unflow
from .parts import MAX_TEXT_BYTES, Layout, Leaf, is_tnef
from .tnef import tnef_body
from .transfer import is_no_base64
from .tree import Part
from .uuencoded import cut_uuencoded

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_SOURCE = re.compile(
    r"""(<img\b[^<>]{0,2000}?\ssrc\s*=\s*)["']?([^"'\s>]{1,2000})["']?""", re.IGNORECASE
)
_MARKUP_LINE = re.compile(r"\s*\Z|--|[A-Za-z-]{1,60}:")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


def read_body(
    layout: Layout, defects: list[str], clean: Callable[[str], str] = clean_html
) -> tuple[str, str]:
    """Text and HTML cleaned by ``clean``; HTML is "" for a mail that has none."""
    has_html = any(segment.html for segment in layout.segments)
    has_html = has_html or any(segment.picture for segment in layout.segments)
    locations = {leaf.location: leaf for leaf in layout.attachments if leaf.location}
    texts: list[str] = []
    htmls: list[str] = []
    for segment in layout.segments:
        if segment.picture:
            htmls.append(f'<p><img src="cid:{_quoted(segment.picture.content_id)}"></p>')
            continue
        plain = _read_plain(segment.plain, defects)
        cleaned = clean(_read_html(segment.html, locations, defects)) if segment.html else ""
        if segment.html and (not plain.strip() or _is_a_stand_in(plain)):
            plain = cleaned_to_text(cleaned)
        texts.append(plain.strip("\n"))
        if has_html:
            htmls.append(cleaned or as_html(plain))
    text = "\n\n".join(each for each in texts if each.strip())
    if not texts or not text.strip():
        packed = packed_body(layout, clean)
        if any(packed):
            return packed
    if len(htmls) < 2:
        return text, "".join(htmls)
    return text, clean("".join(_without_shown_twice(layout, htmls)))


def packed_body(layout: Layout, clean: Callable[[str], str] = clean_html) -> tuple[str, str]:
    """Text and cleaned HTML out of a winmail.dat, for a mail that has no other text."""
    for leaf in layout.attachments:
        if is_tnef(leaf):
            text, html = tnef_body(leaf.part.decoded())
            cleaned = clean(html) if html else ""
            text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
            return text or cleaned_to_text(cleaned), cleaned
    return "", ""


def readable(data: bytes, is_mail: bool = True) -> str:
    """Bytes whose structure cannot be made out, as text: better than nothing. "" where they are
    nothing but the boundaries and headers of a mail."""
    text = decode_bytes(data[:MAX_TEXT_BYTES]).replace("\r\n", "\n").replace("\r", "\n")
    if is_mail and all(_MARKUP_LINE.match(line) for line in text.split("\n")):
        return ""
    return _CONTROL.sub("", text).strip("\n")


def _without_shown_twice(layout: Layout, htmls: list[str]) -> list[str]:
    """The pieces less the pictures that the HTML shows elsewhere by itself."""
    pairs = list(zip(layout.segments, htmls, strict=True))
    written = "".join(html for segment, html in pairs if not segment.picture)
    if "cid:" not in written:
        return htmls
    return [
        html
        for segment, html in pairs
        if not (segment.picture and f"cid:{_quoted(segment.picture.content_id)}" in written)
    ]


def _read_plain(leaves: list[Leaf], defects: list[str]) -> str:
    texts = [_read_one_plain(leaf, defects) for leaf in leaves]
    if len(texts) == 1:
        return texts[0]
    return "\n\n".join(dict.fromkeys(text.strip("\n") for text in texts if text.strip()))


def _read_one_plain(leaf: Leaf, defects: list[str]) -> str:
    text = _decode(leaf, "", defects).replace("\r\n", "\n").replace("\r", "\n")
    parameters = leaf.part.parameters
    if parameters.get("format", "").lower() == "flowed":
        text = unflow(text, parameters.get("delsp", "").lower() == "yes")
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    return "\n".join(line.rstrip() for line in text.split("\n")) if " \n" in text else text


def _read_html(leaf: Leaf, locations: dict[str, Leaf], defects: list[str]) -> str:
    html = _decode(leaf, "html", defects)
    if not locations:
        return html

    def point(match: re.Match[str]) -> str:
        place = locations.get(html_escapes.unescape(match[2]))
        return f'{match[1]}"cid:{_quoted(place.content_id)}"' if place else match[0]

    return _SOURCE.sub(point, html)


def _quoted(content_id: str) -> str:
    return html_escapes.escape(content_id)


def _decode(leaf: Leaf, form: str, defects: list[str]) -> str:
    data = leaf.part.decoded()
    if _is_mislabelled(leaf.part, data):
        data = leaf.part.body
    if not form and b"begin " in leaf.part.body:
        data = cut_uuencoded(data)[0]
    if len(data) > MAX_TEXT_BYTES:
        data = data[:MAX_TEXT_BYTES]
        if "text_cut" not in defects:
            defects.append("text_cut")
    hint = ""
    if form == "html":
        meta = _META_CHARSET.search(data, 0, 2048)
        hint = meta[1].decode("ascii") if meta else ""
    return decode_bytes(data, leaf.part.parameters.get("charset", ""), hint)


def _is_mislabelled(part: Part, data: bytes) -> bool:
    """Whether the transfer encoding is not the one stated, so that the bytes say more as sent."""
    if part.encoding == "base64" and is_no_base64(part.body):
        return True
    return not data.strip() and bool(part.body.strip())


def _is_a_stand_in(plain: str) -> bool:
    """Plain forms that only say that there is an HTML form."""
    return len(plain) <= 300 and _STAND_IN.match(plain.strip()) is not None


_STAND_IN = re.compile(
    r"(?:your |this |the |if you|to (?:view|read|see)|please |sorry|\W)[^\n]{0,80}"
    r"(?:(?:e-?mail|client|viewer|program|browser)[^.\n]{0,60}(?:does(?:n't| not)|cannot|can't)"
    r"[^.\n]{0,40}(?:support|display|show|read)[^.\n]{0,30}html"
    r"|please (?:view|open|use) [^.\n]{0,40}html"
    r"|html[- ]?(?:format|compatible|capable|enabled)[^.\n]{0,40}(?:client|viewer|reader))",
    re.IGNORECASE,
)


def as_html(plain: str) -> str:
    """Plain text between HTML parts, as Apple Mail sends it around pictures."""
    if not plain.strip():
        return ""
    return (
        "<p>" + html_escapes.escape(plain.strip("\n"), quote=False).replace("\n", "<br>") + "</p>"
    )
