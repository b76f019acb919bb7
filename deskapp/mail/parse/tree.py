"""The MIME tree of a mail, cut out of its bytes (RFC 2045, 2046).

The standard library's tree is recursive (a thousand nested parts end in RecursionError), copies
every line through ``str`` and ends a header block at the first junk line. This one walks with a
stack, keeps slices of the original bytes and is bounded by ``MAX_DEPTH`` and ``MAX_PARTS``: what
lies beyond is kept as one opaque leaf, so that nothing of the mail is out of reach.
"""

import re
from dataclasses import dataclass, field

from .boundaries import Strays, cut_at, likely_boundary, note, without_marks
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
_ENVELOPE_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*(?:>?From [^\n]*\n)?(?:\r?\n)*")
_MAIL_HEADERS = """
    from to subject date received return-path message-id mime-version content-type delivered-to
"""
MAIL_HEADERS = frozenset(_MAIL_HEADERS.split())
"""One of these at least is in every mail; a block without them is words that look like headers."""

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
        note(defects, "no_headers")
    stack = [(root, 0)]
    count = 1
    strays = Strays()
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
            note(defects, "nesting")
            part.content_type = "application/octet-stream"
            continue
        bodies = _split_multipart(part, MAX_PARTS - count, strays, defects)
        default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        part.children = [_read_part(body, default, defects) for body in bodies]
        count += len(bodies)
        stack.extend((child, depth + 1) for child in part.children)
    _cut_strays(root, strays, MAX_PARTS - count, defects)
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
            note(defects, "content_type")
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
            if not headers and match[1].decode("ascii").lower() not in MAIL_HEADERS:
                break
            note(defects, "header_junk")
        if count >= MAX_HEADERS:
            note(defects, "too_many_headers")
            position = len(block)
            break
        value = match[2]
        if len(value) > MAX_HEADER_BYTES:
            note(defects, "header_too_long")
            value = value[:MAX_HEADER_BYTES]
        headers.setdefault(match[1].decode("ascii").lower(), []).append(value.strip())
        position = match.end()
    if position < len(block.rstrip()):
        note(defects, "header_end")
        return headers, raw[position:]
    return headers, body


def _split_multipart(part: Part, room: int, strays: Strays, defects: list[str]) -> list[bytes]:
    """The raw bodies between the boundary lines; a part that cannot be split stays a leaf."""
    if part.encoding in ("base64", "quoted-printable"):
        part.body = part.decoded()
    stated = re.sub(r"\r?\n", "", part.parameters.get("boundary", ""))
    exact = stated.encode("utf-8", "surrogateescape")
    boundary = exact.rstrip()
    strays.add(boundary)
    pieces: list[bytes] = []
    if boundary != exact:  # blanks at its end are forbidden, and often lost on the way
        pieces = cut_at(part.body, exact, room, defects)
    if boundary and not pieces:
        pieces = cut_at(part.body, boundary, room, defects)
    if pieces:
        return pieces
    note(defects, "boundary")
    if boundary:
        pieces = cut_at(part.body, boundary, room, defects, words_may_follow=True)
    used = b"" if pieces else likely_boundary(part.body)
    if used:
        pieces = cut_at(part.body, used, room, defects)
    if not pieces:
        part.content_type = "text/plain"
        part.body = without_marks(part.body, boundary)
    return pieces


def _cut_strays(root: Part, strays: Strays, room: int, defects: list[str]) -> None:
    """Parts that the cutting left inside a text become parts of their own."""
    for part in leaves(root):
        if not part.content_type.startswith("text/"):
            continue
        first, *others = strays.cut(part.body)
        if len(others) > room:
            return
        if not others:
            continue
        note(defects, "boundary_end")
        part.body = first
        found = [_read_part(other, "text/plain", defects) for other in others]
        found = [other for other in found if other.body.strip()]
        room -= len(found)
        if found:
            text = Part(part.headers, first, part.content_type, part.parameters)
            part.content_type, part.children = "multipart/mixed", [text, *found]
