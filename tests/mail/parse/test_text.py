"""What a customer wrote arrives letter by letter, whatever charset carried it."""

import pytest

from deskapp.mail.parse import parse_mail

from .letters import CHARSETS, TEXTS, encode, letter, multipart, part, text_letter

TRUE_LABELS = [
    (language, charset, transfer)
    for language, charsets in CHARSETS.items()
    for charset in charsets
    for transfer in ("8bit", "base64", "quoted-printable")
]
FALSE_LABELS = [
    (language, charset, label)
    for language, charsets in CHARSETS.items()
    for charset in charsets
    for label in ("us-ascii", "iso-8859-1", "utf-8", "x-unknown", "windows-1252", "koi8-r")
    if label != charset
]


@pytest.mark.parametrize(("language", "charset", "transfer"), TRUE_LABELS)
def test_text_under_its_true_label_is_read_exactly(language: str, charset: str, transfer: str):
    text = TEXTS[language]
    mail = parse_mail(text_letter(encode(text, charset), charset, transfer))
    assert mail.text == text
    assert mail.language == language


@pytest.mark.parametrize(("language", "charset", "label"), FALSE_LABELS)
def test_text_under_a_false_label_is_read_exactly(language: str, charset: str, label: str):
    text = TEXTS[language]
    assert parse_mail(text_letter(encode(text, charset), label, "base64")).text == text


@pytest.mark.parametrize("language", [*TEXTS])
@pytest.mark.parametrize("size", [12, 20, 40])
def test_a_short_unlabelled_text_is_read_by_its_common_letters(language: str, size: int):
    text = TEXTS[language][:size].strip()
    for charset in CHARSETS[language]:
        if charset == "windows-1258" and size < 40:
            continue  # one toned letter is no proof
        assert parse_mail(text_letter(encode(text, charset), "", "base64")).text == text, charset


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        ("朱镕基 囧 €".encode("gb18030"), "gb2312", "朱镕基 囧 €"),
        ("碁 裏 嘅".encode("big5hkscs"), "big5", "碁 裏 嘅"),
        (b"\x1b$B-!9b\x1b(B 1", "iso-2022-jp", "①高 1"),
        ("±30 – “ok”".encode("cp1252"), "iso-8859-1", "±30 – “ok”"),
        ("Її поїзд".encode("koi8-u"), "koi8-r", "Її поїзд"),
        (b"+bElTSw-", "unicode-1-1-utf-7", "汉卋"),
        ("Café".encode(), "us-ascii*en", "Café"),
    ],
)
def test_labels_mean_what_mail_programs_mean(data: bytes, label: str, text: str):
    assert parse_mail(text_letter(data, label, "base64")).text == text


def test_text_is_composed_and_without_nul():
    mail = parse_mail(text_letter("a\u0302\u0301 \x00 b".encode(), "utf-8", "base64"))
    assert mail.text == "ấ  b"


def test_a_wrapped_paragraph_is_joined_again():
    mail = parse_mail(
        letter("one \r\ntwo\r\n-- \r\nme\r\n", "Content-Type: text/plain; format=flowed")
    )
    assert mail.text == "one two\n--\nme\n".strip("\n")
    assert mail.reply_text == "one two"


def test_chinese_text_wrapped_with_delsp_gets_no_blanks():
    head = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"
    assert parse_mail(letter("您好 \r\n世界\r\n", head)).text == "您好世界"


def test_html_alone_gives_text_and_keeps_its_lines():
    html = "<p>Dear shop,</p><p>my <b>lamp</b> is<br>broken</p><ul><li>one</li><li>two</li></ul>"
    mail = parse_mail(letter(html, "Content-Type: text/html; charset=utf-8"))
    assert mail.text == "Dear shop,\n\nmy lamp is\nbroken\n\n- one\n- two"
    assert "<b>lamp</b>" in mail.html


def test_a_plain_form_that_only_points_at_the_html_is_passed_over():
    mail = parse_mail(
        multipart(
            "alternative",
            [
                part("Your e-mail client does not support HTML.", "Content-Type: text/plain"),
                part("<p>Hello shop</p>", "Content-Type: text/html"),
            ],
        )
    )
    assert mail.text == "Hello shop"


def test_text_around_pictures_is_joined_in_order():
    mail = parse_mail(
        multipart(
            "mixed",
            [
                part("before", "Content-Type: text/plain"),
                part("x", "Content-Type: image/png", "Content-Disposition: inline; filename=a.png"),
                part("after", "Content-Type: text/plain"),
            ],
        )
    )
    assert mail.text == "before\n\nafter"
    assert [each.filename for each in mail.attachments] == ["a.png"]


def test_a_second_html_part_that_is_a_file_stays_a_file():
    mail = parse_mail(
        multipart(
            "mixed",
            [
                part("<p>hello</p>", "Content-Type: text/html"),
                part(
                    "<p>page</p>",
                    "Content-Type: text/html",
                    "Content-Disposition: attachment; filename=p.html",
                ),
            ],
        )
    )
    assert mail.text == "hello"
    assert [each.filename for each in mail.attachments] == ["p.html"]
