"""How tall a part of the composer may be, so that none of the others is pushed over it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

_SHARE = 0.6  # of the window; the conversation above keeps the rest


def room_of(part: QWidget) -> int:
    """The pixels that the parts around this one leave of the composer's share of its window, and
    of its splitter, which is much lower where the list stands above the conversation."""
    around = part.parentWidget()
    box = around.layout() if around is not None else None
    if around is None or box is None:
        return part.maximumHeight()
    if box.hasHeightForWidth():
        whole = box.totalMinimumHeightForWidth(around.width())
    else:
        whole = box.totalMinimumSize().height()
    others = whole - (0 if part.isHidden() else part.minimumHeight())
    share = int(_SHARE * part.window().height())
    return min(share, _between_handles(part)) - others


def _between_handles(part: QWidget) -> int:
    """What the splitter around the composer can give, its frame already taken off."""
    inside, around = part, part.parentWidget()
    while around is not None and not isinstance(around, QSplitter):
        inside, around = around, around.parentWidget()
    if around is None or around.orientation() is not Qt.Orientation.Vertical:
        return part.window().height()
    left = around.height()
    for place in range(around.count()):
        other = around.widget(place)
        if other is not None and other is not inside and not other.isHidden():
            left -= other.minimumSizeHint().height() + around.handleWidth()
    box = inside.layout()
    return left - (box.contentsMargins().top() + box.contentsMargins().bottom() if box else 0)
