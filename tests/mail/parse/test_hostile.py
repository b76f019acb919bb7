"""No bytes make the reader fail, hang, or say anything but UnreadableMail."""

import random
import time

import pytest

from deskapp.domain.mail import UnreadableMail
from deskapp.mail.parse import parse_mail

from .letters import CHARSETS, TEXTS, encode, letter, multipart, part, text_letter

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


def seeds() -> list[bytes]:
    texts = [
        text_letter(encode(TEXTS[lang], charset), charset, transfer)
        for lang, charsets in CHARSETS.items()
        for charset in charsets
        for transfer in ("8bit", "base64", "quoted-printable")
    ]
    files = multipart(
        "mixed",
        [
            multipart(
                "alternative", [part("hi"), part("<p>hi", "Content-Type: text/html")], boundary="in"
            ),
            part(
                "aGk=",
                "Content-Type: a/b; name*0*=utf-8''%41; name*1=\"b\"",
                "Content-Transfer-Encoding: base64",
            ),
            part(letter(b"inner", "Subject: deep"), "Content-Type: message/rfc822"),
        ],
    )
    return [*texts, files]


def test_mutated_mails_are_read_or_refused_and_their_text_can_be_stored():
    chance = random.Random(20260105)
    originals = seeds()
    for _ in range(1500):
        raw = bytearray(chance.choice(originals))
        for _ in range(chance.randint(1, 12)):
            spot = chance.randrange(len(raw))
            action = chance.randrange(4)
            if action == 0:
                raw[spot] = chance.randrange(256)
            elif action == 1:
                del raw[spot : spot + chance.randint(1, 40)]
            elif action == 2:
                raw[spot:spot] = chance.choice(originals)[: chance.randint(1, 200)]
            else:
                raw[spot:spot] = chance.choice(
                    [b'"', b"=?", b"\r\n", b"--edge", b"\x1b$B", b"\x00", b";", b"<"]
                )
            if not raw:
                break
        try:
            mail = parse_mail(bytes(raw))
        except UnreadableMail as refusal:
            assert refusal.reason == "empty"
            continue
        for stored in (mail.text, mail.subject, mail.html, mail.sender.name, mail.reply_text):
            stored.encode("utf-8")
            assert "\x00" not in stored
        assert len(mail.reply_text) <= len(mail.text)
