"""The small words on soft ground in a row of a list."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from deskapp.ui.icons import pixmap
from deskapp.ui.theme import Theme

from .row import ChipLook

_HEIGHT, _PAD, _GAP, _DOT = 16, 6, 4, 10
_PICTURE, _BESIDE_PICTURE = 12, 2
_WIDEST = 150  # pixels: one long word must not hide all the others
TAG_TOKENS = {
    "teal": "accent",
    "blue": "draft_edge",
    "violet": "side_edge",
    "green": "good",
    "yellow": "note_edge",
    "orange": "warn",
    "red": "bad",
    "grey": "ours_edge",
}
"""What the colours of tags are in the theme."""


def draw_chips(
    painter: QPainter,
    place: QRect,
    chips: Sequence[ChipLook],
    language: str,
    look: Theme,
    *,
    at_right: bool = False,
) -> int:
    """Draws as many as fit, a last "+2" says how many do not; how wide they are together."""
    font = look.fonts.text(look.fonts.small_px, language=language)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    shown = _fitting(chips, place.width(), metrics)
    widths = [min(_width(chip, metrics), place.width()) for chip in shown]
    whole = sum(widths) + _GAP * max(len(widths) - 1, 0)
    left = place.right() + 1 - whole if at_right else place.left()
    for chip, width in zip(shown, widths, strict=True):
        _chip(painter, QRect(left, place.top(), width, _HEIGHT), chip, look)
        left += width + _GAP
    return whole


def _fitting(chips: Sequence[ChipLook], room: int, metrics: QFontMetrics) -> list[ChipLook]:
    shown: list[ChipLook] = []
    used = 0
    for number, chip in enumerate(chips):
        more = len(chips) - number - 1
        reserve = metrics.horizontalAdvance("+9") + 2 * _PAD + _GAP if more else 0
        if shown and used + _width(chip, metrics) + reserve > room:
            return [*shown, ChipLook(f"+{more + 1}")]
        shown.append(chip)
        used += _width(chip, metrics) + _GAP
    return shown


def _width(chip: ChipLook, metrics: QFontMetrics) -> int:
    extra = _DOT if chip.dot or chip.colour else 0
    if chip.clip or chip.picture:
        extra += _PICTURE + (_BESIDE_PICTURE if chip.text else 0)
    return min(metrics.horizontalAdvance(chip.text) + 2 * _PAD + extra, _WIDEST)


def _chip(painter: QPainter, place: QRect, chip: ChipLook, look: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(chip.ground))
    painter.drawRoundedRect(QRectF(place), 8, 8)
    inner = place.adjusted(_PAD, 0, -_PAD, 0)
    if chip.dot or chip.colour:
        painter.setBrush(look.colour(TAG_TOKENS.get(chip.colour, "accent")))
        painter.drawEllipse(QRectF(inner.left(), inner.center().y() - 2, 6, 6))
        inner.adjust(_DOT, 0, 0, 0)
    if chip.clip or chip.picture:
        name, tone = ("attach", "muted") if chip.clip else (chip.picture, chip.tone)
        painter.drawPixmap(inner.left(), inner.top() + 2, pixmap(name, _PICTURE, tone))
        inner.adjust(_PICTURE + _BESIDE_PICTURE, 0, 0, 0)
    painter.setPen(look.colour(chip.tone))
    shown = QFontMetrics(painter.font()).elidedText(
        chip.text, Qt.TextElideMode.ElideRight, inner.width() + 1
    )
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
