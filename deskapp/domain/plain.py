"""Text that people and files hand in, in a form every database keeps."""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL keeps no NUL, and half a surrogate pair is not UTF-8."""


def storable(text: str) -> str:
    """The text as it is, without what cannot be stored."""
    return _UNSTORABLE.sub("", text)


def plain_text(text: str) -> str:
    """NFC, lines ended by a bare newline, without what cannot be stored."""
    kept = storable(text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", kept)


def one_line(text: str, most: int | None = None) -> str:
    """The same on one line without spaces around, at most ``most`` characters of it."""
    return " ".join(plain_text(text).split())[:most]
