"""Charsets that mail uses and Python lacks: VISCII (RFC 1456), TCVN 5712, and Microsoft's
ISO-2022-JP with the NEC and IBM rows."""

import re

_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"}
_TCVN_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\xa0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323"
    "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN_LOW = dict(zip((1, 2, 4, 5, 6, 17, 18, 19, 20, 21, 22, 23), "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
_JIS_RUN = re.compile(rb"\x1b\$(?:[@B]|\(D)([^\x1b]*)|\x1b\(([BJI])([^\x1b]*)|\x1b[^\x1b]*")


def _table(high: str, low: dict[int, str]) -> str:
    first = "".join(low.get(code, chr(code)) for code in range(128))
    return first + high


_TABLES = {"viscii": _table(_VISCII_HIGH, _VISCII_LOW), "tcvn": _table(_TCVN_HIGH, _TCVN_LOW)}
NAMES = frozenset(_TABLES)


def decode(data: bytes, name: str) -> str:
    """Text of one of the single-byte charsets in ``NAMES``; every byte has a letter."""
    table = _TABLES[name]
    return "".join([table[byte] for byte in data])


def is_iso_2022_jp(data: bytes) -> bool:
    """Whether bytes switch to Japanese letters, whatever their label."""
    return b"\x1b" in data and (b"\x1b$" in data or b"\x1b(I" in data)


def decode_iso_2022_jp(data: bytes) -> str:
    """ISO-2022-JP whose two-byte runs may hold letters that only cp932 knows, such as ①.

    :raises UnicodeDecodeError: the bytes are not ISO-2022-JP.
    """
    first = data.find(b"\x1b")
    if first < 0:
        return data.decode("ascii")
    text = [data[:first].decode("ascii")]
    for match in _JIS_RUN.finditer(data, first):
        if match[1] is not None:
            text.append(_decode_kanji_run(match[1]))
        elif match[2] == b"I":
            text.append(bytes(byte | 0x80 for byte in match[3]).decode("cp932"))
        elif match[2]:
            text.append(match[3].decode("ascii"))
        else:
            text.append(data[match.start() : match.end()].decode("iso2022_jp_ext"))
    return "".join(text)


def _decode_kanji_run(run: bytes) -> str:
    shifted = bytearray()
    position = 0
    while position + 1 < len(run):
        row, cell = run[position], run[position + 1]
        if row < 0x21 or cell < 0x21:  # a line end inside the run
            shifted.append(row)
            position += 1
            continue
        shifted.append(((row + 1) >> 1) + (0x70 if row < 0x5F else 0xB0))
        if row & 1:
            shifted.append(cell + (0x1F if cell < 0x60 else 0x20))
        else:
            shifted.append(cell + 0x7E)
        position += 2
    return bytes(shifted).decode("cp932") + run[position:].decode("ascii")
