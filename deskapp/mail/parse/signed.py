"""S/MIME mail that wraps its text (RFC 8551, 3.5.2): the text is taken out, nothing is verified.

Only as much of ASN.1 is read as leads to the content of a SignedData (RFC 5652, 5.1); every
loop is bounded by the bytes, and what has another shape stays as it came.
"""

SEALED_TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
MAX_CONTENT = 16 * 1024 * 1024
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_OCTETS, _OCTETS_IN_PIECES, _EXPLICIT = 0x04, 0x24, 0xA0
_MAX_PIECES = 100_000


def is_encrypted(smime_type: str, data: bytes) -> bool:
    """Whether a pkcs7 part hides its text rather than only signing it."""
    if smime_type:
        return "envelope" in smime_type.lower()
    return _SIGNED_DATA not in data[:64]


def signed_content(data: bytes) -> bytes | None:
    """The mail inside a SignedData, or None where there is none to be found."""
    if _SIGNED_DATA not in data[:64]:
        return None
    begin = data.find(_DATA)
    if begin < 0:
        return None
    position = begin + len(_DATA)
    if data[position : position + 1] != bytes([_EXPLICIT]):
        return None
    position, _ = _length(data, position + 1)
    kind = data[position] if position < len(data) else -1
    if kind == _OCTETS:
        start, size = _length(data, position + 1)
        return data[start : start + min(size, MAX_CONTENT)] if size > 0 else None
    return _joined(data, _length(data, position + 1)[0]) if kind == _OCTETS_IN_PIECES else None


def _joined(data: bytes, position: int) -> bytes | None:
    """A string sent in pieces (BER), as programs write that do not know its length before."""
    pieces: list[bytes] = []
    for _ in range(_MAX_PIECES):
        if data[position : position + 1] != bytes([_OCTETS]):
            break
        start, size = _length(data, position + 1)
        if size < 0:
            break
        pieces.append(data[start : start + size])
        position = start + size
    return b"".join(pieces)[:MAX_CONTENT] or None


def _length(data: bytes, position: int) -> tuple[int, int]:
    """Where the content begins and how long it is; -1 for "until its end mark"."""
    first = data[position] if position < len(data) else 0
    if first < 0x80:
        return position + 1, first
    if first == 0x80:
        return position + 1, -1
    count = min(first & 0x7F, 8)
    return position + 1 + count, int.from_bytes(data[position + 1 : position + 1 + count], "big")
