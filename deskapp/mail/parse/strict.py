"""One charset at a time: bytes that fit it exactly, or nothing."""

import re
import unicodedata
from itertools import pairwise

from . import legacy_charsets

MAX_MARKS = 30
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
    except ValueError:  # UnicodeError is one; bytes outside a codec's rows are another
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
    if len(text) > MAX_MARKS and _piles_marks(text):
        text = _without_piles(text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _piles_marks(text: str) -> bool:
    """Whether marks pile up on one letter: putting them in order costs the square of their number.
    Two neighbours in a thin sample are enough to look closely."""
    sample = [unicodedata.combining(letter) != 0 for letter in text[::MAX_MARKS]]
    return True in sample and any(map(all, pairwise(sample)))


def _without_piles(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept)
