"""The readable body of a mail in its two forms, text and cleaned HTML."""

import html as html_escapes
import re
from collections.abc import Callable

from deskapp.mail.clean import clean_html
from deskapp.mail.html_text import cleaned_to_text

from .charsets import decode_bytes
from .flowed import unflow
from .parts import MAX_TEXT_BYTES, Layout, Leaf

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


def read_body(
    layout: Layout, defects: list[str], clean: Callable[[str], str] = clean_html
) -> tuple[str, str]:
    """Text and HTML cleaned by ``clean``; HTML is "" for a mail that has none."""
    has_html = any(segment.html for segment in layout.segments)
    texts: list[str] = []
    htmls: list[str] = []
    for segment in layout.segments:
        plain = _read_plain(segment.plain, defects) if segment.plain else ""
        cleaned = clean(_read_html(segment.html, defects)) if segment.html else ""
        if segment.html and (not plain.strip() or _is_a_stand_in(plain)):
            plain = cleaned_to_text(cleaned)
        texts.append(plain.strip("\n"))
        if has_html:
            htmls.append(cleaned or _as_html(plain))
    text = "\n\n".join(each for each in texts if each.strip())
    return text, clean("".join(htmls)) if len(htmls) > 1 else "".join(htmls)


def _read_plain(leaf: Leaf, defects: list[str]) -> str:
    text = _decode(leaf, "", defects).replace("\r\n", "\n").replace("\r", "\n")
    parameters = leaf.part.parameters
    if parameters.get("format", "").lower() == "flowed":
        text = unflow(text, parameters.get("delsp", "").lower() == "yes")
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    return "\n".join(line.rstrip() for line in text.split("\n")) if " \n" in text else text


def _read_html(leaf: Leaf, defects: list[str]) -> str:
    return _decode(leaf, "html", defects)


def _decode(leaf: Leaf, form: str, defects: list[str]) -> str:
    data = leaf.part.decoded()
    if len(data) > MAX_TEXT_BYTES:
        data = data[:MAX_TEXT_BYTES]
        if "text_cut" not in defects:
            defects.append("text_cut")
    hint = ""
    if form == "html":
        meta = _META_CHARSET.search(data, 0, 2048)
        hint = meta[1].decode("ascii") if meta else ""
    return decode_bytes(data, leaf.part.parameters.get("charset", ""), hint)


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


def _as_html(plain: str) -> str:
    """Plain text between HTML parts, as Apple Mail sends it around pictures."""
    if not plain.strip():
        return ""
    return (
        "<p>" + html_escapes.escape(plain.strip("\n"), quote=False).replace("\n", "<br>") + "</p>"
    )
