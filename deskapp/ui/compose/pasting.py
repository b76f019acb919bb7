"""What comes into the text by paste or drop: words with few forms, pictures, files."""

import re
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QImage, QTextCharFormat
from PySide6.QtWidgets import QWidget

from deskapp.domain.rich_reader import LONGEST_PASTE, read_foreign

from .picture_edit import PictureEdit
from .rich_document import FILLED, write_document

_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffc\ud800-\udfff]")
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"))

LONGEST_TEXT = 200_000
"""Letters of one paste: each key in a line as long as that takes 80 ms, and nobody reads it."""


class PastingEdit(PictureEdit):
    """``plain``: letters alone come in."""

    files_given = Signal(object)  # list[Path]
    pictures_given = Signal(object)  # list[Path], to be shown in the text
    image_given = Signal(object)  # QImage
    long_given = Signal(str)  # more letters than a text should have

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plain = False

    def paste_plain(self) -> None:
        """The letters of what was copied, in the form that stands at the caret."""
        text = clean_text(QGuiApplication.clipboard().text())
        if len(text) > LONGEST_TEXT:
            self.long_given.emit(text)
        else:
            self.insert_letters(text)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self._take_files(files)
        elif source.hasImage() and not source.hasText():
            self.image_given.emit(QImage(source.imageData()))
        elif len(text := source.text()) > LONGEST_TEXT:
            self.long_given.emit(clean_text(text))
        elif source.hasHtml() and not self.plain and len(source.html()) < LONGEST_PASTE:
            write_document(self.textCursor(), read_foreign(source.html()))
        elif source.hasText():
            self.insert_letters(text)
        elif source.hasImage():
            self.image_given.emit(QImage(source.imageData()))
        self.ensureCursorVisible()

    def insert_letters(self, text: str) -> None:
        """At the caret, in its form, in place of what is selected."""
        self.textCursor().insertText(clean_text(text), self._typed_form())
        self.ensureCursorVisible()

    def _typed_form(self) -> QTextCharFormat:
        form = QTextCharFormat(self.textCursor().charFormat())
        form.clearProperty(FILLED)
        form.setAnchor(False)
        form.setAnchorHref("")
        return form

    def _take_files(self, files: list[Path]) -> None:
        """Pictures stand in the text, other files hang on."""
        shown, hung = ([], files) if self.plain else pictures_among(files)
        if shown:
            self.pictures_given.emit(shown)
        if hung:
            self.files_given.emit(hung)


def pictures_among(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """Those that a text can show, by their names, and the others."""
    shown = [one for one in files if one.suffix.lower() in _PICTURES]
    return shown, [one for one in files if one not in shown]


def clean_text(text: str) -> str:
    """Pasted text without what no mail may carry and PostgreSQL refuses (NUL)."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
