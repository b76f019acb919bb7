"""No bytes make the reader fail, hang, or say anything but UnreadableMail."""

import time

import pytest

from deskapp.domain.mail import UnreadableMail
from deskapp.mail.parse import parse_mail

from .bombs import bombs
from .letters import letter

HEAD = b"From: a@example.org\r\nSubject: x\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1000)
)
BOMBS = {
    "quotes in content type": HEAD
    + b"Content-Type: text/plain; charset="
    + b'"' * 65536
    + b"\r\n\r\nhi",
    "many parameters": HEAD + b"Content-Type: text/plain" + b"; a=b" * 200_000 + b"\r\n\r\nhi",
    "20000 encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nhi",
    "a megabyte of words": b"Subject: " + b"word " * 200_000 + b"\r\n\r\nhi",
    "half words": b"Subject: " + b"=?a?q?x" * 30_000 + b"\r\n\r\nhi",
    "20000 addresses": b"To: " + b"u@example.org, " * 20_000 + b"\r\n\r\nhi",
    "20000 parts": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\nx\r\n" * 20_000,
    "quoted names": b"From: " + b'"a" ' * 50_000 + b"\r\n\r\nhi",
    "open quotes": b"From: " + b'"\\' * 30_000 + b"\r\n\r\nhi",
    "parentheses": b"From: " + b"(" * 5000 + b")" * 5000 + b"a@example.org\r\n\r\nhi",
    "nested multiparts": HEAD + NESTED + b"\r\nhello",
    "nested mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"hi",
    "100000 headers": b"".join(b"X%d: y\r\n" % n for n in range(100_000)) + b"\r\nhi",
    "20 MB of text": HEAD + b"\r\n" + b"hello world\r\n" * 1_600_000,
    "nul": HEAD + b"\r\n" + b"\x00" * 100_000,
    "only 8 bit": b"\xff" * 100_000,
    "header lines as text": HEAD + b"\r\n" + b"From: x\r\nx:\r\n" * 9900,
    "introductions": HEAD + b"\r\n" + b"On Mon, 2026 at 10:00 a@example.org wrote:\r\n" * 19_000,
    "flowed": HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \r\n" * 300_000,
    "escapes": HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + b"\x1b" * 500_000,
    "marks": HEAD + b"\r\n" + ("a" + "\u0301\u0323" * 300_000).encode(),
    "divs": HTML + b"<div>" * 50_000,
    "tables": HTML + b"<table><tr><td>x" * 30_000,
    "bold": HTML + b"<b>" * 200_000,
    "ampersands": HTML + b"&" * 500_000,
    "dashes for a boundary": HEAD
    + b'Content-Type: multipart/mixed; boundary="-"\r\n\r\n'
    + b"-" * 1_000_000,
    "a bounce of at signs": b"From: MAILER-DAEMON@x\r\n\r\n" + b"a@" * 200_000,
    "hidden": HTML + b"<div style='display:none'>x" * 20_000,
}


BOMBS |= bombs(1)


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    """What is loaded once is not the cost of a mail."""
    parse_mail(b"Subject: x\r\nContent-Type: text/html\r\n\r\n<p>Hello, where is my parcel?</p>")


@pytest.mark.parametrize("name", [*BOMBS])
def test_no_mail_takes_two_seconds(name: str):
    begin = time.process_time()  # other tests share the machine
    parse_mail(BOMBS[name])
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("raw", [b"", b" \r\n\r\n "])
def test_nothing_at_all_is_called_empty(raw: bytes):
    with pytest.raises(UnreadableMail, match="empty"):
        parse_mail(raw)


def test_nesting_beyond_the_bound_keeps_the_rest_as_a_file():
    mail = parse_mail(BOMBS["nested multiparts"])
    assert "nesting" in mail.defects
    assert len(mail.attachments) == 1


def test_text_without_any_header_is_shown():
    mail = parse_mail("just words, привет\n".encode())
    assert "just words, привет" in mail.text


@pytest.mark.parametrize(
    "label", ["idna", "zip", "rot13", "unicode_escape", "undefined", "\xff", "utf-16"]
)
def test_a_label_that_is_no_text_charset_costs_no_letter(label: str):
    mail = parse_mail(
        letter(b"hello", b"Content-Type: text/plain; charset=" + label.encode("latin-1"))
    )
    assert mail.text in ("hello", "")
