"""Cutting bodies at their boundary lines (RFC 2046, 5.1.1), as they really arrive."""

import re
from collections.abc import Iterator

_LIKELY = re.compile(rb"^--(\S{1,70})[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)
_LIKELY_WITHIN = 64 * 1024
MAX_STRAYS = 20


def cut_at(
    body: bytes, boundary: bytes, room: int, defects: list[str], words_may_follow: bool = False
) -> list[bytes]:
    """The raw pieces between the lines of a boundary, ``room`` of them at most.

    ``words_may_follow``: RFC 2046 lets text follow a boundary on its line; nobody writes it, and
    taking it always would cut at a longer boundary that begins like this one.
    """
    mark = b"--" + boundary
    pieces: list[bytes] = []
    begin = -1
    for position in _line_starts(body, mark):
        line_end = body.find(b"\n", position)
        line_end = len(body) if line_end < 0 else line_end
        tail = body[position + len(mark) : line_end]
        if words_may_follow:
            tail = (tail.split(None, 1) or [b""])[0] if not tail[:1].isspace() else b""
        tail = tail.strip()
        if tail not in (b"", b"--"):
            continue  # a longer boundary that begins like this one
        if tail and begin >= 0 and b'"' + boundary + b'--"' in body[begin : begin + 1000]:
            continue  # the piece is a multipart whose own boundary looks like our last one
        if begin >= 0:
            pieces.append(_without_line_end(body[begin:position]))
        begin = line_end + 1
        if len(pieces) >= room:
            note(defects, "too_many_parts")
            return pieces
        if tail:
            return pieces
    if begin >= 0:
        note(defects, "boundary_end")
        rest = body[begin:]
        if rest:
            # home-made senders forget the line break before the last boundary
            pieces.append(rest.rstrip().removesuffix(mark + b"--") if mark in rest else rest)
    return pieces


def likely_boundary(body: bytes) -> bytes:
    """A boundary that parts stand behind although the headers name none, or another; or b""."""
    found = _LIKELY.search(body[:_LIKELY_WITHIN])
    return found[1] if found else b""


def without_marks(body: bytes, boundary: bytes) -> bytes:
    """A body without parts less its boundary lines, which are nobody's words."""
    if not boundary or b"--" + boundary not in body:
        return body
    marks = (b"--" + boundary, b"--" + boundary + b"--")
    return b"".join(line for line in body.splitlines(True) if line.strip() not in marks)


class Strays:
    """The boundaries of a mail's multiparts, whose lines may turn up outside of them: a gateway
    that loses the end of a multipart leaves its later parts to a neighbour."""

    def __init__(self) -> None:
        self._boundaries: list[bytes] = []
        self._pattern: re.Pattern[bytes] | None = None

    def add(self, boundary: bytes) -> None:
        if boundary and len(self._boundaries) < MAX_STRAYS:
            self._boundaries.append(boundary)

    def cut(self, text: bytes) -> list[bytes]:
        """The text before the first such line, then the raw parts; just the text as a rule."""
        if len(self._boundaries) < 2 or not any(b"--" + each in text for each in self._boundaries):
            return [text]
        if self._pattern is None:
            marks = b"|".join(re.escape(each) for each in self._boundaries)
            self._pattern = re.compile(rb"^--(?:%b)(?:--)?[ \t]*(?:\r?\n|\Z)" % marks, re.MULTILINE)
        return [_without_line_end(piece) for piece in self._pattern.split(text)]


def note(defects: list[str], word: str) -> None:
    """Names a defect once."""
    if word not in defects:
        defects.append(word)


def _line_starts(body: bytes, mark: bytes) -> Iterator[int]:
    """Where a line of the body begins with ``mark``."""
    if body.startswith(mark):
        yield 0
    position = body.find(b"\n" + mark)
    while position >= 0:
        yield position + 1
        position = body.find(b"\n" + mark, position + 1)


def _without_line_end(piece: bytes) -> bytes:
    if piece.endswith(b"\r\n"):
        return piece[:-2]
    return piece[:-1] if piece.endswith(b"\n") else piece
