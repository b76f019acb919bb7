"""The folders of one mailbox in numbers: what the server has, and what of it is here."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from deskapp.domain.mailboxes import FolderCount
from deskapp.ui import text
from deskapp.ui.pieces.labels import ElidedLabel, label, set_tone

_NOT_ASKED = 5
_LEAST_NAME = 96


class MailboxFolders(QWidget):
    """One line a folder, changed in place: reading aloud and the eye keep their place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Folders of the mailbox"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(0, _LEAST_NAME)
        self._names = (
            self.tr("Folder"),
            self.tr("On server"),
            self.tr("Stored"),
            self.tr("Held"),
            self.tr("Waiting"),
            self.tr("Not asked"),
            self.tr("Gone"),
            self.tr("Last full check"),
        )
        tips = {
            2: self.tr("Here, byte for byte"),
            3: self.tr("Kept as they came, but not readable yet"),
            4: self.tr("On the server, and still to be fetched"),
            _NOT_ASKED: self.tr("Older than the import was asked to reach"),
            6: self.tr("Not on the server any more; what was stored stays here"),
            7: self.tr("When every mail on the server was last compared with what is here"),
        }
        self._heads = []
        for column, name in enumerate(self._names):
            head = label(name, size="small", tone="muted")
            head.setToolTip(tips.get(column, ""))
            self._grid.addWidget(head, 0, column, _side(column))
            self._heads.append(head)
        self._lines: list[list[QLabel]] = []

    def show_folders(self, folders: tuple[FolderCount, ...]) -> None:
        """The numbers as they are now."""
        while len(self._lines) > len(folders):
            for cell in self._lines.pop():
                cell.hide()
                cell.deleteLater()
        while len(self._lines) < len(folders):
            self._lines.append(self._new_line(len(self._lines) + 1))
        limited = any(folder.not_asked for folder in folders)
        for line, folder in zip(self._lines, folders, strict=True):
            self._fill(line, folder)
        for cells in (self._heads, *self._lines):
            cells[_NOT_ASKED].setVisible(limited)
        self.setVisible(bool(folders))

    def _new_line(self, row: int) -> list[QLabel]:
        made: list[QLabel] = []
        for column in range(len(self._names)):
            cell = ElidedLabel() if column == 0 else label()
            side = _side(column) if column else Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(cell, row, column, side)
            made.append(cell)
        return made

    def _fill(self, line: list[QLabel], folder: FolderCount) -> None:
        there = "–" if folder.on_server is None else text.number(folder.on_server)
        numbers = (folder.stored, folder.held, folder.pending, folder.not_asked, folder.vanished)
        cells = (folder.name, there, *map(text.number, numbers), self._checked(folder))
        for cell, said, name in zip(line, cells, self._names, strict=True):
            cell.setText(said)
            cell.setAccessibleName(f"{folder.name}, {name}: {said}")
        for column, number in ((3, folder.held), (4, folder.pending)):
            set_tone(line[column], "warn" if number else "muted")
        for column in (_NOT_ASKED, 6, 7):
            set_tone(line[column], "muted")

    def _checked(self, folder: FolderCount) -> str:
        if folder.last_full_check_at is None:
            return self.tr("not yet")
        return text.stamp(folder.last_full_check_at, datetime.now(UTC)).partition(" · ")[0]


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
