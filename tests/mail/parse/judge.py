"""What must hold of any bytes that are given to the reader."""

import time

from deskapp.domain.mail import ParsedMail, UnreadableMail
from deskapp.mail.parse import parse_mail, read_attachment

SECONDS = 2.0


def read_and_judge(raw: bytes) -> ParsedMail | None:
    """The mail, or None where there is nothing in the bytes; anything else is a failure."""
    begin = time.process_time()
    try:
        mail = parse_mail(raw)
    except UnreadableMail as refusal:
        assert refusal.reason == "empty", refusal.reason
        assert not raw.strip()
        return None
    assert time.process_time() - begin < SECONDS
    for text in texts(mail):
        assert "\x00" not in text
        text.encode("utf-8")
    assert len(mail.reply_text) <= len(mail.text)
    assert mail.text or mail.html or mail.attachments or not _has_words(raw)
    if mail.attachments:
        last = mail.attachments[-1]
        info, data = read_attachment(raw, last.index)
        assert (info, len(data)) == (last, last.size)
    return mail


def texts(mail: ParsedMail) -> list[str]:
    """Every text that goes into a database."""
    people = (mail.sender, *mail.reply_to, *mail.to, *mail.cc)
    files = [text for each in mail.attachments for text in (each.filename, each.content_type)]
    return [
        *(mail.message_id, mail.in_reply_to, *mail.references, mail.subject),
        *(mail.text, mail.reply_text, mail.html, mail.reply_html, mail.language, *mail.defects),
        *(text for each in people for text in (each.name, each.address)),
        *(*files, *(each.content_id for each in mail.attachments)),
        *((mail.bounce.recipient, mail.bounce.status) if mail.bounce else ()),
    ]


def _has_words(raw: bytes) -> bool:
    """Whether a body holds more than blanks, boundary lines and part headers."""
    _, _, body = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n").partition(b"\n\n")
    lines = (line.strip() for line in body.split(b"\n"))
    words = [line for line in lines if line and not line.startswith(b"--") and b":" not in line]
    return sum(line[:1].isalpha() and line.isascii() and b"<" not in line for line in words) > 3
