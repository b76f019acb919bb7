"""Files on their way onto a reply: chosen, dropped, pasted; pictures into its text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from deskapp.domain.ids import BlobHash
from deskapp.domain.problem import Problem
from deskapp.domain.rich_text import Picture
from deskapp.ui.inbox.picture_decode import decode_picture
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.work import Work

from .draft_keeper import NOTE, DraftKeeper
from .draft_line import DraftLine, File
from .editor import Editor
from .files_row import picture_file, read_file
from .screen import Screen

if TYPE_CHECKING:
    from deskapp.desk import Desk

Read = tuple[File, QImage | None] | Problem


class Attaching(QObject):
    """Reads files away from the GUI and puts them on the open ticket's reply."""

    def __init__(
        self, work: Work, keeper: DraftKeeper, page: Screen, notice: Notice, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        self._notice, self._owner = notice, owner
        self._editor.long_given.connect(self.add_text)

    @property
    def _editor(self) -> Editor:
        return self._page.editor

    def choose(self) -> None:
        """Asks for files in the system's dialog."""
        names, _filter = QFileDialog.getOpenFileNames(self._owner, self.tr("Attach files"))
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Reads them in their order; one that cannot be read keeps none of the others off."""
        if paths:
            self._read(lambda _desk: [_outcome(partial(_hung, path)) for path in paths])

    def add_pictures(self, paths: Sequence[Path]) -> None:
        """Files that stand in the text where they can be shown there, and hang on otherwise."""
        self._read(lambda _desk: [_outcome(partial(_shown, path)) for path in paths])

    def add_picture(self, image: QImage) -> None:
        """A picture from the clipboard, named by its place among the files; in a rich text it is
        there at once, and its bytes follow."""
        line = self._page.mail
        if line is None or self._page.says_held():
            return
        count = len(line.shown.files) + line.files_coming + 1
        name = self.tr("picture {number}.png").format(number=count)
        content_id = "" if self._editor.plain else _new_id()
        if content_id and self._page.kind != NOTE:
            self._editor.put_picture(Picture(content_id, name), image)

        def pasted() -> tuple[File, None]:
            return picture_file(image, name, content_id), None

        self._read(lambda _desk: [_outcome(pasted)])

    def add_text(self, text: str) -> None:
        """A pasted text that is too long to be written in comes as a file; a note has no files."""
        line = self._page.mail
        if line is None or self._page.kind == NOTE:
            self._editor.insert_letters(text)
            return
        name = self.tr("pasted text {number}.txt").format(number=len(line.shown.files) + 1)

        def put_in() -> None:
            for file in line.shown.files:
                if file.filename == name:
                    self._keeper.detach(line, file.sha256)
            self._editor.insert_letters(text)
            self._notice.clear()

        # With a mark in front: a text file says nowhere else in which letters it is written.
        data = text.encode("utf-8-sig")
        self._keeper.attach(line, name, "text/plain", data)
        said = self.tr("What you pasted is very long. It hangs on the reply as “{name}”.")
        self._notice.say(said.format(name=name), (self.tr("Put it into the text"), put_in))

    def fetch_picture(self, content_id: str) -> None:
        """Reads a picture that the text of the draft shows."""
        line = self._page.mail
        files = line.shown.files if line is not None else ()
        file = next((one for one in files if one.content_id == content_id), None)
        if file is None:
            return
        sha256 = file.sha256

        def came(image: QImage | None) -> None:
            if image is not None:
                self._editor.know_picture(content_id, image)

        self._work.ask(lambda desk: decode_picture(desk.replies.file(sha256)), came, owner=self)

    def remove(self, sha256: BlobHash) -> None:
        line = self._page.mail
        if line is not None and not self._page.says_held():
            self._keeper.detach(line, sha256)

    def _read(self, job: "Callable[[Desk], list[Read]]") -> None:
        line = self._page.mail
        if self._page.kind == NOTE:
            self._notice.say(self.tr("A note carries no files. Attach them to a reply."))
        if line is None or self._page.kind == NOTE or self._page.says_held():
            return
        line.files_coming += 1
        self._work.ask(job, partial(self._read_in, line), owner=self)
        self._keeper.state_changed.emit()

    def _read_in(self, line: DraftLine, outcomes: list[Read]) -> None:
        for one in outcomes:
            if isinstance(one, Problem):
                line.files_missed = True
                self._notice.say_problem(one)
                continue
            file, image = one
            if image is not None and line is self._page.mail and not self._editor.plain:
                file = replace(file, content_id=_new_id())
                self._editor.put_picture(Picture(file.content_id, file.name), image)
            self._keeper.attach(line, file.name, file.kind, file.data, file.content_id)
        line.files_coming -= 1
        self._keeper.state_changed.emit()


def _new_id() -> str:
    return f"{uuid4().hex}@draft"


def _hung(path: Path) -> tuple[File, None]:
    return read_file(path), None


def _shown(path: Path) -> tuple[File, QImage | None]:
    file = read_file(path)
    return file, decode_picture(file.data)


def _outcome(read: Callable[[], tuple[File, QImage | None]]) -> Read:
    try:
        return read()
    except Problem as problem:
        return problem
