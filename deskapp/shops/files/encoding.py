"""From the bytes of a text file to its text, when nobody says which encoding it is."""

import codecs
import re

import chardet

from .header_words import HEADER_WORDS, folded_header

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Those that spreadsheet programs and shop back ends of our five languages write.
_OLD_ENCODINGS = (
    "gb18030",
    "cp950",
    "big5hkscs",
    "cp1251",
    "koi8-r",
    "cp1252",
    "cp1258",
    "shift_jis",
)
# Replacement, private use, controls, half-width kana, box drawing.
_NEVER_TYPED = re.compile(
    "[\ufffd\ue000-\uf8ff\x80-\x9f\x00-\x08\x0e-\x1f\uff61-\uff9f\u2500-\u259f]"
)
_SAMPLE = 128 * 1024
# So few bad bytes among so many good characters are an accident in UTF-8, not another encoding.
_GOOD_PER_BAD = 20


def decoded(data: bytes) -> tuple[str, str, bool]:
    """Text, name of the encoding, and whether some bytes had to be replaced by U+FFFD."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data, name)
    if name := _utf16_without_mark(data):
        return _lenient(data, name)
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        bad = text.count("\ufffd")
        good = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
        if good > _GOOD_PER_BAD * bad:
            return text, "utf-8", True
    for name in _ranked(data):
        try:
            return data.decode(name), name, False
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace"), "cp1252", True


def _lenient(data: bytes, name: str) -> tuple[str, str, bool]:
    text = data.decode(name, "replace")
    # A replacement character may also have stood in the file itself; then it is damaged as well.
    return text, name, "\ufffd" in text


def _utf16_without_mark(data: bytes) -> str:
    """Delimiters, digits and line ends betray UTF-16: every second byte of theirs is zero."""
    sample = data[:4096]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) * 10 < len(sample):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _ranked(data: bytes) -> list[str]:
    """The old encodings, best first: known header words, then the statistics of chardet."""
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    texts = {name: _sample_text(sample, name) for name in _OLD_ENCODINGS}
    # ASCII cells say nothing and dilute the statistics.
    foreign = b"\n".join(re.findall(rb"[^,;\t|\r\n]*[\x80-\xff][^,;\t|\r\n]*", data[: 8 * _SAMPLE]))
    guess = chardet.detect(foreign[:_SAMPLE], include_encodings=_OLD_ENCODINGS)["encoding"]
    guessed = codecs.lookup(guess).name if guess else ""
    return sorted(
        _OLD_ENCODINGS,
        key=lambda name: (
            -_known_headers(texts[name]),
            _implausible(texts[name]),
            codecs.lookup(name).name != guessed,
        ),
    )


def _sample_text(sample: bytes, name: str) -> str:
    try:
        return sample.decode(name)
    except UnicodeDecodeError:
        return sample.decode(name, "replace")


def _known_headers(text: str) -> int:
    cells = re.split(r"[,;\t|\r\n]", "\n".join(text.splitlines()[:40]))
    return sum(1 for cell in cells if not cell.isascii() and folded_header(cell) in HEADER_WORDS)


def _implausible(text: str) -> int:
    """Characters that nobody types: wrong encodings are full of them."""
    return len(_NEVER_TYPED.findall(text))
