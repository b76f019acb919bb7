"""The readers that are compared: ours, and the standard library used in three common ways."""

import email
import email.policy
from collections.abc import Callable
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import getaddresses

from deskapp.mail.html_text import html_to_text
from deskapp.mail.parse import parse_mail
from deskapp.mail.parse.filenames import harmless
from deskapp.mail.parse.parts import lay_out
from deskapp.mail.parse.tree import leaves, read_tree


@dataclass(frozen=True)
class Seen:
    """What a reader makes of one mail. ``names`` are stated names; ``files`` counts all files."""

    subject: str
    sender: str
    body: str
    names: list[str]
    files: int
    bodies: list[bytes]


def ours(raw: bytes) -> Seen:
    """The program's own reader."""
    mail = parse_mail(raw)
    root = read_tree(raw, [])
    parts = leaves(root)
    stated = [leaf.filename for leaf in lay_out(root, parts).attachments]
    names = [harmless(name) for name in stated if name]
    files = sum(1 for each in mail.attachments if each.index < len(parts))
    return Seen(mail.subject, mail.sender.address, mail.text, names, files, [])


def default_walk(raw: bytes) -> Seen:
    """policy.default with a walk over all parts."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    return _walked(mail, str(mail["subject"] or ""), _sender(str(mail["from"] or "")))


def default_body(raw: bytes) -> Seen:
    """policy.default with get_body and iter_attachments, as its manual teaches."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    chosen = mail.get_body(("plain", "html"))
    text = chosen.get_content() if chosen is not None else ""
    if chosen is not None and chosen.get_content_subtype() == "html":
        text = html_to_text(text)
    files = list(mail.iter_attachments()) if mail.is_multipart() else []
    names = [harmless(name) for each in files if (name := each.get_filename())]
    subject, sender = str(mail["subject"] or ""), _sender(str(mail["from"] or ""))
    return Seen(subject, sender, text, names, len(files), [])


def compat32(raw: bytes) -> Seen:
    """The old policy with decode_header."""
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    subject = str(make_header(decode_header(str(mail["subject"] or ""))))
    return _walked(mail, subject, _sender(str(mail["from"] or "")))


READERS: dict[str, Callable[[bytes], Seen]] = {
    "ours": ours,
    "stdlib default, walk": default_walk,
    "stdlib default, get_body": default_body,
    "stdlib compat32": compat32,
}


def _walked(mail: Message, subject: str, sender: str) -> Seen:
    plain: list[str] = []
    html: list[str] = []
    names: list[str] = []
    files = 0
    bodies: list[bytes] = []
    for part in mail.walk():
        if part.is_multipart():
            if part.get_content_type() == "message/rfc822" and part is not mail:
                files += 1
            continue
        data = part.get_payload(decode=True)
        content = data if isinstance(data, bytes) else b""
        bodies.append(content)
        name = part.get_filename()
        kind = part.get_content_type()
        if name or kind not in ("text/plain", "text/html"):
            files += 1
            names += [harmless(name)] if name else []
            continue
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
        (plain if kind == "text/plain" else html).append(text)
    body = "\n".join(plain) if plain else html_to_text("".join(html))
    return Seen(subject, sender, body, names, files, bodies)


def _sender(value: str) -> str:
    return next((address for _, address in getaddresses([value]) if address), "")
