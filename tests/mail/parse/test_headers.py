"""Subjects, people, ids and dates are read as their writers meant them."""

import base64
from datetime import UTC, datetime

import pytest

from deskapp.domain.mail import Address
from deskapp.mail.parse import parse_mail

from .letters import CHARSETS, TEXTS, encode, letter

SUBJECTS = {
    "vi": "Đơn hàng của tôi bị thất lạc",
    "zh-Hant": "關於訂單的退貨問題",
    "zh-Hans": "关于订单的退货问题",
    "ru": "Где мой заказ и посылка",
}
PAIRS = [(lang, charset) for lang in SUBJECTS for charset in CHARSETS[lang]]


@pytest.mark.parametrize(("language", "charset"), PAIRS)
def test_a_subject_in_base64_words_split_inside_letters_is_whole(language: str, charset: str):
    data = encode(SUBJECTS[language], charset)
    cut = [data[start : start + 7] for start in range(0, len(data), 7)]
    words = [f"=?{charset}?B?{base64.b64encode(each).decode()}?=" for each in cut]
    assert parse_mail(letter(b"x", "Subject: " + "\r\n ".join(words))).subject == SUBJECTS[language]


@pytest.mark.parametrize(("language", "charset"), PAIRS)
def test_a_subject_in_q_words_is_whole(language: str, charset: str):
    data = encode(SUBJECTS[language], charset)
    words = " ".join(
        f"=?{charset}?q?{''.join(f'={byte:02X}' for byte in data[start : start + 11])}?="
        for start in range(0, len(data), 11)
    )
    assert parse_mail(letter(b"x", f"Subject: Re: {words}")).subject == "Re: " + SUBJECTS[language]


@pytest.mark.parametrize(("language", "charset"), PAIRS)
def test_a_raw_subject_takes_the_charset_of_the_text(language: str, charset: str):
    raw = b"Subject: " + encode(SUBJECTS[language], charset)
    body = encode(TEXTS[language], charset)
    mail = parse_mail(letter(body, raw, f"Content-Type: text/plain; charset={charset}"))
    assert mail.subject == SUBJECTS[language]


def test_a_word_glued_to_other_text_is_decoded():
    assert (
        parse_mail(letter(b"x", "Subject: [Shop]=?utf-8?q?caf=C3=A9?=!")).subject == "[Shop]café!"
    )


def test_a_base64_word_cut_at_any_place_is_joined():
    mail = parse_mail(letter(b"x", "Subject: =?utf-8?B?5oKo5?= =?utf-8?B?aW9?="))
    assert mail.subject == "您好"


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ('"Doe, John" <john@example.org>', "Doe, John", "john@example.org"),
        ("=?utf-8?Q?Doe,_J=C3=B6rg?= <j@example.org>", "Doe, Jörg", "j@example.org"),
        ('"=?utf-8?B?5byg5LiJ?=" <z@example.org>', "张三", "z@example.org"),
        ("john@example.org (John Doe)", "John Doe", "john@example.org"),
        ("<john@example.org>", "", "john@example.org"),
        ("John Doe john@example.org", "John Doe", "john@example.org"),
        ('"john@example.org" <john@example.org>', "john@example.org", "john@example.org"),
        ("=?utf-8?q?a?= =?utf-8?q?b?= <x@example.org>", "ab", "x@example.org"),
        ('"Never closed <x@example.org>', "Never closed", "x@example.org"),
        ("Nguyễn Văn An <an@example.vn>", "Nguyễn Văn An", "an@example.vn"),
    ],
)
def test_a_sender_has_a_name_and_an_address(header: str, name: str, address: str):
    assert parse_mail(letter(b"x", sender=header)).sender == Address(name, address)


def test_a_mail_without_a_usable_from_is_answered_where_it_says():
    mail = parse_mail(letter(b"x", "Reply-To: Ann <ann@example.org>", sender="<>"))
    assert mail.sender == Address("Ann", "ann@example.org")


def test_a_group_lists_its_members_and_an_empty_one_nobody():
    mail = parse_mail(letter(b"x", "Cc: Friends: a@example.org, B <b@example.org>;, c@example.org"))
    assert [each.address for each in mail.cc] == ["a@example.org", "b@example.org", "c@example.org"]
    assert parse_mail(letter(b"x", "Cc: undisclosed-recipients:;")).cc == ()


def test_ids_come_without_brackets_in_order_and_once():
    mail = parse_mail(
        letter(
            b"x", "In-Reply-To: <b@x>\r\n (of Monday)", "References: <a@x> <b@x>\r\n\t<a@x> <c@x>"
        )
    )
    assert mail.message_id == "one@example.org"
    assert mail.in_reply_to == "b@x"
    assert mail.references == ("a@x", "b@x", "c@x")


def test_a_mail_without_an_id_has_an_empty_one_and_says_so():
    mail = parse_mail(b"From: a@example.org\n\nhello")
    assert mail.message_id == ""
    assert "no_message_id" in mail.defects


@pytest.mark.parametrize(
    "stated",
    [
        "Mon, 5 Jan 2026 14:03:00 +0800",
        "5 Jan 26 14:03 +0800 (CST)",
        "Monday, 05-Jan-2026 06:03:00 GMT",
        "Mon Jan  5 06:03:00 2026",
        "Mon, 5 Jan 2026 01:03:00 EST",
        "2026-01-05T14:03:00+08:00",
        "Mon, 5 Jan 2026 06:03:00",
        "Mon, 5 Jan 2026 14.03.00 +0800",
    ],
)
def test_a_date_in_any_spelling_becomes_utc(stated: str):
    wanted = datetime(2026, 1, 5, 6, 3, tzinfo=UTC)
    assert parse_mail(letter(b"x", f"Date: {stated}")).date == wanted


@pytest.mark.parametrize(
    "stated", ["soon", "Mon, 45 Jan 2026 14:03", "1 Jan 0001 00:00", "5 Jan 9999 1:00"]
)
def test_an_absurd_date_gives_way_to_the_newest_received_line(stated: str):
    received = "Received: from a by b; Mon, 5 Jan 2026 06:03:00 +0000"
    assert parse_mail(letter(b"x", f"Date: {stated}")).date is None
    assert parse_mail(letter(b"x", f"Date: {stated}", received)).date == datetime(
        2026, 1, 5, 6, 3, tzinfo=UTC
    )


def test_junk_between_headers_hides_neither_headers_nor_text():
    mail = parse_mail(b"From: a@example.org\r\njunk line\r\nSubject: still here\r\n\r\nhello")
    assert (mail.subject, mail.text) == ("still here", "hello")
    assert "header_junk" in mail.defects


def test_a_mailbox_line_before_the_headers_is_passed_over():
    assert parse_mail(b"From ann Mon Jan  5\nSubject: here\n\nhello").subject == "here"


def test_lone_carriage_returns_end_lines():
    mail = parse_mail(b"From: a@example.org\rSubject: old Mac\r\rhello\rworld")
    assert (mail.subject, mail.text) == ("old Mac", "hello\nworld")
