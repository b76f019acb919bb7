"""Header values: encoded words (RFC 2047), raw 8-bit text, message ids."""

import binascii
import re

from .charsets import decode_bytes
from .legacy_charsets import is_iso_2022_jp
from .strict import tidy
from .transfer import decode_base64

MAX_BYTES = 64 * 1024
MAX_REFERENCES = 200
MAX_ID_LENGTH = 500

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.{0,2000}?)\?=", re.DOTALL)
_FOLD = re.compile(r"[ \t]*\r?[\n\r][ \t]*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ID = re.compile(r"<([^<>]{1,2000})>")


def decode_text(raw: bytes, hint: str = "") -> str:
    """An unstructured header as text on one line, NFC, without control characters."""
    if is_iso_2022_jp(raw) and b"=?" not in raw:
        text = decode_bytes(raw[:MAX_BYTES])  # ISO-2022-JP without any encoded word
    elif raw.isascii() and b"=?" not in raw:
        text = raw[:MAX_BYTES].decode("ascii")
    else:
        text = decode_words(raw[:MAX_BYTES].decode("ascii", "surrogateescape"), hint)
    if "\n" in text or "\r" in text:
        text = _FOLD.sub(" ", text)
    return _CONTROL.sub("", text.replace("\t", " ")).strip()


def decode_words(text: str, hint: str = "") -> str:
    """Decode the encoded words in a value whose 8-bit bytes are still surrogates.

    Adjacent words of one charset are joined before decoding, because senders split letters.
    """
    if "=?" not in text:
        return _decode_raw(text, hint)
    result: list[str] = []
    pending = _Run()
    position = 0
    for match in _ENCODED.finditer(text):
        between = text[position : match.start()]
        if not pending.empty and (between.strip() or pending.charset != match[1].lower()):
            result.append(pending.flush())
        if between.strip() or not position:
            result.append(_decode_raw(between, hint))
        pending.add(match[1].lower(), match[2] in "bB", match[3])
        position = match.end()
    result.append(pending.flush())
    result.append(_decode_raw(text[position:], hint))
    return tidy("".join(result))


class _Run:
    """Adjacent encoded words of one charset, as bytes still to be read as text."""

    def __init__(self) -> None:
        self.charset = ""
        self._pieces: list[bytes] = []
        self._base64 = ""

    @property
    def empty(self) -> bool:
        return not self._pieces and not self._base64

    def add(self, charset: str, is_base64: bool, content: str) -> None:
        self.charset = charset
        content = _FOLD.sub("", content)
        if is_base64:
            joined = self._base64 + content.strip()
            # some senders cut the base64 text itself: it is whole only at a multiple of four
            if len(joined) % 4 and "=" not in joined:
                self._base64 = joined
                return
            self._base64 = ""
            self._pieces.append(decode_base64(joined.encode("ascii", "replace")))
            return
        self._close_base64()
        data = content.encode("utf-8", "surrogateescape").replace(b"_", b" ")
        self._pieces.append(binascii.a2b_qp(data) if b"=" in data else data)

    def flush(self) -> str:
        self._close_base64()
        data = b"".join(self._pieces)
        self._pieces = []
        return decode_bytes(data, self.charset.split("*")[0])

    def _close_base64(self) -> None:
        if self._base64:
            self._pieces.append(decode_base64(self._base64.encode("ascii", "replace")))
            self._base64 = ""


def surrogates(raw: bytes) -> str:
    """A structured header ready to be cut up: bytes beyond ASCII wait as surrogates. Raw
    ISO-2022-JP is read at once, because its bytes look like quotes and brackets."""
    if is_iso_2022_jp(raw):
        return decode_bytes(raw)
    return raw.decode("ascii", "surrogateescape")


def _decode_raw(text: str, hint: str) -> str:
    if text.isascii():
        return text
    return decode_bytes(text.encode("utf-8", "surrogateescape"), "", hint)


def message_ids(raw: bytes) -> tuple[str, ...]:
    """The ids of a References or In-Reply-To header without brackets, first mention first.

    A list longer than ``MAX_REFERENCES`` keeps its first (the thread's root) and its last ids.
    """
    text = re.sub(r"\s+", "" if raw.count(b"<") == 1 else " ", raw.decode("utf-8", "replace"))
    found = [_tidy_id(match) for match in _ID.findall(text)]
    if not found and "@" in text:
        found = [_tidy_id(word.strip("<>,;")) for word in text.split() if "@" in word]
    unique = tuple(dict.fromkeys(each for each in found if each))
    if len(unique) > MAX_REFERENCES:
        return unique[:1] + unique[1 - MAX_REFERENCES :]
    return unique


def message_id(raw: bytes) -> str:
    """A Message-ID without brackets, or "" where there is none."""
    found = message_ids(raw)
    if found:
        return found[0]
    return _tidy_id(raw.decode("utf-8", "replace").strip().strip("<>"))


def _tidy_id(text: str) -> str:
    return tidy(_CONTROL.sub("", re.sub(r"\s+", "", text)))[:MAX_ID_LENGTH]
