"""Inline styles of mails: a few properties, bounded, in the spelling that Qt's reader takes."""

import re

COLOUR = re.compile(r"(?:#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}|rgb\([\d\s,]{5,20}\))\Z")

_NAMES_KEPT = """
    color background-color font-weight font-style font-size font-family text-align
    text-decoration text-indent vertical-align white-space list-style-type direction margin
    margin-left margin-right margin-top margin-bottom padding padding-left padding-right
    padding-top padding-bottom border border-left border-right border-top border-bottom
    border-color border-collapse width
"""
_KEPT = frozenset(_NAMES_KEPT.split())
_VALUE = re.compile(r"(?:[\w\s#.,%+-]|rgba?\([\d\s.,%]{1,40}\)){1,200}\Z", re.ASCII)
_LENGTH = re.compile(r"(?<![\w.#])(-?)(\d{0,9}\.?\d{1,9})(px|pt|em|rem|ex|pc|in|cm|mm|%)?(?![\w.])")
_DIGIT = re.compile(r"\d")
_PIXELS = {"pt": 4 / 3, "em": 16, "rem": 16, "ex": 8, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78}
_MOST, _BIGGEST_LETTERS, _WIDEST = 200, 72, 4000  # pixels; millions take Qt a minute to paint
_MOST_PERCENT = 400
_ADDRESS = re.compile(r"url\([^()]*\)", re.IGNORECASE)
_BORDERS = frozenset(("border", "border-left", "border-right", "border-top", "border-bottom"))
_LINES = frozenset(("solid", "dashed", "dotted", "double", "inset", "outset", "ridge", "groove"))
_WIDTHS = {"thin": 1.0, "medium": 2.0, "thick": 4.0}
_NO_COLOUR = frozenset(
    ("none", "repeat", "scroll", "fixed", "center", "left", "right", "top", "bottom", "cover")
)
_MOST_DECLARATIONS = 60


def read_style(value: str) -> str | None:
    """The declarations that stay, in one canonical spelling; None for none."""
    if "\\" in value or "/*" in value:
        return None
    kept: dict[str, str] = {}
    for declaration in value.split(";")[:_MOST_DECLARATIONS]:
        name, _, content = declaration.partition(":")
        name = name.strip().lower()
        content = " ".join(content.replace('"', "").replace("'", "").split())
        content = content.removesuffix("!important").rstrip()
        if name == "background":
            name, content = "background-color", _ground(content)
        if name not in _KEPT or not content or not _VALUE.match(content):
            continue
        if name == "font-family":
            content = font_family(content)
        elif name in _BORDERS:
            content = _border(content)
        elif not name.endswith("color"):
            content = _bounded(name, content)
        if content:
            kept[name] = content
    return ";".join(f"{name}:{content}" for name, content in kept.items()) or None


def font_family(names: str) -> str:
    """Only that letters are of one width stays: other faces are chosen by the language of the
    text, and a face that is not on this computer would be replaced by a stranger one."""
    is_fixed = any(name in names.lower() for name in ("mono", "courier", "consolas", "menlo"))
    return "monospace" if is_fixed else ""


def _ground(shorthand: str) -> str:
    """The colour of a ``background``; without it white letters would stand on white paper."""
    words = _ADDRESS.sub(" ", shorthand).split()
    return next((word for word in words if word not in _NO_COLOUR and COLOUR.match(word)), "")


def _border(shorthand: str) -> str:
    """Width, line, colour: the order that Qt reads. Outlook writes them the other way round."""
    width, line, colour = 1.0, "", "#000000"
    for word in shorthand.lower().split():
        length = _LENGTH.fullmatch(word)
        if length:
            width = _in_pixels(length)
        elif word in _WIDTHS:
            width = _WIDTHS[word]
        elif word in _LINES:
            line = word
        elif word == "none" or word == "hidden":
            return "none"
        elif word != "windowtext" and COLOUR.match(word):
            colour = word
    if not line or width <= 0:
        return "none"
    return f"{min(max(round(width), 1), 20)}px {line} {colour}"


def _bounded(name: str, content: str) -> str:
    """The value in pixels, or "" where a length in it is beyond what a mail can mean."""
    if name == "font-weight":
        return content
    if _DIGIT.search(_LENGTH.sub("", content)):  # a number too long to be read as a length
        return ""
    most = {"font-size": _BIGGEST_LETTERS, "width": _WIDEST}.get(name, _MOST)
    for length in _LENGTH.finditer(content):
        if length[1] and name.startswith("margin"):  # would pull text over text, or out of sight
            return ""
        is_share = length[3] == "%"
        size = abs(float(length[2]) if is_share else _in_pixels(length))
        if size > (_MOST_PERCENT if is_share else most):
            return ""
        if name == "font-size" and (size < 1 or length[1]):  # Qt has no such letters
            return ""
    if name == "font-size":
        return content
    return _LENGTH.sub(_respelt, content)


def _respelt(length: re.Match[str]) -> str:
    if length[3] not in _PIXELS:
        return length[0]
    return f"{round(_in_pixels(length))}px"


def _in_pixels(length: re.Match[str]) -> float:
    size = float(length[2]) * _PIXELS.get(length[3], 1.0)
    return -size if length[1] else size
