"""Mail made to freeze or starve its reader, in any size: ``size`` 1 is what a person would try
first, 10 is what the limits of the process are for."""

import base64
import struct

from . import seeds

HEAD = b"From: a@example.org\r\nSubject: x\r\n"
BASE64 = b"Content-Transfer-Encoding: base64\r\n"


def bombs(size: int) -> dict[str, bytes]:
    """Name and mail."""
    html = HEAD + b"Content-Type: text/html\r\n\r\n"
    packed = HEAD + b"Content-Type: application/ms-tnef\r\n" + BASE64 + b"\r\n"
    mixed = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    return {
        "base64 of one letter": HEAD + BASE64 + b"\r\n" + b"QUFB" * (500_000 * size),
        "padded runs": HEAD + BASE64 + b"\r\n" + b"QQ==" * (100_000 * size),
        "quoted pairs": HEAD
        + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        + b"=41= \r\n" * (200_000 * size),
        "many beginnings": HEAD + b"\r\n" + b"begin 644 a\r\n" * (50_000 * size),
        "endless uuencode": HEAD + b"\r\nbegin 644 a\r\n" + b"#86)C\r\n" * (100_000 * size),
        "one line of html": html + b"<b>hello</b> world " * (100_000 * size),
        "one word of html": html + b"a" * (2_000_000 * size),
        "styles": html + b'<p style="color:red;margin:1px">x' * (10_000 * size),
        "unclosed divs": html + b"<div>" * (50_000 * size),
        "nested parts": HEAD
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
            for n in range(1000 * size)
        ),
        "one boundary for all": mixed
        + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * (5000 * size),
        "calendars": mixed
        + b"--b\r\nContent-Type: text/calendar\r\n\r\n"
        + b"BEGIN:VEVENT\r\nSUMMARY;a=b;c=d:x\r\n" * (20_000 * size),
        "folded calendar": HEAD
        + b"Content-Type: text/calendar\r\n\r\nA"
        + b"\r\n :" * 100_000 * size,
        "signed in signed": HEAD + _sealed(20 + size),
        "winmail of sizes that lie": packed + base64.encodebytes(_lying_tnef(2000 * size)),
        "winmail of properties": packed + base64.encodebytes(_rich_tnef(200 * size)),
        "rich text groups": packed + base64.encodebytes(_rtf_tnef(b"{\\rtf1" + b"{\\b " * 60_000)),
        "locations": mixed
        + b"--b\r\nContent-Type: text/html\r\n\r\n"
        + b"<img src=a>" * (5000 * size)
        + b"\r\n--b\r\nContent-Location: a\r\nContent-Type: image/png\r\n\r\nx" * 300,
        "unended images": mixed
        + b"--b\r\nContent-Type: text/html\r\n\r\n"
        + b"<img " * (40_000 * size)
        + b"\r\n--b\r\nContent-Location: a\r\nContent-Type: image/png\r\n\r\nx",
        "raw names": b"From: "
        + "陳".encode("big5") * (20_000 * size)
        + b" <a@b.example>\r\n\r\nhi",
        "drawn lines": HEAD + b"\r\n" + b"____\r\nx\r\n" * (8000 * size),
        "dashes below text": HEAD + b"\r\n" + b"x\r\n-- \r\n" * (8000 * size),
        "colons": HEAD + b"\r\n" + b"1 a@b.c:\r\n" * (7000 * size),
        "names in each part": mixed
        + b'--b\r\nContent-Disposition: attachment; filename="\xb7\x6c\xc3\x61"\r\n\r\nx\r\n'
        * (900 * size)
        + b"--b\r\n\r\n"
        + "包裝破損".encode("big5") * 500,
        "stray boundaries": mixed
        + b"".join(
            b"--b\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n\r\nx\r\n" % (n, n)
            for n in range(400)
        )
        + b"--b\r\n\r\n"
        + b"--b3\r\n\r\nx\r\n" * (10_000 * size),
        "vietnamese": HEAD + b"\r\n" + "đạt ".encode()[:-1] * (100_000 * size) + b"\xe6 \xf1",
    }


def _sealed(depth: int) -> bytes:
    raw = b"\r\nhello"
    for _ in range(depth):
        data = base64.encodebytes(seeds.signed_data(raw))
        raw = b"Content-Type: application/pkcs7-mime\r\n" + BASE64 + b"\r\n" + data
    return raw


def _entry(level: int, name: int, data: bytes, length: int | None = None) -> bytes:
    size = len(data) if length is None else length
    return struct.pack("<BHHI", level, name, 6, size) + data + b"\x00\x00"


def _lying_tnef(count: int) -> bytes:
    lie = struct.pack("<IHHI", 0xFFFFFFFF, 0x1F, 0x3707, 0xFFFFFFFF)
    return (
        b"\x78\x9f\x3e\x22\x01\x00"
        + (_entry(2, 0x9002, b"") + _entry(2, 0x9005, lie) + _entry(1, 0x9003, lie)) * count
        + _entry(2, 0x800F, b"x", 0xFFFFFFFF)
    )


def _rich_tnef(count: int) -> bytes:
    window = b"\x00" * 8 + b"LZFu" + b"\x00" * 4 + b"\xff" + b"\x00\x1f" * 8
    value = struct.pack("<HHII", 0x102, 0x1009, 1, len(window) * 300) + window * 300
    return b"\x78\x9f\x3e\x22\x01\x00" + _entry(1, 0x9003, struct.pack("<I", 1) + value * count)


def _rtf_tnef(rtf: bytes) -> bytes:
    data = b"\x00" * 8 + b"MELA" + b"\x00" * 4 + rtf
    value = struct.pack("<HHII", 0x102, 0x1009, 1, len(data)) + data
    return b"\x78\x9f\x3e\x22\x01\x00" + _entry(1, 0x9003, struct.pack("<I", 1) + value)
