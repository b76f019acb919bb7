"""The files of a reply: each a chip with its size and a way to take it off."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OutgoingFile
from deskapp.ui import text
from deskapp.ui.pieces.flow import FlowLayout

from .chips import ChipButton
from .draft_line import File

LARGEST = 25 * 1024 * 1024  # bytes; what the Desk lets out in all


class FilesRow(QWidget):
    """``removed`` carries the file's hash; ``coming`` files are still being read."""

    removed = Signal(object)  # BlobHash

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(4, self)
        self.setAccessibleName(self.tr("Files of this reply"))
        self.hide()

    def show_files(self, files: Sequence[OutgoingFile], coming: int) -> None:
        self._flow.clear()
        for file in files:
            shown = f"{file.filename} · {text.size(file.size)}"
            chip = ChipButton(shown, self.tr("Remove the file {name}").format(name=file.filename))
            chip.removed.connect(lambda sha256=file.sha256: self.removed.emit(sha256))
            self._flow.addWidget(chip)
        if coming:
            self._flow.addWidget(ChipButton(self.tr("Adding files…"), ""))
        self.setVisible(bool(files) or coming > 0)


def read_file(path: Path) -> File:
    """Name, type and bytes of a file to attach. Raises Problem; never more than ``LARGEST``."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Problem(ProblemKind.TOO_LARGE, size=size, limit=LARGEST)
        data = path.read_bytes()
    except OSError as fault:
        said = fault.strerror or str(fault)
        raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path), said=said) from fault
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(path.name, kind, data)


def picture_file(image: QImage, name: str, content_id: str) -> File:
    """A pasted picture as a PNG file. Raises Problem when it cannot be written as one."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise Problem(ProblemKind.FILE_UNREADABLE, path=name)
    return File(name, "image/png", bytes(held.data()), content_id)
