"""Canned replies beside the editor: opened by key or by typing, put in at the caret."""

from PySide6.QtCore import QObject

from deskapp.ui.work import Work

from .canned_picker import CannedPicker
from .draft_keeper import DraftKeeper
from .editor import Editor
from .filling import Filled


class CannedUse(QObject):
    def __init__(self, work: Work, keeper: DraftKeeper, editor: Editor) -> None:
        super().__init__(editor)
        self._work, self._keeper, self._editor = work, keeper, editor
        self.picker = CannedPicker(work, editor)
        self.picker.chosen.connect(self._insert)
        self.picker.dismissed.connect(self._dismissed)
        editor.trigger_typed.connect(self._typed)
        editor.left.connect(self._editor_left)
        editor.answer_key = self.picker.takes_key

    def open(self) -> None:
        """By key or button; letters already typed after ";" become the search."""
        ticket = self._keeper.ticket
        if ticket is not None:
            self.place()
            self.picker.open_search(ticket, self._editor.trigger())

    def place(self) -> None:
        self.picker.place(self._editor)

    def close(self) -> None:
        self.picker.close_picker()

    def _typed(self, letters: str) -> None:
        ticket = self._keeper.ticket
        if letters and ticket is not None and self._editor.hasFocus():
            self.place()
            self.picker.open_inline(ticket, letters)
        elif not letters and not self.picker.search.isVisible():
            self.picker.close_picker()

    def _editor_left(self) -> None:
        if not self.picker.search.isVisible():
            self.picker.close_picker()

    def _dismissed(self) -> None:
        if self.picker.search.hasFocus():
            self._editor.setFocus()

    def _insert(self, filled: Filled) -> None:
        ticket = self._keeper.ticket
        self._editor.setFocus()
        self._editor.insert(filled.text, filled.values)
        if ticket is not None:
            self._work.do(lambda desk: desk.canned.used(filled.canned_id, ticket), owner=self)
