"""The files in a mail keep their names, bytes and places."""

import base64
import hashlib
import struct

import pytest

from deskapp.mail.parse import parse_mail, read_attachment
from deskapp.mail.parse.filenames import MAX_LENGTH, harmless

from .letters import letter, multipart, part

NAMES = ["hóa đơn số 12.pdf", "退貨單.pdf", "退货单 2026.pdf", "Счёт №5.pdf", "invoice.pdf"]


def with_name(*headers: str | bytes) -> bytes:
    return multipart("mixed", [part("hello"), part("data", *headers)])


def first_name(raw: bytes) -> str:
    return parse_mail(raw).attachments[0].filename


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_in_every_spelling(name: str):
    percent = "".join(f"%{byte:02X}" for byte in name.encode())
    word = f"=?utf-8?B?{base64.b64encode(name.encode()).decode()}?="
    half = len(percent) // 6 * 3
    pieces = f"filename*0*=utf-8''{percent[:half]}; filename*1*={percent[half:]}"
    disposition = "Content-Disposition: attachment; "
    for header in (
        f"{disposition}filename*=UTF-8''{percent}",
        f"{disposition}{pieces}",
        f'{disposition}filename="{word}"',
        f"{disposition}filename={word}",
        f'{disposition}filename="{name}"',
        f'Content-Type: application/pdf; name="{word}"',
        f'{disposition}filename="{percent}"',
    ):
        assert first_name(with_name(header)) == name, header


def test_a_raw_name_in_the_charset_of_the_part_is_read():
    head = b'Content-Type: text/plain; charset=koi8-r; name="' + "Счёт.txt".encode("koi8-r")
    assert first_name(with_name(head + b'"')) == "Счёт.txt"


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Windows\evil.exe", "evil.exe"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("con.txt", "_con.txt"),
        (".ht\u200baccess", "htaccess"),
        ("a\u2800\u2800\u2800.exe", "a .exe"),
        ("what?<now>.pdf", "what__now_.pdf"),
        ("trailing. . ", "trailing"),
    ],
)
def test_a_dangerous_name_becomes_harmless(stated: str, shown: str):
    assert harmless(stated) == shown
    assert harmless(shown) == shown


def test_a_long_name_keeps_its_ending():
    name = harmless("x" * 400 + ".pdf")
    assert len(name) == MAX_LENGTH
    assert name.endswith(".pdf")


def test_bytes_size_and_sum_belong_to_the_decoded_file():
    data = bytes(range(256)) * 9
    raw = multipart(
        "mixed",
        [
            part("hello"),
            part(
                base64.encodebytes(data),
                "Content-Type: application/zip; name=a.zip",
                "Content-Transfer-Encoding: base64",
            ),
        ],
    )
    info = parse_mail(raw).attachments[0]
    assert (info.size, info.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert read_attachment(raw, info.index) == (info, data)


def test_an_unknown_index_is_a_key_error():
    with pytest.raises(KeyError):
        read_attachment(letter(b"hello"), 0)


@pytest.mark.parametrize(
    "damaged",
    [b"QUJD*REVG", b"QUJDREVG\r\n-- \r\n", b"QUJDREV", b"QUJD=\r\nREVG", b"QUI=Q0RFRg=="],
)
def test_damaged_base64_gives_what_it_holds(damaged: bytes):
    raw = multipart(
        "mixed",
        [part("hello"), part(damaged, "Content-Type: a/b", "Content-Transfer-Encoding: base64")],
    )
    assert read_attachment(raw, 1)[1].startswith(b"ABCDE")


def test_pictures_shown_in_the_text_are_inline_and_others_are_not():
    picture = ("Content-Type: image/png", "Content-Transfer-Encoding: base64")
    raw = multipart(
        "related",
        [
            part('<p><img src="cid:logo@x"></p>', "Content-Type: text/html"),
            part("aGk=", *picture, "Content-ID: <logo@x>"),
            part("aGk=", *picture, "Content-ID: <other@x>"),
            part("aGk=", *picture, "Content-Disposition: inline; filename=b.png"),
        ],
    )
    files = parse_mail(raw).attachments
    assert [each.inline for each in files] == [True, False, True]
    assert files[0].content_id == "logo@x"
    assert all(read_attachment(raw, each.index)[0] == each for each in files)


def test_a_forwarded_mail_is_one_file_named_by_its_subject():
    inner = letter(b"inside", "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=")
    raw = multipart("mixed", [part("see below"), part(inner, "Content-Type: message/rfc822")])
    mail = parse_mail(raw)
    assert mail.text == "see below"
    assert [each.filename for each in mail.attachments] == ["Grüße.eml"]
    assert parse_mail(read_attachment(raw, 1)[1]).text == "inside"


def test_a_lone_pdf_as_the_whole_mail_is_a_file():
    mail = parse_mail(letter(b"%PDF", "Content-Type: application/pdf; name=a.pdf"))
    assert (mail.text, [each.filename for each in mail.attachments]) == ("", ["a.pdf"])


def tnef(*files: tuple[str, bytes]) -> bytes:
    def entry(level: int, name: int, data: bytes) -> bytes:
        return struct.pack("<BHHI", level, name, 6, len(data)) + data + b"\x00\x00"

    body = b"".join(
        entry(2, 0x9002, b"\x00" * 14)
        + entry(2, 0x8010, name.encode("cp1252") + b"\x00")
        + entry(2, 0x800F, data)
        for name, data in files
    )
    return b"\x78\x9f\x3e\x22\x01\x00" + body


def test_the_files_inside_winmail_dat_are_listed_after_it():
    packed = base64.encodebytes(tnef(("note.txt", b"hello"), ("b.pdf", b"%PDF")))
    kind = (
        "Content-Type: application/ms-tnef; name=winmail.dat",
        "Content-Transfer-Encoding: base64",
    )
    raw = multipart(
        "mixed", [part("hi"), part(packed, *kind), part("x", "Content-Type: a/b; name=c")]
    )
    names = [(each.index, each.filename) for each in parse_mail(raw).attachments]
    assert names == [(1, "winmail.dat"), (2, "c"), (3, "note.txt"), (4, "b.pdf")]
    assert read_attachment(raw, 4)[1] == b"%PDF"


def test_a_winmail_dat_that_claims_endless_values_is_let_go():
    bomb = struct.pack("<IHHI", 1, 0x1002, 0x3FFF, 0xFFFFFFFF) * 50
    entry = struct.pack("<BHHI", 2, 0x9005, 6, len(bomb)) + bomb + b"\x00\x00"
    raw = letter(
        tnef(("a", b"b")) + entry, "Content-Type: application/ms-tnef", "MIME-Version: 1.0"
    )
    assert [each.filename for each in parse_mail(raw).attachments][1:] == ["a"]
