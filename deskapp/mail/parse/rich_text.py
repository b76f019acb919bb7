"""The text of Outlook's compressed rich text (MS-OXRTFCP, MS-OXRTFEX), for a winmail.dat that
holds the only text of its mail. Formatting is let go; output and input are bounded."""

import re

from .charsets import decode_bytes

MAX_OUTPUT = 512 * 1024
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_FIRST_WORDS = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)"
)
_UNSHOWN = (
    *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer"),
    *(b"listtable", b"themedata", b"generator"),
)
_LETTERS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n"}
_LETTERS |= {b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"}
_LETTERS |= {b"bullet": "•", b"endash": "–", b"emdash": "—"}
_MAX_DEPTH = 200


def decompress(data: bytes) -> bytes:
    """The rich text; what its header claims about sizes is not believed."""
    kind = data[8:12]
    if kind == _PLAIN:
        return data[16 : 16 + MAX_OUTPUT]
    if kind != _COMPRESSED:
        return b""
    window = bytearray(_FIRST_WORDS.ljust(_WINDOW, b" "))
    write = len(_FIRST_WORDS)
    result = bytearray()
    position = 16
    while position < len(data) and len(result) < MAX_OUTPUT:
        control = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data):
                break
            if not control >> bit & 1:
                piece = data[position : position + 1]
                position += 1
            else:
                token = int.from_bytes(data[position : position + 2], "big")
                position += 2
                offset = token >> 4
                if offset == write:
                    return bytes(result)
                piece = _from_window(window, offset, write, (token & 0xF) + 2)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            result += piece
    return bytes(result)


def _from_window(window: bytearray, offset: int, write: int, count: int) -> bytes:
    """Up to 17 bytes from the window; a run may reach into what it is itself writing."""
    piece = bytearray()
    for step in range(count):
        place = (offset + step) % _WINDOW
        behind = (place - write) % _WINDOW
        piece.append(piece[behind] if behind < len(piece) else window[place])
    return bytes(piece)


def rich_text(rtf: bytes) -> str:
    """The words of rich text, one line per paragraph."""
    return _Reader(rtf).text()


class _Reader:
    """One pass over the tokens; groups keep only whether they are shown."""

    def __init__(self, rtf: bytes) -> None:
        self._rtf = rtf[:MAX_OUTPUT]
        self._stack: list[tuple[bool, int]] = []
        self._shown = True
        self._fallback = 1  # how many letters stand in for one \\u letter
        self._skip = 0
        self._charset = "cp1252"
        self._bytes = bytearray()
        self._pieces: list[str] = []

    def text(self) -> str:
        if not self._rtf.startswith(b"{\\rtf"):
            return ""
        for word, number, code, symbol, brace, plain in _TOKEN.findall(self._rtf):
            if brace:
                self._group(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif code:
                self._add_bytes(bytes([int(code, 16)]))
            elif symbol == b"*":
                self._shown = False
            elif symbol:
                self._add_bytes({b"~": b" ", b"_": b"-"}.get(symbol, symbol))
            elif plain:
                self._add_bytes(plain)
        self._flush()
        lines = (line.strip() for line in "".join(self._pieces).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _group(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            if len(self._stack) < _MAX_DEPTH:
                self._stack.append((self._shown, self._fallback))
        elif self._stack:
            self._shown, self._fallback = self._stack.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        if word in _UNSHOWN:
            self._shown = False
        elif word == b"htmlrtf":
            self._shown = number == 0
        elif word == b"ansicpg" and number:
            self._charset = f"cp{number}"
        elif word == b"uc":
            self._fallback = min(number or 0, 10)
        elif word == b"u" and number is not None:
            self._add(chr(number & 0xFFFF))
            self._skip = self._fallback
        elif word in _LETTERS:
            self._add(_LETTERS[word])

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        if self._shown:
            self._bytes += data[skipped:]

    def _add(self, text: str) -> None:
        if self._shown:
            self._flush()
            self._pieces.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._pieces.append(decode_bytes(bytes(self._bytes), self._charset))
            self._bytes.clear()
