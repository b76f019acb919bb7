"""Mail damaged the way the world damages it: in its bytes, its headers, its parts, its nesting."""

import random
import re
from collections.abc import Callable

TOKENS = (
    *(b'"', b"=?", b"?=", b"\r\n", b"\n\n", b"--edge", b"\x1b$B", b"\x1b(B", b"\x00", b";", b"<"),
    *(b">", b"(", b"\\", b"=", b"%", b"\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"&#55296;"),
    *(b"&#0;", b"\xe2\x80\xae", b"<table>", b"<div>" * 40, b"begin 644 a\r\n", b"From x\r\n"),
    *(b"-----BEGIN", b"=00", b"=ED=A0=80", b"+2AA-", b"=?utf-16?B?2AA=?="),
)
LABELS = (
    *("utf-8", "utf-16", "utf-7", "iso-2022-jp", "hz-gb-2312", "big5", "gb2312", "koi8-r", "tcvn"),
    *("viscii", "windows-1258", "idna", "punycode", "base64", "unicode_escape", "\xff", '"', ""),
    *(
        "utf-8'en'",
        "x" * 3000,
        "cp932",
        "euc-kr",
        "utf-32",
        "cp037",
        "undefined",
        "mbcs",
        "utf_8_sig",
    ),
)
TYPES = (
    *("text/plain", "text/html", "multipart/mixed", "multipart/alternative", "message/rfc822"),
    *("multipart/digest", "text/calendar", "application/ms-tnef", "application/pkcs7-mime"),
    *("message/partial", "message/delivery-status", "text/", "/", "", "image/png", "text/x" * 500),
)
ENCODINGS = ("base64", "quoted-printable", "8bit", "7bit", "binary", "x-uuencode", "x-odd", "")
_HEADER = re.compile(rb"^([A-Za-z-]+):([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)\r?\n", re.MULTILINE)
_EDGE = re.compile(rb"^--[A-Za-z]+(?:--)?\r?\n", re.MULTILINE)
_CHARSET = re.compile(rb"charset=\"?[\w-]*\"?")
_TYPE = re.compile(rb"(Content-Type: )[^\r\n;]*")
_TRANSFER = re.compile(rb"(Content-Transfer-Encoding: )[^\r\n]*")
MAX_BYTES = 200_000


def mutate(seeds: list[bytes], chance: random.Random) -> bytes:
    """One of the mails with one to eight damages."""
    raw = chance.choice(seeds)
    for _ in range(chance.randint(1, 8)):
        raw = chance.choice(DAMAGES)(raw, seeds, chance)[:MAX_BYTES]
    return raw


def _spot(raw: bytes, chance: random.Random) -> int:
    return chance.randrange(len(raw) + 1)


def _flip(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(min(chance.randint(1, 20), len(changed))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _delete(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    spot = _spot(raw, chance)
    return raw[:spot] + raw[spot + chance.randint(1, 200) :]


def _insert(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    spot = _spot(raw, chance)
    return raw[:spot] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 30)) + raw[spot:]


def _cut(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    return raw[: _spot(raw, chance)]


def _repeat(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    spot = _spot(raw, chance)
    piece = raw[spot : spot + chance.randint(1, 400)]
    return raw[:spot] + piece * chance.choice((2, 3, 50)) + raw[spot:]


def _splice(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(seeds)
    return raw[: _spot(raw, chance)] + other[_spot(other, chance) :]


def _header(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    """Drops, doubles, lengthens, unfolds or swaps one header."""
    found = list(_HEADER.finditer(raw))
    if not found:
        return raw
    one = chance.choice(found)
    others = list(_HEADER.finditer(chance.choice(seeds)))
    value = chance.choice(others)[2] if others else b""
    replacement = chance.choice(
        (
            b"",
            one[0] * 2,
            one[1] + b":" + value + b"\r\n",
            one[1] + b": " + one[2].strip() * 200 + b"\r\n",
            one[1] + b":\r\n\t" + one[2].replace(b" ", b"\r\n ") + b"\r\n",
            one[1] + b" :" + one[2] + b"\r\n junk without a colon\r\njunk again\r\n",
            one[0] * 300,
        )
    )
    return raw[: one.start()] + replacement + raw[one.end() :]


def _boundary(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    found = list(_EDGE.finditer(raw))
    if not found:
        return raw
    one = chance.choice(found)
    line = one[0].strip()
    replacement = chance.choice(
        (b"", line + b"x\r\n", line + b"--\r\n", line, b"--edge\r\n", one[0] * 3, b" " + one[0])
    )
    return raw[: one.start()] + replacement + raw[one.end() :]


def _replaced(pattern: re.Pattern[bytes], start: bytes, words: tuple[str, ...]) -> "Damage":
    def damage(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
        found = list(pattern.finditer(raw))
        if not found:
            return raw
        one = chance.choice(found)
        value = start + chance.choice(words).encode("latin-1")
        return raw[: one.start()] + value + raw[one.end() :]

    return damage


def _nest(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    """The mail within another, once or many times, with one boundary for all."""
    for _ in range(chance.choice((1, 1, 2, 60))):
        kind = chance.choice((b"message/rfc822", b"multipart/mixed; boundary=edge"))
        raw = b"Subject: outer\r\nContent-Type: " + kind + b"\r\n\r\n--edge\r\n" + raw
        if len(raw) > MAX_BYTES:
            break
    return raw


def _line_ends(raw: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    return raw.replace(b"\r\n", chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\r", b"\r\n ")))


Damage = Callable[[bytes, list[bytes], random.Random], bytes]
DAMAGES: tuple[Damage, ...] = (
    *(_flip, _delete, _insert, _insert, _cut, _repeat, _splice, _header, _header, _boundary),
    _replaced(_CHARSET, b"charset=", LABELS),
    _replaced(_TYPE, b"Content-Type: ", TYPES),
    _replaced(_TRANSFER, b"Content-Transfer-Encoding: ", ENCODINGS),
    *(_nest, _line_ends),
)
