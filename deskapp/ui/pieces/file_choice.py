"""The row in which a dialog lets a file be chosen and says which one it is."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from .buttons import push_button
from .labels import ElidedLabel


class FileChoice(QWidget):
    """``chosen`` carries the Path. ``title`` and ``kinds`` are the system's own dialog's words."""

    chosen = Signal(object)

    def __init__(self, title: str, kinds: str) -> None:
        super().__init__()
        self._title, self._kinds = title, kinds
        self.button = push_button(self.tr("Choose a file…"), self._ask)
        self._path = ElidedLabel(tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self._path, 1)

    def show_path(self, path: Path) -> None:
        self._path.setText(str(path))

    def _ask(self) -> None:
        found, _ = QFileDialog.getOpenFileName(self, self._title, "", self._kinds)
        if found:
            self.chosen.emit(Path(found))
