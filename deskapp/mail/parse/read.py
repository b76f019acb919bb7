"""A mail's bytes turned into what the desk files and shows."""

import logging

from deskapp.domain.kinds import MailKind
from deskapp.domain.mail import Address, AttachmentInfo, MailPage, ParsedMail, UnreadableMail
from deskapp.mail.clean import PictureFinder
from deskapp.mail.quotes import fold_html, fold_text

from .addresses import read_addresses
from .attachments import attachment_files, describe, referenced_ids
from .body import read_body
from .bounce import read_bounce
from .dates import mail_date
from .headers import decode_text, message_id, message_ids
from .kind import kind_of
from .language import language_of
from .parts import Layout, lay_out
from .tree import Headers, Part, leaves, read_tree

log = logging.getLogger(__name__)

_NOBODY = Address("", "")


def parse_mail(raw: bytes) -> ParsedMail:
    """Read one mail. Ids come without angle brackets; a mail without one has "".

    :raises UnreadableMail: nothing in the bytes can be read as a mail. No other exception leaves
        this function, whatever the bytes are.
    """
    if not raw.strip():
        raise UnreadableMail("empty")
    try:
        return _parse(raw)
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
        html = read_body(lay_out(root, leaves(root)), [], finder.clean)[1]
        return MailPage(html, fold_html(html) or html, finder.pictures)
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
    hint = _charset_hint(layout)
    text, html = read_body(layout, defects)
    subject = decode_text(root.first("subject"), hint)
    sender = _sender(headers, hint)
    kind = kind_of(headers, parts, sender, subject)
    reply_text = fold_text(text)
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
        text=text,
        reply_text=reply_text,
        html=html,
        reply_html=fold_html(html) if reply_text != text or _marks_a_quote(html) else "",
        attachments=_attachments(layout, html, len(parts)),
        kind=kind,
        language="" if kind is MailKind.BOUNCE else language_of(reply_text, subject),
        bounce=read_bounce(headers, parts, text) if kind is MailKind.BOUNCE else None,
        defects=tuple(defects + _missing(root, sender)),
    )


def _marks_a_quote(html: str) -> bool:
    """Whether the HTML may fold where the text did not: looking closely is dear."""
    return "<blockquote" in html or "quote" in html or ' class="signature"' in html


def _attachments(layout: Layout, html: str, part_count: int) -> tuple[AttachmentInfo, ...]:
    if not layout.attachments:
        return ()
    referenced = referenced_ids(html)
    return tuple(
        describe(leaf, index, name, data, referenced, part_count)
        for leaf, index, name, data in attachment_files(layout, part_count)
    )


def _sender(headers: Headers, hint: str) -> Address:
    """The first mailbox that can be answered; a From without an address keeps its name."""
    named = _NOBODY
    for header in ("from", "reply-to", "return-path", "sender"):
        for address in read_addresses(headers.get(header, ()), hint):
            if "@" in address.address:
                return Address(address.name or named.name, address.address)
            if named is _NOBODY:
                named = address
    return named


def _charset_hint(layout: Layout) -> str:
    """The charset of the text, which raw 8-bit headers usually share."""
    for segment in layout.segments:
        leaf = segment.plain or segment.html
        if leaf and leaf.part.parameters.get("charset"):
            return leaf.part.parameters["charset"]
    return ""


def _missing(root: Part, sender: Address) -> list[str]:
    missing = [
        f"no_{name.replace('-', '_')}"
        for name in ("message-id", "date", "subject")
        if name not in root.headers
    ]
    return missing if sender.address else [*missing, "no_sender"]
