"""A text field that shows the pictures of its text, and nothing from anywhere else."""

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from deskapp.domain.rich_text import Picture

from .rich_document import image_form

_IMAGE = QTextDocument.ResourceType.ImageResource.value
_WIDEST = 480  # pixels, here and in the mail


class PictureEdit(QTextEdit):
    """``picture_wanted``: the Content-ID of a picture in the text whose pixels are not here."""

    picture_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: dict[str, QImage] = {}
        self._asked: set[str] = set()

    def put_picture(self, picture: Picture, image: QImage) -> None:
        """Shows a picture in the text, at the caret and in place of nothing."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        self.write_picture(cursor, picture, image)
        self.setTextCursor(cursor)

    def write_picture(self, cursor: QTextCursor, picture: Picture, image: QImage) -> None:
        """Shows a picture at a cursor, as wide as a mail has room for."""
        self.know_picture(picture.content_id, image)
        width = picture.width or min(image.width(), _WIDEST)
        cursor.insertImage(image_form(Picture(picture.content_id, picture.name, width)))

    def know_picture(self, content_id: str, image: QImage) -> None:
        """The pixels of a picture, for the text that shows it now or will."""
        self._images[content_id] = image
        self.document().addResource(_IMAGE, QUrl(f"cid:{content_id}"), image)
        if content_id in self._asked:
            self._asked.discard(content_id)
            self.document().markContentsDirty(0, self.document().characterCount())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of this text and nothing else: no file, no address. Never None, for which Qt
        would look for a file."""
        url = name if isinstance(name, QUrl) else QUrl(name)
        if kind != _IMAGE or url.scheme() != "cid":
            return QByteArray()
        content_id = url.path()
        if content_id not in self._images:
            if content_id not in self._asked:
                self._asked.add(content_id)
                self.picture_wanted.emit(content_id)
            waiting = QImage(1, 1, QImage.Format.Format_ARGB32)
            waiting.fill(Qt.GlobalColor.transparent)
            return waiting
        return self._images[content_id]
