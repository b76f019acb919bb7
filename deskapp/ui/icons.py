"""Icons by what they mean, in the theme's colours."""

import os
from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap

from .theme import theme

_GLYPHS = {
    "inbox": "ph.tray",
    "customers": "ph.user",
    "canned": "ph.quotes",
    "orders": "ph.package",
    "settings": "ph.gear-six",
    "search": "ph.magnifying-glass",
    "new": "ph.plus",
    "reply": "ph.arrow-bend-up-left",
    "reply_all": "ph.arrow-bend-double-up-left",
    "note": "ph.note-pencil",
    "send": "ph.paper-plane-tilt",
    "attach": "ph.paperclip",
    "file": "ph.file",
    "image": "ph.image",
    "download": "ph.download-simple",
    "open": "ph.arrow-square-out",
    "warning": "ph.warning",
    "close": "ph.x",
    "more": "ph.dots-three-bold",
    "down": "ph.caret-down",
    "right": "ph.caret-right",
    "tag": "ph.tag",
    "assign": "ph.user-plus",
    "status": "ph.circle-half",
    "done": "ph.check",
    "undo": "ph.arrow-counter-clockwise",
    "refresh": "ph.arrows-clockwise",
    "edit": "ph.pencil-simple",
    "delete": "ph.trash",
    "copy": "ph.copy",
    "mail": "ph.envelope-simple",
    "phone": "ph.phone",
    "offline": "ph.wifi-slash",
    "clock": "ph.clock",
    "history": "ph.clock-counter-clockwise",
    "source": "ph.code",
    "filter": "ph.funnel",
    "card": "ph.identification-card",
    "views": "ph.list",
    "merge": "ph.arrows-in-line-horizontal",
    "split": "ph.arrows-out-line-horizontal",
    "import": "ph.upload-simple",
    "window": "ph.app-window",
    "truck": "ph.truck",
    "person": "ph.user-circle",
    "empty": "ph.tray",
    "calm": "ph.coffee",
}


def icon(name: str, token: str = "muted", active: str | None = None) -> QIcon:
    """The icon for a meaning; ``token`` is a theme colour, ``active`` that of the checked state.

    Raises KeyError for a meaning without a glyph.
    """
    colours = theme().colours
    return _drawn(_GLYPHS[name], getattr(colours, token), getattr(colours, active or token))


def pixmap(name: str, size: int = 16, token: str = "muted") -> QPixmap:
    """The same as a picture of ``size`` pixels at scale 1."""
    return icon(name, token).pixmap(QSize(size, size))


@lru_cache(maxsize=256)
def _drawn(glyph: str, colour: str, active: str) -> QIcon:
    os.environ.setdefault("QT_API", "pyside6")
    import qtawesome  # reads 6 MB of fonts: only when the first icon is drawn

    drawn: QIcon = qtawesome.icon(glyph, color=colour, color_on=active)
    return drawn
