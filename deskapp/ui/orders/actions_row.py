"""What can be done with the order that is shown: a row of buttons that goes on in a second line."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.flow import FlowLayout


class ActionsRow(QWidget):
    """Each room adds its own: copying and inserting first, then what changes something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What can be done with this order"))
        self._flow = FlowLayout(8, self)

    def add(self, words: str, act: Callable[[], object], *, kind: str = "") -> QPushButton:
        """A button at the end; ``kind`` and ``act`` as in ``push_button``."""
        made = push_button(words, act, kind=kind)
        self._flow.addWidget(made)
        return made
