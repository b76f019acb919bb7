"""MIME parts as they leave: text, markup, files, and what holds them together. All of it 7-bit."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence

from deskapp.domain.replies import OutgoingFile

from . import headers_out

_LONGEST_LINE = 900  # RFC 5322 allows 998; transports on the way add to it
_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}")


def text_part(text: str, kind: str = "plain") -> bytes:
    """``text/plain`` or ``text/html``, in whichever encoding stays readable or short."""
    lines = one_kind_of_lines(text)
    data = lines.encode("utf-8")
    longest = max(map(len, lines.split("\n")))
    if lines.isascii() and "\0" not in lines and longest <= _LONGEST_LINE:
        encoding, body = "7bit", data
    else:
        quoted = binascii.b2a_qp(data, istext=True)
        packed = _base64_lines(data.replace(b"\n", b"\r\n")).replace(b"\r\n", b"\n")
        readable = len(quoted) <= len(packed)
        encoding, body = ("quoted-printable", quoted) if readable else ("base64", packed)
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return head.encode("ascii") + b"\r\n" + body.replace(b"\n", b"\r\n")


def one_kind_of_lines(text: str) -> str:
    """With single line feeds, one at the end, and without half characters."""
    lines = re.sub(r"\r\n?", "\n", text).encode("utf-8", "replace").decode("utf-8")
    return lines if lines.endswith("\n") else lines + "\n"


def page(markup: str) -> str:
    """Markup as a whole document, which is what programs that guess least show best."""
    head = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{markup}\n</body></html>\n"


def file_part(file: OutgoingFile, data: bytes, *, shown: bool = False) -> bytes:
    """A file that hangs on, or with ``shown`` a picture that the markup names."""
    kind = file.content_type if _TYPE.fullmatch(file.content_type) else "application/octet-stream"
    if kind.startswith(("message/", "multipart/")):
        kind = "application/octet-stream"  # RFC 2046 forbids base64 around these
    name = headers_out.parameter("filename", file.filename)
    disposition = ";\r\n ".join(["inline" if shown else "attachment", *name])
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {disposition}\r\n"
    )
    if shown:
        head += headers_out.message_ids("Content-ID", [file.content_id]) + "\r\n"
    return head.encode("ascii") + b"\r\n" + _base64_lines(data)


def _base64_lines(data: bytes) -> bytes:
    packed = base64.b64encode(data)
    lines = (packed[start : start + 76] for start in range(0, len(packed), 76))
    return b"".join(line + b"\r\n" for line in lines)


def together(kind: str, seed: str, parts: Sequence[bytes]) -> bytes:
    """``multipart/kind`` of the parts; a single one stays as it is. ``seed``: the Message-ID."""
    if len(parts) == 1:
        return parts[0]
    # "=_" occurs in neither quoted-printable nor base64; plain text is looked through.
    seed = f"{kind} {seed}"
    while True:
        boundary = "=_" + hashlib.sha256(seed.encode()).hexdigest()[:32]
        if not any(boundary.encode() in part for part in parts):
            break
        seed = boundary
    line = b"--" + boundary.encode()
    more = '; type="text/html"' if kind == "related" else ""  # RFC 2387, 3.1
    head = f'Content-Type: multipart/{kind}{more};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
