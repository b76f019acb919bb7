"""The MIME tree of a mail, cut out of its bytes (RFC 2045, 2046).

The standard library's tree is recursive (a thousand nested parts end in RecursionError), copies
every line through ``str`` and ends a header block at the first junk line. This one walks with a
stack, keeps slices of the original bytes and is bounded by ``MAX_DEPTH`` and ``MAX_PARTS``: what
lies beyond is kept as one opaque leaf, so that nothing of the mail is out of reach.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .parameters import Parameters, read_parameters
from .signed import SEALED_TYPES, signed_content
from .transfer import decode_transfer

MAX_DEPTH = 50
MAX_PARTS = 1000
MAX_HEADERS = 2000
MAX_HEADER_BYTES = 64 * 1024

_HEADER = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?", re.MULTILINE)
_TYPE = re.compile(r"[\w!#$&^.+-]{1,127}/[\w!#$&^.+-]{1,127}\Z", re.ASCII)  # RFC 6838, 4.2
_BLANK_LINE = re.compile(rb"\n\r{0,2}\n")  # some gateways double the carriage return
_LIKELY_BOUNDARY = re.compile(rb"^--(\S{3,70})[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)
_ENVELOPE_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*(?:>?From [^\n]*\n)?(?:\r?\n)*")

Headers = dict[str, list[bytes]]


@dataclass(slots=True)
class Part:
    """One node: its headers (lower-case names, raw folded values), its body bytes as sent."""

    headers: Headers
    body: bytes
    content_type: str = "text/plain"
    parameters: Parameters = field(default_factory=dict)
    children: list["Part"] = field(default_factory=list)

    def first(self, name: str) -> bytes:
        """The first header of that name without its line break, or b""."""
        values = self.headers.get(name)
        return values[0] if values else b""

    @property
    def encoding(self) -> str:
        """The Content-Transfer-Encoding in lower case, without comment or quotes."""
        raw = self.first("content-transfer-encoding")
        return raw.decode("latin-1").split("(")[0].split(";")[0].strip(" \t\r\n\"'").lower()

    def decoded(self) -> bytes:
        """The body with its transfer encoding undone; damaged encodings give what they hold."""
        return decode_transfer(self.body, self.encoding)


def read_tree(raw: bytes, defects: list[str]) -> Part:
    """Cut a mail into parts. Never raises; what was odd is appended to ``defects``."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    start = _ENVELOPE_LINE.match(raw)
    offset = start.end() if start else 0
    root = _read_part(raw[offset:] if offset else raw, "text/plain", defects)
    if not root.headers:
        _note(defects, "no_headers")
    stack = [(root, 0)]
    count = 1
    while stack:
        part, depth = stack.pop()
        if part.content_type in SEALED_TYPES and depth < MAX_DEPTH:
            content = signed_content(part.decoded())
            child = _read_part(content, "text/plain", defects) if content else None
            if child and child.body.strip():
                part.content_type = "multipart/signed"
                part.children = [child]
                stack.append((child, depth + 1))
            continue
        if not part.content_type.startswith("multipart/"):
            continue
        if depth >= MAX_DEPTH:
            _note(defects, "nesting")
            part.content_type = "application/octet-stream"
            continue
        bodies = _split_multipart(part, MAX_PARTS - count, defects)
        default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        part.children = [_read_part(body, default, defects) for body in bodies]
        count += len(bodies)
        stack.extend((child, depth + 1) for child in part.children)
    return root


def leaves(root: Part) -> list[Part]:
    """The parts without children, depth first: their position here is an attachment's index."""
    found: list[Part] = []
    stack = [root]
    while stack:
        part = stack.pop()
        if part.children:
            stack.extend(reversed(part.children))
        else:
            found.append(part)
    return found


def _read_part(raw: bytes, default_type: str, defects: list[str]) -> Part:
    headers, body = read_headers(raw, defects)
    part = Part(headers, body, default_type)
    stated = part.first("content-type")
    if stated:
        value, part.parameters = read_parameters(stated)
        value = value.lower()
        if _TYPE.match(value):
            part.content_type = value
        elif value == "text":
            part.content_type = "text/plain"
        elif value:
            _note(defects, "content_type")
    return part


def read_headers(raw: bytes, defects: list[str]) -> tuple[Headers, bytes]:
    """Split off the header block. Junk lines between headers are dropped and noted; a block that
    runs into text without an empty line ends where the text begins."""
    if raw.startswith((b"\n", b"\r\n", b"\r\r\n")):
        return {}, raw[raw.index(b"\n") + 1 :]
    blank = _BLANK_LINE.search(raw)
    block, body = (raw[: blank.start() + 1], raw[blank.end() :]) if blank else (raw, b"")
    headers: Headers = {}
    position = 0
    for count, match in enumerate(_HEADER.finditer(block)):
        if match.start() != position:
            if not headers and not _looks_like_mail(match[1]):
                break
            _note(defects, "header_junk")
        if count >= MAX_HEADERS:
            _note(defects, "too_many_headers")
            position = len(block)
            break
        value = match[2]
        if len(value) > MAX_HEADER_BYTES:
            _note(defects, "header_too_long")
            value = value[:MAX_HEADER_BYTES]
        headers.setdefault(match[1].decode("ascii").lower(), []).append(value.strip())
        position = match.end()
    if position < len(block.rstrip()):
        _note(defects, "header_end")
        return headers, raw[position:]
    return headers, body


def _looks_like_mail(name: bytes) -> bool:
    known = (b"from", b"to", b"subject", b"date", b"received", b"return-path", b"message-id")
    return name.lower() in (*known, b"mime-version", b"content-type", b"delivered-to")


def _split_multipart(part: Part, room: int, defects: list[str]) -> list[bytes]:
    """The raw bodies between the boundary lines; a part that cannot be split stays a leaf."""
    if part.encoding in ("base64", "quoted-printable"):
        part.body = part.decoded()
    stated = part.parameters.get("boundary", "").rstrip()
    boundary = re.sub(r"\r?\n", "", stated).encode("utf-8", "surrogateescape")
    pieces = _cut_at(part.body, boundary, room, defects) if boundary else []
    if pieces:
        return pieces
    _note(defects, "boundary")
    if boundary:
        pieces = _cut_at(part.body, boundary, room, defects, words_may_follow=True)
    used = None if pieces else _LIKELY_BOUNDARY.search(part.body[:MAX_HEADER_BYTES])
    if used:
        pieces = _cut_at(part.body, used[1], room, defects)
    if not pieces:
        part.content_type = "text/plain"
        part.body = _without_marks(part.body, boundary)
    return pieces


def _without_marks(body: bytes, boundary: bytes) -> bytes:
    """A body without parts less its boundary lines, which are nobody's words."""
    if not boundary or b"--" + boundary not in body:
        return body
    marks = (b"--" + boundary, b"--" + boundary + b"--")
    return b"".join(line for line in body.splitlines(True) if line.strip() not in marks)


def _cut_at(
    body: bytes, boundary: bytes, room: int, defects: list[str], words_may_follow: bool = False
) -> list[bytes]:
    """``words_may_follow``: RFC 2046 5.1.1 lets text follow a boundary on its line; nobody writes
    it, and taking it always would cut at a longer boundary that begins like this one."""
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
        if begin >= 0:
            pieces.append(_without_line_end(body[begin:position]))
        begin = line_end + 1
        if len(pieces) >= room:
            _note(defects, "too_many_parts")
            return pieces
        if tail:
            return pieces
    if begin >= 0:
        _note(defects, "boundary_end")
        rest = body[begin:]
        if rest:
            # home-made senders forget the line break before the last boundary
            pieces.append(rest.rstrip().removesuffix(mark + b"--") if mark in rest else rest)
    return pieces


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


def _note(defects: list[str], word: str) -> None:
    if word not in defects:
        defects.append(word)
