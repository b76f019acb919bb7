"""Pictures of mails decoded, away from the window's own thread: a photo takes half a second."""

import base64
import binascii
import re
from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

# What is decoded. Not SVG: Qt's reader follows its references to files of this computer.
_FORMATS = {b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp"}
MOST_PIXELS = 40_000_000
MOST_BYTES = 30 * 1024 * 1024  # of one picture, as it came
_WIDEST = 1600  # pixels that are kept: more than a message is ever wide
_MOST_KEPT = 60_000_000  # pixels of all pictures of one mail
_EMBEDDED = re.compile(r' src="data:image/[a-z]{2,6};base64,([A-Za-z0-9+/=]+)"')


def decode_pictures(raw: Mapping[str, bytes]) -> dict[str, QImage]:
    """The pictures that can be shown, by name. Those of an unknown kind, too large to bear, or
    beyond what one mail may take are left out. To be called in a lane."""
    found: dict[str, QImage] = {}
    room = _MOST_KEPT
    for name, data in raw.items():
        image = decode_picture(data) if room > 0 else None
        if image is not None:
            found[name] = image
            room -= image.width() * image.height()
    return found


def decode_picture(raw: bytes) -> QImage | None:
    """A picture of a known kind and a bearable size, no wider than a message; else None."""
    if len(raw) > MOST_BYTES:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(raw))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).lower() not in _FORMATS:
        return None
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    if size.width() > _WIDEST:
        reader.setScaledSize(
            size.scaled(QSize(_WIDEST, 1 << 20), Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    return None if image.isNull() else image


def has_embedded(html: str) -> bool:
    """Whether cleaned markup carries pictures as data inside the text."""
    return ' src="data:' in html


def embedded_pictures(html: str) -> dict[str, bytes]:
    """Those pictures, by the names that ``with_places`` gives them."""
    found: dict[str, bytes] = {}
    for place, match in enumerate(_EMBEDDED.finditer(html)):
        try:
            found[_name(place)] = base64.b64decode(match[1])
        except (binascii.Error, ValueError):
            continue  # cut off by its writer: the place stays empty
    return found


def with_places(html: str) -> str:
    """The markup with ``cid:`` in place of data: it is laid out again at every change of theme."""
    count = iter(range(html.count(" src=")))
    return _EMBEDDED.sub(lambda _match: f' src="cid:{_name(next(count))}"', html)


def _name(place: int) -> str:
    return f"embedded-{place}"
