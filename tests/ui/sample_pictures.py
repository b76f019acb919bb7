"""Pictures of one colour, as mails carry them."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage


def png(colour: str, width: int = 20) -> bytes:
    image = QImage(width, 400, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    raw = QByteArray()
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(raw.data())
