"""A built mail read by somebody else's reader, before anybody else does: is it what was meant?

Every fault here is our own, so each is an AssertionError and never a sentence for a person.
"""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import format_datetime, getaddresses, unquote

from deskapp.domain.mail import Address
from deskapp.domain.replies import OutgoingFile, OutgoingMail

from . import headers_out
from .parts_out import one_kind_of_lines, page

File = tuple[OutgoingFile, bytes]
_TEXT = ["Content-Type", "Content-Transfer-Encoding"]
_FILE = [*_TEXT, "Content-Disposition"]


def read_back(mail: OutgoingMail, names: Sequence[str], shown: Sequence[File], raw: bytes) -> None:
    """``names``: the header fields in their order; ``shown``: the pictures that lie inside."""
    read = message_from_bytes(raw)
    own = ["Content-Type"] if read.is_multipart() else _TEXT
    if read.keys() != [*names, "MIME-Version", *own]:
        raise AssertionError("the header is not as built")
    _compare_header(mail, read)
    hung = [file for file in mail.files if file not in shown]
    bodies = [("plain", mail.text), *([("html", page(mail.html))] if mail.html else [])]
    parts = [part for part in read.walk() if not part.is_multipart()]
    if len(parts) != len(bodies) + len(shown) + len(hung):
        raise AssertionError("parts do not read back")
    if any(part.defects for part in read.walk()):
        raise AssertionError("a reader finds a defect")
    for part, (kind, text) in zip(parts, bodies, strict=False):
        _compare_text(part, kind, text, read)
    rest = parts[len(bodies) :]
    for part, file in zip(rest, (*shown, *hung), strict=True):
        _compare_file(part, file, file in shown)


def _compare_header(mail: OutgoingMail, read: Message) -> None:
    meant = {
        "Date": format_datetime(mail.date),
        "Subject": headers_out.checked(mail.subject, "subject"),
        "Message-ID": f"<{mail.message_id}>",
        "MIME-Version": "1.0",
    }
    for name, value in meant.items():
        if _decoded(read, name) != value:
            raise AssertionError(f"{name} does not read back")
    for name, people in (("From", (mail.sender,)), ("To", mail.to), ("Cc", mail.cc)):
        if people and _people(read, name) != [_expected(one) for one in people]:
            raise AssertionError(f"{name} does not read back")


def _compare_text(part: Message, kind: str, text: str, read: Message) -> None:
    payload = part.get_payload(decode=True)
    if part is not read and part.keys() != _TEXT:
        raise AssertionError("the header of a text is not as built")
    if part.get_content_type() != f"text/{kind}" or not isinstance(payload, bytes):
        raise AssertionError("a text does not read back")
    if one_kind_of_lines(payload.decode("utf-8")) != one_kind_of_lines(text):
        raise AssertionError("a text does not read back")


def _compare_file(part: Message, file: File, shown: bool) -> None:
    about, data = file
    # Readers of the standard library take quotes off at both ends of any name.
    name = unquote(headers_out.file_name(about.filename)).strip()
    if part.keys() != [*_FILE, *(["Content-ID"] if shown else [])]:
        raise AssertionError("the header of a file is not as built")
    if shown and part["Content-ID"] != f"<{about.content_id}>":
        raise AssertionError("a picture's name does not read back")
    if part.get_payload(decode=True) != data or (part.get_filename() or "").strip() != name:
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
