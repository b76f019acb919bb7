"""Cleaned markup made fit for the window: as wide as the card, legible, without doubled lines."""

import re
from functools import lru_cache

from PySide6.QtGui import QColor

_IMAGE = re.compile(r"<img[^>]*>")
_WIDE, _HIGH = re.compile(r' width="(\d+)"'), re.compile(r' height="(\d+)"')
_HIGHEST = 2000
_INLINE = "span|font|b|i|em|strong"
_ONLY_BREAK = re.compile(
    rf"<(div|p|td|th|li)([^>]*)>((?:<(?:{_INLINE})[^>]*>)*)<br>((?:</(?:{_INLINE})>)*)</\1>"
)
_LAST_BREAK = re.compile(r"<br></(div|p|td|th|li|blockquote)>")
_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
_VOID = frozenset(("br", "hr", "img", "col"))
_GROUND = re.compile(r'(?: bgcolor="|background-color:)([^;"]+)')
_INK = re.compile(r'(?: |[";])color(?:="|:)([^;"]+)')
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)")
_LEAST_CONTRAST = 1.8


def fit_images(markup: str, width: int, share: float = 1.0) -> str:
    """The same with pictures no wider than ``width`` pixels, in their proportions. A ``share``
    below 1 makes all that state their width smaller."""
    return _IMAGE.sub(lambda image: _fit_image(image[0], width, share), markup)


def _fit_image(tag: str, width: int, share: float) -> str:
    wide, high = _WIDE.search(tag), _HIGH.search(tag)
    if wide is None:
        return _HIGH.sub("", tag) if high and int(high[1]) > _HIGHEST else tag
    fit = max(min(width, int(int(wide[1]) * share)), 1)
    if fit == int(wide[1]) and (high is None or int(high[1]) <= _HIGHEST):
        return tag
    tag = _WIDE.sub(f' width="{fit}"', tag)
    if high is None:
        return tag
    height = int(high[1]) * fit // max(int(wide[1]), 1)
    return _HIGH.sub(f' height="{max(height, 1)}"' if height <= _HIGHEST else "", tag)


def single_breaks(markup: str) -> str:
    """A line break that ends a block is no line of its own, as in browsers; QTextDocument would
    show one more empty line for each."""
    if "<br></" not in markup:
        return markup
    return _LAST_BREAK.sub(r"</\1>", _ONLY_BREAK.sub(r"<\1\2>\3&nbsp;\4</\1>", markup))


def legible(markup: str, ink: str, paper: str) -> str:
    """The same with words that nobody could tell from what they stand on in ``ink``, or in
    ``paper`` where the ground is dark: white letters whose black page was not taken over, and
    what a sender hid in white on white."""
    if "color" not in markup:
        return markup
    written: list[str] = []
    grounds, inks = [paper], [ink]  # one per open element
    for piece in _PIECE.finditer(markup):
        slash, tag, attributes, words = piece.groups()
        if words is not None:
            written.append(_seen(words, inks[-1], grounds[-1], ink, paper))
            continue
        written.append(piece[0])
        if slash:
            if len(inks) > 1:
                grounds.pop()
                inks.pop()
        elif tag not in _VOID:
            ground, colour = _GROUND.search(attributes), _INK.search(attributes)
            grounds.append(_known(ground[1], grounds[-1]) if ground else grounds[-1])
            inks.append(_known(colour[1], inks[-1]) if colour else inks[-1])
    return "".join(written)


def _seen(words: str, colour: str, ground: str, ink: str, paper: str) -> str:
    if not words.strip() or _contrast(colour, ground) >= _LEAST_CONTRAST:
        return words
    better = ink if _contrast(ink, ground) > _contrast(paper, ground) else paper
    return f'<span style="color:{better}">{words}</span>'


@lru_cache(maxsize=512)
def _known(colour: str, else_colour: str) -> str:
    """``#rrggbb``; what is no colour, or lets all through, leaves what was there."""
    if parts := _RGB.match(colour):
        return "#{:02x}{:02x}{:02x}".format(*(min(int(one), 255) for one in parts.groups()))
    if colour.startswith("#") and len(colour) == 9:
        colour = colour[:7]  # Qt would read the last two figures, the opacity, as the first
    read = QColor(colour.strip())
    return read.name() if read.isValid() and read.alpha() else else_colour


@lru_cache(maxsize=512)
def _contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio, 1 to 21."""
    low, high = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
