"""Canned replies out to a folder of Markdown files and back, with a report of both."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import Work

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.desk.canned_folder import CannedImport


class Transfer(QObject):
    """``told``: a sentence for the status line. ``read``: a folder was taken in."""

    told = Signal(str)
    read = Signal()

    def __init__(self, work: Work, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._owner = work, owner
        self.report: Report | None = None

    def choose_export(self) -> None:
        """Asks for a folder in the system's dialog."""
        name = QFileDialog.getExistingDirectory(self._owner, self.tr("Export into an empty folder"))
        if name:
            self.write_folder(Path(name))

    def choose_import(self) -> None:
        name = QFileDialog.getExistingDirectory(self._owner, self.tr("Import canned replies from"))
        if name:
            self.read_folder(Path(name))

    def write_folder(self, folder: Path) -> None:
        def written(count: int) -> None:
            said = self.tr("%n canned replies are in {folder}.", "", count)
            self.told.emit(said.format(folder=folder))

        self._work.do(lambda desk: _write(desk, folder), written, self._failed, owner=self)

    def read_folder(self, folder: Path) -> None:
        self._work.do(lambda desk: _read(desk, folder), self._came, self._failed, owner=self)

    def _came(self, brought: "CannedImport") -> None:
        said = self.tr("{new} new, {updated} brought up to date, {same} as before.").format(
            new=brought.new, updated=brought.updated, same=brought.same
        )
        self.told.emit(said)
        self.read.emit()
        faults = [f"{one.file}: {explain(one.problem).in_one()}" for one in brought.faults]
        if faults:
            said += " " + self.tr("%n file(s) were left out:", "", len(faults))
            self._show(said, faults)

    def _failed(self, problem: Problem) -> None:
        self._show(explain(problem).in_one(), ())

    def _show(self, said: str, faults: "list[str] | tuple[str, ...]") -> None:
        self.report = Report(said, "\n".join(faults), self._owner)
        self.report.open()


class Report(QDialog):
    """What a folder brought, and each file that was left out with the reason."""

    def __init__(self, said: str, faults: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Canned replies from and to a folder"))
        self.said = label(said, wrap=True, selectable=True)
        self.faults = QPlainTextEdit(faults)
        self.faults.setReadOnly(True)
        self.faults.setAccessibleName(self.tr("Files that were left out"))
        self.faults.setVisible(bool(faults))
        close = push_button(self.tr("Close"), self.accept, kind="primary")
        close.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addWidget(self.faults, 1)
        column.addWidget(close)
        self.setMinimumWidth(480)


def _write(desk: "Desk", folder: Path) -> int:
    try:
        return desk.canned_folder.write(folder)
    except OSError as fault:
        raise _unusable(folder, fault) from fault


def _read(desk: "Desk", folder: Path) -> "CannedImport":
    try:
        return desk.canned_folder.read(folder)
    except OSError as fault:
        raise _unusable(folder, fault) from fault


def _unusable(folder: Path, fault: OSError) -> Problem:
    said = fault.strerror or str(fault)
    return Problem(ProblemKind.FILE_UNREADABLE, path=str(folder), said=said)
