"""Files on their way onto a reply: chosen, dropped, pasted."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from deskapp.domain.ids import BlobHash
from deskapp.domain.problem import Problem
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.work import Work

from .draft_keeper import NOTE, REPLY, DraftKeeper
from .draft_line import DraftLine
from .files_row import picture_file, read_file
from .screen import Screen

if TYPE_CHECKING:
    from deskapp.desk import Desk

File = tuple[str, str, bytes]


class Attaching(QObject):
    """Reads files away from the GUI and puts them on the open ticket's reply."""

    def __init__(
        self, work: Work, keeper: DraftKeeper, page: Screen, notice: Notice, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        self._notice, self._owner = notice, owner

    def choose(self) -> None:
        """Asks for files in the system's dialog."""
        names, _filter = QFileDialog.getOpenFileNames(self._owner, self.tr("Attach files"))
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Reads them in their order; one that cannot be read keeps none of the others off."""
        if paths:
            self._read(lambda _desk: [_outcome(partial(read_file, path)) for path in paths])

    def add_picture(self, image: QImage) -> None:
        """A picture from the clipboard, named by its place among the files."""
        line = self._keeper.line(REPLY)
        if line is not None:
            count = len(line.shown.files) + line.files_coming + 1
            name = self.tr("picture {number}.png").format(number=count)
            self._read(lambda _desk: [_outcome(partial(picture_file, image, name))])

    def remove(self, sha256: BlobHash) -> None:
        line = self._keeper.line(REPLY)
        if line is not None:
            self._keeper.detach(line, sha256)

    def _read(self, job: "Callable[[Desk], list[File | Problem]]") -> None:
        line = self._keeper.line(REPLY)
        if self._page.kind == NOTE:
            self._notice.say(self.tr("A note carries no files. Attach them to a reply."))
        if line is None or self._page.kind == NOTE:
            return
        line.files_coming += 1
        self._work.ask(job, partial(self._read_in, line), owner=self)
        self._keeper.state_changed.emit()

    def _read_in(self, line: DraftLine, outcomes: list[File | Problem]) -> None:
        line.files_coming -= 1
        for one in outcomes:
            if isinstance(one, Problem):
                self._notice.say_problem(one)
            else:
                self._keeper.attach(line, *one)
        self._keeper.state_changed.emit()


def _outcome(read: Callable[[], File]) -> File | Problem:
    try:
        return read()
    except Problem as problem:
        return problem
