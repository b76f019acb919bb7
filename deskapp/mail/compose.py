"""Builds the bytes of a mail that leaves, and reads them back before anybody else does."""

import base64
import binascii
import hashlib
import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import format_datetime, getaddresses, unquote

from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OutgoingFile, OutgoingMail

from . import headers_out

_LONGEST_LINE = 900  # RFC 5322 allows 998; transports on the way add to it
_REFERENCES = 50  # the first and the newest; other programs cut longer chains anywhere
_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}")


def build_mail(mail: OutgoingMail) -> bytes:
    """The mail with CRLF line ends, all of it 7-bit. Bcc stays in the envelope.

    Raises ``Problem(INVALID, what=…)`` for control characters in a header, or an address that
    is none.
    """
    body = _text_part(mail.text)
    if mail.files:
        body = _mixed(mail.message_id, [body, *(_file_part(*one) for one in mail.files)])
    raw = "\r\n".join([*_fields(mail), "MIME-Version: 1.0"]).encode("ascii") + b"\r\n" + body
    _read_back(mail, raw)
    return raw


def _fields(mail: OutgoingMail) -> list[str]:
    fields = [
        f"Date: {format_datetime(mail.date)}",
        headers_out.addresses("From", [mail.sender]),
        headers_out.addresses("To", mail.to) if mail.to else "To: undisclosed-recipients:;",
    ]
    if mail.cc:
        fields.append(headers_out.addresses("Cc", mail.cc))
    fields.append(headers_out.unstructured("Subject", mail.subject))
    own_id = headers_out.message_ids("Message-ID", [mail.message_id])
    if "<" not in own_id:
        raise Problem(ProblemKind.INVALID, what="message_id")
    fields.append(own_id)
    for name, ids in (("In-Reply-To", (mail.in_reply_to,)), ("References", _chain(mail))):
        field = headers_out.message_ids(name, ids)
        if "<" in field:
            fields.append(field)
    return fields


def _chain(mail: OutgoingMail) -> tuple[str, ...]:
    if len(mail.references) <= _REFERENCES:
        return mail.references
    return mail.references[:1] + mail.references[1 - _REFERENCES :]


def _text_part(text: str) -> bytes:
    lines = _lines(text)
    data = lines.encode("utf-8")
    longest = max(map(len, lines.split("\n")))
    if lines.isascii() and "\0" not in lines and longest <= _LONGEST_LINE:
        encoding, body = "7bit", data
    else:
        quoted = binascii.b2a_qp(data, istext=True)
        packed = _base64_lines(data.replace(b"\n", b"\r\n")).replace(b"\r\n", b"\n")
        readable = len(quoted) <= len(packed)
        encoding, body = ("quoted-printable", quoted) if readable else ("base64", packed)
    head = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return head.encode("ascii") + b"\r\n" + body.replace(b"\n", b"\r\n")


def _lines(text: str) -> str:
    """With single line feeds, one at the end, and without half characters."""
    lines = re.sub(r"\r\n?", "\n", text).encode("utf-8", "replace").decode("utf-8")
    return lines if lines.endswith("\n") else lines + "\n"


def _file_part(file: OutgoingFile, data: bytes) -> bytes:
    kind = file.content_type if _TYPE.fullmatch(file.content_type) else "application/octet-stream"
    if kind.startswith(("message/", "multipart/")):
        kind = "application/octet-stream"  # RFC 2046 forbids base64 around these
    disposition = ";\r\n ".join(["attachment", *headers_out.parameter("filename", file.filename)])
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {disposition}\r\n"
    )
    return head.encode("ascii") + b"\r\n" + _base64_lines(data)


def _base64_lines(data: bytes) -> bytes:
    packed = base64.b64encode(data)
    lines = (packed[start : start + 76] for start in range(0, len(packed), 76))
    return b"".join(line + b"\r\n" for line in lines)


def _mixed(message_id: str, parts: list[bytes]) -> bytes:
    # "=_" occurs in neither quoted-printable nor base64; plain text is looked through.
    seed = message_id
    while True:
        boundary = "=_" + hashlib.sha256(seed.encode()).hexdigest()[:32]
        if not any(boundary.encode() in part for part in parts):
            break
        seed = boundary
    line = b"--" + boundary.encode()
    head = f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _read_back(mail: OutgoingMail, raw: bytes) -> None:
    """Raises AssertionError: what a reader would see is not what was meant; our own fault."""
    read = message_from_bytes(raw)
    meant = {
        "Date": format_datetime(mail.date),
        "Subject": headers_out.checked(mail.subject, "subject"),
        "Message-ID": f"<{mail.message_id}>",
        "MIME-Version": "1.0",
    }
    names = [name for name, _ in read.items()]
    if len(names) != len(set(names)) or "Bcc" in names or read.defects:
        raise AssertionError("a header too many")
    for name, value in meant.items():
        if _decoded(read, name) != value:
            raise AssertionError(f"{name} does not read back")
    for name, people in (("From", (mail.sender,)), ("To", mail.to), ("Cc", mail.cc)):
        if people and _people(read, name) != [_expected(one) for one in people]:
            raise AssertionError(f"{name} does not read back")
    parts = [part for part in read.walk() if not part.is_multipart()]
    if len(parts) != 1 + len(mail.files):
        raise AssertionError("parts do not read back")
    text = parts[0].get_payload(decode=True)
    if not isinstance(text, bytes) or _lines(text.decode("utf-8")) != _lines(mail.text):
        raise AssertionError("the text does not read back")
    for part, (file, data) in zip(parts[1:], mail.files, strict=True):
        # Readers of the standard library take quotes off at both ends of any name.
        name = unquote(headers_out.checked(file.filename, "filename"))
        if part.get_payload(decode=True) != data or part.get_filename() != name:
            raise AssertionError("a file does not read back")


def _unfolded(read: Message, name: str) -> str:
    return re.sub(r"\r?\n(?=[ \t])", "", str(read.get(name, "")))


def _decoded(read: Message, name: str) -> str:
    return str(make_header(decode_header(_unfolded(read, name))))


def _people(read: Message, name: str) -> list[tuple[str, str]]:
    found = getaddresses([_unfolded(read, name)])
    return [(str(make_header(decode_header(label))), address) for label, address in found]


def _expected(one: Address) -> tuple[str, str]:
    name = headers_out.checked(one.name, "name").strip()
    return name, headers_out.ascii_address(one.address)
