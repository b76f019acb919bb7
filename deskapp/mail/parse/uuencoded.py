"""Files that old mail programs wrote into the text itself (uuencode)."""

import binascii
import re

MAX_FILES = 100
_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,300})\r?\n", re.MULTILINE)


def cut_uuencoded(body: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The text without its files, and each file's raw name and bytes.

    A block counts only when it ends in "end" and each line has the length it states, so that
    words that happen to begin like one stay where they are. Each line is looked at once.
    """
    files: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    position = 0
    for match in _BEGIN.finditer(body):
        if match.start() < position or len(files) >= MAX_FILES:
            continue
        data, end = _read_block(body, match.end())
        if data is None:
            continue
        files.append((match[1].strip(), data))
        kept.append(body[position : match.start()])
        position = end
    kept.append(body[position:])
    return b"".join(kept), files


def _read_block(body: bytes, position: int) -> tuple[bytes | None, int]:
    lines: list[bytes] = []
    while position < len(body):
        end = body.find(b"\n", position)
        end = len(body) if end < 0 else end + 1
        line = body[position:end].rstrip(b"\r\n")
        position = end
        if line == b"end":
            return b"".join(lines), position
        data = read_line(line)
        if data is None:
            return None, position
        lines.append(data)
    return None, position


def read_line(line: bytes) -> bytes | None:
    """The bytes of one line, or None where it is no such line."""
    if not line or line in (b"`", b" "):
        return b""
    length = (line[0] - 32) & 63
    needed = (length * 4 + 2) // 3 + 1
    if line[0] > 96 or len(line) > (length + 2) // 3 * 4 + 2:
        return None
    try:
        return binascii.a2b_uu(line.ljust(needed, b" "))
    except binascii.Error:
        return None
