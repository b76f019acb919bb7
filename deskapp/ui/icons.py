"""Icons by what they mean: strokes of our own in resources/icons, in the theme's colours."""

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QImageReader, QPainter, QPixmap

from deskapp.paths import resource

from .theme import theme

_PALE = 0.4  # how much of its colour an icon keeps that cannot be used


def icon(name: str, token: str = "muted", active: str | None = None) -> QIcon:
    """The icon for a meaning; ``token`` is a theme colour, ``active`` that of the checked state.

    Raises FileNotFoundError for a meaning without a drawing.
    """
    colours = theme().colours
    drawing = _drawing(name)
    return QIcon(_Strokes(drawing, getattr(colours, token), getattr(colours, active or token)))


def pixmap(name: str, size: int = 16, token: str = "muted") -> QPixmap:
    """The same as a picture of ``size`` pixels at scale 1."""
    return icon(name, token).pixmap(QSize(size, size))


class _Strokes(QIconEngine):
    """Draws when a size is asked for, sharp at every scale of the screen."""

    def __init__(self, drawing: str, colour: str, active: str) -> None:
        super().__init__()
        self._drawing, self._colour, self._active = drawing, colour, active

    def clone(self) -> QIconEngine:
        return _Strokes(self._drawing, self._colour, self._active)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """``size`` is in pixels of the screen."""
        colour = self._active if state is QIcon.State.On else self._colour
        pale = mode is QIcon.Mode.Disabled
        return _picture(self._drawing, colour, pale, size.width(), size.height())

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.pixmap(rect.size() * scale, mode, state))


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text("utf-8")


@lru_cache(maxsize=256)
def _picture(drawing: str, colour: str, pale: bool, width: int, height: int) -> QPixmap:
    stroke = f'stroke="{colour}" stroke-opacity="{_PALE if pale else 1}"'
    source = drawing.replace('stroke="currentColor"', stroke)
    buffer = QBuffer()  # read as an image: the QtSvg module is loaded for nothing else
    buffer.setData(QByteArray(source.encode()))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(width, height))
    return QPixmap.fromImage(reader.read())
