"""Takes parts off a window whose number changes."""

from PySide6.QtWidgets import QBoxLayout, QLayout


def clear(layout: QBoxLayout) -> None:
    """Takes all widgets out of a layout, and out of the layouts in it; they are gone once the
    event loop has run."""
    _clear(layout)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
        elif (inner := item.layout()) is not None:
            _clear(inner)
            inner.deleteLater()
