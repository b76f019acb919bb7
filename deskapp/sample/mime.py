"""Writes mail bytes the way different clients do: charsets, encodings, file names, structure.

The stdlib's own generator is not used because it writes one dialect only, and a sample desk is
there to show many.
"""

import base64
import quopri
from dataclasses import dataclass
from email.charset import BASE64, Charset
from email.header import Header
from typing import Literal
from unicodedata import normalize
from urllib.parse import quote

Transfer = Literal["base64", "quoted-printable", "8bit", "7bit"]
NameStyle = Literal["rfc2231", "rfc2047", "raw"]

# The codecs know these under other names than mail does.
_CODEC = {"gb2312": "gb2312", "gbk": "gbk", "windows-1258": "cp1258", "windows-1251": "cp1251"}
_WHOLE_IN_1258 = frozenset("ÀÁÉÈÍÓÙÚàáéèíóùúÑñ")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Part:
    """A MIME entity: its own Content-* fields and its encoded body, both with CRLF."""

    headers: tuple[str, ...]
    body: bytes

    def to_bytes(self) -> bytes:
        return "\r\n".join(self.headers).encode("latin-1") + b"\r\n\r\n" + self.body


def encode_text(text: str, charset: str) -> tuple[bytes, str]:
    """The bytes of ``text`` and the charset they are in: UTF-8 where ``charset`` cannot say it."""
    if charset == "windows-1258":
        text = _tones_apart(text)
    try:
        return text.encode(_CODEC.get(charset, charset)), charset
    except UnicodeEncodeError:
        return normalize("NFC", text).encode(), "utf-8"


def _tones_apart(text: str) -> str:
    """windows-1258 lacks most vowels with a tone; there the tone follows as a combining mark."""
    out = []
    for char in text:
        marks = normalize("NFD", char)
        tones = "".join(mark for mark in marks if mark in _TONES)
        base = normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        whole = not tones or char in _WHOLE_IN_1258
        out.append(char if whole else base + tones)
    return "".join(out)


def header_line(name: str, text: str, charset: str = "utf-8") -> str:
    """A header field, its non-ASCII words encoded (RFC 2047) and folded."""
    if text.isascii():
        return f"{name}: {text}"
    used = encode_text(text, charset)[1]
    if used == "windows-1258":
        text = _tones_apart(text)
    style = Charset(used)
    style.header_encoding = style.header_encoding or BASE64
    return f"{name}: " + Header(text, style, 70, name).encode(linesep="\r\n")


def address(name: str, mail: str, charset: str = "utf-8") -> str:
    """``name <mail>`` for an address field; a name with specials is quoted, else encoded."""
    if not name:
        return mail
    if not name.isascii():
        encoded = header_line("X", name, charset).removeprefix("X: ")
        return f"{encoded} <{mail}>"
    return f'"{name}" <{mail}>' if set(name) & set(",.@()") else f"{name} <{mail}>"


def encode_body(data: bytes, transfer: Transfer) -> bytes:
    """Transfer-encodes bytes; line ends become CRLF."""
    if transfer == "base64":
        return base64.encodebytes(data).replace(b"\n", b"\r\n")
    if transfer == "quoted-printable":
        return quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return data


def text_part(
    text: str, subtype: str = "plain", charset: str = "utf-8", transfer: Transfer = "base64"
) -> Part:
    data, used = encode_text(text.replace("\n", "\r\n"), charset)
    if transfer == "7bit" and not data.isascii():
        transfer = "quoted-printable"
    headers = (
        f'Content-Type: text/{subtype}; charset="{used}"',
        f"Content-Transfer-Encoding: {transfer}",
    )
    return Part(headers, encode_body(data, transfer))


def multipart(subtype: str, parts: list[Part], boundary: str, params: str = "") -> Part:
    fence = b"--" + boundary.encode()
    body = b"".join(fence + b"\r\n" + part.to_bytes() + b"\r\n" for part in parts)
    line = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{params}'
    return Part((line,), body + fence + b"--\r\n")


def attachment(
    data: bytes, content_type: str, filename: str, style: NameStyle = "rfc2231", charset: str = ""
) -> Part:
    """A file part with its name written in one of the three ways that clients use."""
    type_name, disposition_name = _file_name(filename, style, charset or "utf-8")
    headers = (
        f"Content-Type: {content_type}{type_name}",
        f"Content-Disposition: attachment{disposition_name}",
        "Content-Transfer-Encoding: base64",
    )
    return Part(headers, encode_body(data, "base64"))


def _file_name(filename: str, style: NameStyle, charset: str) -> tuple[str, str]:
    if filename.isascii():
        return f'; name="{filename}"', f'; filename="{filename}"'
    data, used = encode_text(filename, charset)
    if style == "rfc2231":
        value = f"{used}''{quote(data, safe='')}"
        return "", f";\r\n filename*={value}"
    if style == "rfc2047":
        word = f"=?{used}?B?{base64.b64encode(data).decode()}?="
        return f';\r\n name="{word}"', f';\r\n filename="{word}"'
    plain = data.decode("latin-1")
    return f';\r\n name="{plain}"', f';\r\n filename="{plain}"'


def inline_image(data: bytes, filename: str, content_id: str) -> Part:
    headers = (
        f'Content-Type: image/png; name="{filename}"',
        f'Content-Disposition: inline; filename="{filename}"',
        f"Content-ID: <{content_id}>",
        "Content-Transfer-Encoding: base64",
    )
    return Part(headers, encode_body(data, "base64"))


def message(header_lines: list[str], part: Part) -> bytes:
    """A whole mail out of its header fields and its body."""
    lines = [*header_lines, "MIME-Version: 1.0", *part.headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + part.body
