"""Room for what has just come into a pane, before anything is painted."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

_PASSES = 2  # wrapped words say how high they are only when they have their width
_REQUEST = QEvent.Type.LayoutRequest.value


def settle_around(part: QWidget, within: QWidget | None = None) -> None:
    """Lays out ``part`` and what is around it now, up to its window or to what is in ``within``.

    Layouts wait for the event loop once for each of the boxes they stand in; until then a part
    that has grown would be painted over its neighbours.
    """
    boxes = [*reversed(part.findChildren(QWidget)), part]
    around = part.parentWidget()
    while around is not None and around is not within and not around.isWindow():
        boxes.append(around)
        around = around.parentWidget()
    for _ in range(_PASSES):
        for box in boxes:
            QCoreApplication.sendPostedEvents(box, _REQUEST)
