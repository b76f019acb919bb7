"""Turns between the editor and the preview of what leaves."""

from PySide6.QtCore import QObject

from .draft_keeper import DraftKeeper
from .screen import Screen


class Previewing(QObject):
    def __init__(self, keeper: DraftKeeper, page: Screen) -> None:
        at = page.at
        super().__init__(at.body)
        self._keeper, self._page, self._at = keeper, page, at
        at.preview.toggled.connect(self._toggled)
        at.preview_page.came.connect(self._came)
        at.preview_page.back.connect(self.to_editor)

    def to_writing(self) -> None:
        """The editor again, without taking the focus."""
        self._at.show_preview(False)
        self._at.preview.setChecked(False)

    def to_editor(self) -> None:
        self.to_writing()
        self._at.editor.setFocus()

    def ask(self) -> None:
        """Reads the preview anew while it is wanted."""
        if self._at.preview.isChecked():
            self._keeper.collecting.emit()
        line = self._page.mail
        if line is not None and self._at.preview.isChecked():
            self._at.preview_page.ask(line.shown)

    def _toggled(self, wanted: bool) -> None:
        if wanted:
            self.ask()
        else:
            self.to_editor()

    def _came(self) -> None:
        if self._at.preview.isChecked():
            self._at.show_preview(True)
