"""One charset at a time: bytes that fit it exactly, or nothing."""

import re
import unicodedata

from . import legacy_charsets

_UNWANTED = re.compile("[\x00\ud800-\udfff]")


def strict(data: bytes, codec: str) -> str | None:
    """Text, or None where the bytes do not fit the codec. Big5 is tried with and without Hong
    Kong's letters, windows-1252 tolerates its five holes."""
    try:
        if codec in legacy_charsets.NAMES:
            return legacy_charsets.decode(data, codec)
        if codec.startswith(("iso-2022-jp", "iso2022_jp")):
            return legacy_charsets.decode_iso_2022_jp(data)
        return data.decode(codec)
    except UnicodeError:
        pass
    if codec == "big5hkscs":
        return strict(data, "cp950")
    if codec == "cp1252" and not any(0x80 <= byte < 0xA0 for byte in data if byte not in _HOLES):
        return data.decode("latin-1")
    return None


_HOLES = b"\x81\x8d\x8f\x90\x9d"


def tidy(text: str) -> str:
    """NFC without NUL and lone surrogates; ASCII passes at no cost."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    if _UNWANTED.search(text):
        text = _UNWANTED.sub("", text)
    if text.startswith("\ufeff"):
        text = text[1:]
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
