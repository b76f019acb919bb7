"""A mail's bytes turned into what the desk files and shows."""

import logging

from deskapp.domain.forwarding import is_forwarded
from deskapp.domain.kinds import MailKind
from deskapp.domain.mail import Address, AttachmentInfo, MailPage, ParsedMail, UnreadableMail
from deskapp.mail.clean import PictureFinder
from deskapp.mail.quotes import fold_html, fold_text

from .addresses import read_addresses
from .attachments import attachment_files, describe, referenced_ids
from .body import as_html, read_body, readable
from .bounce import read_bounce
from .dates import mail_date
from .headers import decode_text, message_id, message_ids
from .kind import kind_of, wants_no_reply
from .language import language_of
from .notes import read_note
from .parts import Layout, lay_out, shared_charset
from .tree import MAIL_HEADERS, Headers, Part, leaves, read_tree

log = logging.getLogger(__name__)

_NOBODY = Address("", "")
_MOST_RESULTS = 20
_SHOWN_HEADERS = ("subject", "from", "to", "cc", "reply-to", "sender")


def parse_mail(raw: bytes) -> ParsedMail:
    """Read one mail. Ids come without angle brackets; a mail without one has "".

    :raises UnreadableMail: nothing in the bytes can be read as a mail. No other exception leaves
        this function, whatever the bytes are.
    """
    if not raw.strip():
        raise UnreadableMail("empty")
    try:
        return _parse(raw)
    except MemoryError as fault:
        raise UnreadableMail("too_big") from fault
    except Exception as fault:
        # The promise above: one mail that finds a hole in the reader is held, with this trace
        # in the log, and the mails behind it go on.
        log.exception("a mail of %d bytes cannot be read", len(raw))
        raise UnreadableMail("internal") from fault


def read_attachment(raw: bytes, index: int) -> tuple[AttachmentInfo, bytes]:
    """One file of a mail with its decoded bytes, by the index that ``parse_mail`` gave it.

    :raises KeyError: the mail has no file with that index.
    """
    root = read_tree(raw, [])
    parts = leaves(root)
    layout = lay_out(root, parts)
    for leaf, position, name, data in attachment_files(layout, len(parts)):
        if position == index:
            referenced = referenced_ids(read_body(layout, [])[1])
            return describe(leaf, index, name, data, referenced, len(parts)), data
    raise KeyError(index)


def read_page(raw: bytes) -> MailPage:
    """The HTML of a mail with a place for each picture that is not in it.

    :raises UnreadableMail: as ``parse_mail``.
    """
    finder = PictureFinder()
    try:
        root = read_tree(raw, [])
        parts = leaves(root)
        layout = lay_out(root, parts)
        text, html = read_body(layout, [], finder.clean)
        note = as_html(read_note(root, parts, layout, text)) if html else ""
        folded = fold_html(html, is_forwarded(decode_text(root.first("subject"))))
        return MailPage(html + note, (folded or html) + note, finder.pictures)
    except Exception as fault:
        # As in parse_mail: no mail's bytes may end the program that shows it.
        log.exception("a mail of %d bytes has no readable page", len(raw))
        raise UnreadableMail("internal") from fault


def _parse(raw: bytes) -> ParsedMail:
    defects: list[str] = []
    root = read_tree(raw, defects)
    parts = leaves(root)
    layout = lay_out(root, parts)
    headers = root.headers
    hint = _charset_hint(headers, parts)
    text, html = read_body(layout, defects)
    subject = decode_text(root.first("subject"), hint)
    if not (text.strip() or html or layout.attachments):
        if defects:
            text = readable(root.body)
        if not text and not subject:
            text = readable(raw, is_mail=not MAIL_HEADERS.isdisjoint(headers))
    senders = read_addresses(headers.get("from", ()), hint)
    sender = _sender(senders, headers, hint)
    kind = kind_of(headers, parts, sender, subject, text)
    note = read_note(root, parts, layout, text)
    handed_on = is_forwarded(subject)
    reply_text = fold_text(text, handed_on)
    reply_html = fold_html(html, handed_on) if reply_text != text or _marks_a_quote(html) else ""
    note_html = as_html(note) if html else ""
    return ParsedMail(
        message_id=message_id(root.first("message-id")),
        in_reply_to=next(iter(message_ids(root.first("in-reply-to"))), ""),
        references=message_ids(b" ".join(headers.get("references", ()))),
        date=mail_date(root.first("date"), headers.get("received", [])),
        sender=sender,
        reply_to=read_addresses(headers.get("reply-to", ()), hint),
        to=read_addresses(headers.get("to", ()), hint),
        cc=read_addresses(headers.get("cc", ()), hint),
        subject=subject,
        text=_with(text, note),
        reply_text=_with(reply_text, note),
        html=html + note_html,
        reply_html=reply_html + note_html if reply_html else "",
        attachments=_attachments(layout, html, len(parts)),
        kind=kind,
        language="" if kind is MailKind.BOUNCE else language_of(reply_text or note, subject),
        bounce=read_bounce(headers, parts, text) if kind is MailKind.BOUNCE else None,
        defects=tuple(defects + _missing(root, sender) + _several(senders, headers)),
        authentication=tuple(
            result.decode("latin-1")
            for result in headers.get("authentication-results", ())[:_MOST_RESULTS]
        ),
        quiet=wants_no_reply(headers),
    )


def _with(text: str, note: str) -> str:
    """The note stands below the text and is never folded away with a quote."""
    return f"{text}\n\n{note}" if text and note else text or note


def _marks_a_quote(html: str) -> bool:
    """Whether the HTML may fold where the text did not: looking closely is dear."""
    return "<blockquote" in html or "quote" in html or ' class="signature"' in html


def _attachments(layout: Layout, html: str, part_count: int) -> tuple[AttachmentInfo, ...]:
    files = list(attachment_files(layout, part_count))
    referenced = referenced_ids(html) if files else frozenset()
    return tuple(describe(*file, referenced, part_count) for file in files)


def _sender(senders: tuple[Address, ...], headers: Headers, hint: str) -> Address:
    """The first mailbox that can be answered; a From without an address keeps its name."""
    named = senders[0] if senders else _NOBODY
    for address in senders:
        if "@" in address.address:
            return Address(address.name or named.name, address.address)
    for header in ("reply-to", "return-path", "sender"):
        for address in read_addresses(headers.get(header, ()), hint):
            if "@" in address.address:
                return Address(address.name or named.name, address.address)
            if named is _NOBODY:
                named = address
    return named


def _charset_hint(headers: Headers, parts: list[Part]) -> str:
    """The charset for raw 8-bit headers; ordinary mail has none and is not looked at twice."""
    if all(raw.isascii() for name in _SHOWN_HEADERS for raw in headers.get(name, ())):
        return ""
    return shared_charset(parts)


def _missing(root: Part, sender: Address) -> list[str]:
    missing = [
        f"no_{name.replace('-', '_')}"
        for name in ("message-id", "date", "subject")
        if name not in root.headers
    ]
    return missing if sender.address else [*missing, "no_sender"]


def _several(senders: tuple[Address, ...], headers: Headers) -> list[str]:
    """RFC 5322, 3.6.2 allows several; programs show one of them, each another one."""
    named = {address.key for address in senders} if len(senders) > 1 else set()
    return ["several_from"] if len(named - {""}) > 1 or len(headers.get("from", ())) > 1 else []
