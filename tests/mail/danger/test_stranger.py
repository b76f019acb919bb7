"""Dangerous HTML by another hand than the cleaner's and the generator's: every address and style
in every place, judged by a grammar of what may stay and by nothing that the cleaner uses."""

import re
from collections.abc import Callable
from html import escape, unescape
from itertools import islice

import pytest

from deskapp.mail.clean import PictureFinder, clean_html
from tests.mail.danger.strange import ADDRESSES, PLACES, STRUCTURES, STYLED, STYLES

_TAGS_NAMES = """
    a abbr address b big blockquote br caption center cite code col colgroup dd del div dl dt em
    font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong
    sub sup table tbody td tfoot th thead tr tt u ul var
"""
_TAGS = frozenset(_TAGS_NAMES.split())
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>|[^<>]+')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_WEB = re.compile(r"#\S*|https?://[^\s<>\"\\`]*|tel:[\d+*#;,().-]*")
_PICTURE = re.compile(
    r"cid:[^<>\"\s\\]*|data:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=]+"
)
_PROPERTY = re.compile(
    r"color|background-color|font-(?:weight|style|size|family)|text-(?:align|decoration|indent)"
    r"|vertical-align|white-space|list-style-type|direction|width|(?:margin|padding)(?:-[a-z]+)?"
    r"|border(?:-(?:left|right|top|bottom|color|collapse))?"
)
_CUNNING = re.compile(r"[\\@\"'{}<>:]|url|/\*|\((?![\d\s.,%]+\))", re.IGNORECASE)
_OTHERS_NAMES = """
    alt class id align valign bgcolor width height colspan rowspan border cellpadding cellspacing
    span color size face start type value dir
"""
_OTHERS = frozenset(_OTHERS_NAMES.split())


def _vectors() -> list[str]:
    made = [
        place.format(address.replace('"', "&quot;") if "&" in address else escape(address))
        for address in ADDRESSES
        for place in PLACES
    ]
    made += [place.format(escape(style)) for style in STYLES for place in STYLED]
    return made + [around.format(one) for one in STRUCTURES for around in ("{}", "<td>{}", "<p>{}")]


def _bad_style(value: str) -> bool:
    for declaration in value.split(";"):
        name, _, content = declaration.partition(":")
        if not _PROPERTY.fullmatch(name) or _CUNNING.search(content):
            return True
        if "color" in name or name == "font-weight":
            continue
        numbers = re.findall(r"[\d.]+", content)
        if any(one.count(".") > 1 or float(one) > 4000 for one in numbers):
            return True
        if name.startswith("margin") and "-" in content:
            return True
    return False


def _bad_mail_link(value: str) -> bool:
    target, _, query = value.removeprefix("mailto:").partition("?")
    if re.search(r"[&;\s\\]|%0[ad]|%00|%3f|%26|%3b", target, re.IGNORECASE):
        return True
    for field in query.split("&") if query else ():
        name, _, content = field.partition("=")
        if name not in ("to", "cc", "subject", "body") or ";" in content:
            return True
        if name != "body" and re.search(r"%0[ad]|%00", content, re.IGNORECASE):
            return True
    return False


def _bad_attribute(tag: str, name: str, value: str) -> bool:
    if name == "href":
        is_mail = value.startswith("mailto:")
        return tag != "a" or (_bad_mail_link(value) if is_mail else not _WEB.fullmatch(value))
    if name == "src":
        return tag != "img" or not _PICTURE.fullmatch(value)
    if name == "style":
        return _bad_style(value)
    return name not in _OTHERS or bool(re.search(r"[<>\\]|javascript:", value))


def faults(markup: str) -> list[str]:
    """Every token that the grammar does not know."""
    found: list[str] = []
    at = 0
    while at < len(markup):
        token = _TOKEN.match(markup, at)
        if token is None:
            return [*found, markup[at : at + 60]]
        at = token.end()
        if token[2] is None:
            continue
        attributes = _ATTRIBUTE.findall(token[3] or "")
        if token[2] not in _TAGS or (token[1] and token[3]):
            found.append(token[0])
        found += [token[0] for name, value in attributes
                  if _bad_attribute(token[2], name, unescape(value))]  # fmt: skip
    return found


def test_there_are_many_of_them() -> None:
    assert len(ADDRESSES) + len(STYLES) + len(STRUCTURES) > 200
    assert len(_vectors()) > 1200


@pytest.mark.parametrize("clean", [clean_html, lambda html: PictureFinder().clean(html)])
def test_nothing_that_the_grammar_does_not_know_survives(clean: Callable[[str], str]) -> None:
    survived = ((one, left) for one in _vectors() if (left := faults(clean(one))))
    assert list(islice(survived, 5)) == []


def test_cleaning_again_changes_nothing() -> None:
    changed = (one for one in _vectors() if clean_html(clean_html(one)) != clean_html(one))
    assert list(islice(changed, 5)) == []


def test_the_judge_sees_what_is_wrong() -> None:
    for wrong in (
        "<script>1</script>",
        '<a href="javascript:1">x</a>',
        '<img src="//host/x">',
        '<p style="margin:-9px">x</p>',
        '<a href="mailto:a@b?attach=/x">x</a>',
        '<p style="color:url(x)">x</p>',
        "<!-- x -->",
        '<p onclick="1">x</p>',
    ):
        assert faults(wrong), wrong
