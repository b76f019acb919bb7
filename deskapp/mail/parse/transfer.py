"""Undoing transfer encodings (RFC 2045 section 6), leniently: damage never costs the rest."""

import binascii
import re

from .uuencoded import read_line

_NOT_BASE64 = bytes(
    byte
    for byte in range(256)
    if byte not in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
)
_BASE64 = bytes(set(range(256)) - set(_NOT_BASE64))
_WORDS_BEHIND_PADDING = re.compile(rb"(=)[ \t]+[^\r\n]*")
_SOFT_BREAK_WITH_BLANKS = re.compile(rb"=[ \t]+(\r?\n)")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)


def decode_transfer(body: bytes, encoding: str) -> bytes:
    """Bytes as their writer meant them; an unknown encoding leaves them untouched."""
    if encoding == "base64":
        return decode_base64(body)
    if encoding == "quoted-printable":
        if b"= " in body or b"=\t" in body:
            body = _SOFT_BREAK_WITH_BLANKS.sub(rb"=\1", body)
        return binascii.a2b_qp(body)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _decode_uu(body)
    return body


def is_no_base64(body: bytes) -> bool:
    """Whether text that calls itself base64 is plain words after all: list programs and home-made
    senders forget to encode. Lines of base64 hold neither blanks nor punctuation."""
    begin = body[:4096].lstrip()
    line = begin[: begin.find(b"\n")] if b"\n" in begin else begin
    foreign = len(line.rstrip().translate(None, _BASE64))
    return foreign * 20 > len(line)


def decode_base64(body: bytes) -> bytes:
    """Base64 with foreign characters, several padded runs or a cut end."""
    body = _WORDS_BEHIND_PADDING.sub(rb"\1", body) if b"= " in body else body
    padding = body.find(b"=")
    if padding < 0 or not body[padding:].strip(b"= \t\r\n"):
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            pass
    runs = re.split(rb"=+", body.translate(None, _NOT_BASE64))
    return b"".join(_decode_run(run) for run in runs)


def _decode_run(run: bytes) -> bytes:
    if len(run) % 4 == 1:
        run = run[:-1]
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def _decode_uu(body: bytes) -> bytes:
    begin = _UU_BEGIN.search(body)
    lines = (line for line in body[begin.end() if begin else 0 :].splitlines() if line != b"end")
    return b"".join(read_line(line) or b"" for line in lines)  # damage costs its own line only
