"""Builds the bytes of a mail that leaves, and reads them back before anybody else does."""

from email.utils import format_datetime

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OutgoingMail

from . import headers_out
from .list_headers import list_fields
from .parts_out import file_part, page, text_part, together
from .read_back import File, read_back

_NOBODY_WROTE_IT = ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")
"""RFC 3834, section 5, and Exchange's own. No Precedence: some servers put off what has it."""
_LONGEST_CHAIN = 1500  # characters of References; some relays refuse longer fields


def build_mail(mail: OutgoingMail) -> bytes:
    """The mail with CRLF line ends, all of it 7-bit. Bcc stays in the envelope.

    Text alone, or text and markup as alternatives; pictures that the markup names lie beside it,
    other files hang on (RFC 2046, 2387). Raises ``Problem(INVALID, what=…)`` for control
    characters in a header, or an address that is none.
    """
    fields = _fields(mail)
    shown = [one for one in mail.files if _is_shown(mail, one)]
    hung = [file_part(*one) for one in mail.files if one not in shown]
    body = text_part(mail.text)
    if mail.html:
        pictures = (file_part(*one, shown=True) for one in shown)
        inside = together(
            "related", mail.message_id, [text_part(page(mail.html), "html"), *pictures]
        )
        body = together("alternative", mail.message_id, [body, inside])
    body = together("mixed", mail.message_id, [body, *hung])
    raw = "\r\n".join([*fields, "MIME-Version: 1.0"]).encode("ascii") + b"\r\n" + body
    read_back(mail, [field.partition(":")[0] for field in fields], shown, raw)
    return raw


def _is_shown(mail: OutgoingMail, one: File) -> bool:
    return bool(one[0].content_id) and f'"cid:{one[0].content_id}"' in mail.html


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
    fields += list_fields(mail.unsubscribe)
    return [*fields, *_NOBODY_WROTE_IT] if mail.automatic else fields


def _chain(mail: OutgoingMail) -> list[str]:
    """The first id and as many of the newest as fit: other programs cut longer fields anywhere."""
    ids = [one for one in mail.references if headers_out.is_message_id(one)]
    if not ids:
        return ids
    first, *rest = ids
    room = _LONGEST_CHAIN - len(first) - 2
    newest: list[str] = []
    for one in reversed(rest):
        room -= len(one) + 3
        if room < 0:
            break
        newest.insert(0, one)
    return [first, *newest] if newest or not rest else rest[-1:]
