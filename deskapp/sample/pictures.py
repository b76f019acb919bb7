"""Small valid files to attach: PNG drawings and a PDF page, made in code, nobody's photographs."""

import struct
import zlib
from random import Random

Colour = tuple[int, int, int]
_TONES: tuple[Colour, ...] = ((11, 110, 105), (154, 83, 0), (58, 92, 140), (122, 74, 110))


def png(width: int, height: int, rows: list[bytes]) -> bytes:
    """A PNG of 8-bit RGB rows (``3 * width`` bytes each)."""
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", data),
            (b"IEND", b""),
        )
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def photo(random: Random, width: int = 240, height: int = 160) -> bytes:
    """Hills under a sky, in one of a few tones: stands for a customer's snapshot."""
    tone = random.choice(_TONES)
    crest = [height * random.uniform(0.35, 0.6)]
    for _ in range(width - 1):
        crest.append(min(height * 0.8, max(height * 0.2, crest[-1] + random.uniform(-2.5, 2.5))))
    sky, hill = bytes(200 + value // 5 for value in tone), bytes(tone)
    return png(
        width,
        height,
        [b"".join(hill if y > top else sky for top in crest) for y in range(height)],
    )


def logo(size: int = 48) -> bytes:
    """The shop's mark: a round petal on white."""
    middle, white, green = size / 2, b"\xff\xff\xff", bytes(_TONES[0])
    rows = []
    for y in range(size):
        inside = [
            (x - middle) ** 2 / 0.55 + (y - middle) ** 2 < middle**2 and abs(x - middle) > 1.5
            for x in range(size)
        ]
        rows.append(b"".join(green if hit else white for hit in inside))
    return png(size, size, rows)


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF 1.4 with ASCII lines of text."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    content = f"BT /F1 12 Tf 16 TL 60 760 Td {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    )
