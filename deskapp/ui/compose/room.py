"""How tall a part of the composer may be, so that none of the others is pushed over it."""

from PySide6.QtWidgets import QWidget

_SHARE = 0.6  # of the window; the conversation above keeps the rest


def room_of(part: QWidget) -> int:
    """The pixels that the parts around this one leave of the composer's share of its window."""
    around = part.parentWidget()
    box = around.layout() if around is not None else None
    if around is None or box is None:
        return part.maximumHeight()
    if box.hasHeightForWidth():
        whole = box.totalMinimumHeightForWidth(around.width())
    else:
        whole = box.totalMinimumSize().height()
    others = whole - (0 if part.isHidden() else part.minimumHeight())
    return int(_SHARE * part.window().height()) - others
