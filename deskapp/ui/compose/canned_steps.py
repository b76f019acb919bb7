"""One canned reply put in, with its files and what it did to the ticket: one step to take back."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from deskapp.domain.ids import BlobHash, TicketId
from deskapp.domain.kinds import TicketStatus

from .places import to_qt

if TYPE_CHECKING:
    from deskapp.desk.canned_acts import Acted

    from .editor import Editor


@dataclass(slots=True)
class Step:
    """``before`` and ``after``: the editor's whole text around the insertion."""

    ticket: TicketId
    kind: str
    text: str
    before: str
    after: str = ""
    files: list[BlobHash] = field(default_factory=list)
    acted: "Acted | None" = None
    status: TicketStatus | None = None  # what sending set before this

    @property
    def more(self) -> bool:
        """Whether it did more than put text in."""
        return bool(self.files) or (self.acted is not None and self.acted.changed)


def take_text_out(editor: "Editor", step: Step) -> bool:
    """Undoes the insertion, also when something was typed elsewhere since.

    False when its text was edited: then it is somebody's work and stays.
    """
    document = editor.document()
    if editor.text() == step.after:
        while document.isUndoAvailable() and editor.text() != step.before:
            editor.undo()
        return True
    text = editor.text()
    if text.count(step.text) != 1:
        return False
    start = text.index(step.text)
    cursor = QTextCursor(document)
    cursor.setPosition(to_qt(text, start))
    cursor.setPosition(to_qt(text, start + len(step.text)), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    return True
