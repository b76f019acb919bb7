"""Quoting what is answered, as text and as markup."""

import pytest

from deskapp.domain.reply_quote import Said, quoted_html, quoted_text


def test_who_wrote_when_stands_above_the_quote() -> None:
    said = Said("21 November 2026", "Kim Lee", "Where is it?\n\n> Thanks\n")
    assert quoted_text([said], "en") == (
        "On 21 November 2026, Kim Lee wrote:\n> Where is it?\n>\n>> Thanks\n"
    )


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("vi-VN", "Vào 21/11/2026, Kim đã viết:"),
        ("zh-CN", "21/11/2026，Kim 写道："),
        ("zh-HK", "21/11/2026，Kim 寫道："),
        ("ru", "21/11/2026, Kim пишет:"),
        ("fr", "On 21/11/2026, Kim wrote:"),
        ("", "On 21/11/2026, Kim wrote:"),
    ],
)
def test_the_quote_is_introduced_in_the_customers_language(language: str, header: str) -> None:
    said = [Said("21/11/2026", "Kim", "Hello", "<p>Hello</p>")]
    assert header in quoted_text(said, language).splitlines()
    assert f">{header}</p>" in quoted_html(said, language)


@pytest.mark.parametrize("nothing", ["", "\n\n", "  \r\n "])
def test_nothing_to_quote_is_nothing(nothing: str) -> None:
    assert quoted_text([Said("today", "Kim", nothing)], "en") == ""
    assert quoted_html([Said("today", "Kim", nothing)], "en") == ""


def test_a_conversation_is_quoted_message_by_message() -> None:
    said = [Said("today", "Kim", "two"), Said("yesterday", "Anna", "one")]
    assert quoted_text(said, "en") == (
        "On today, Kim wrote:\n> two\n\nOn yesterday, Anna wrote:\n> one\n"
    )
    assert quoted_html(said, "en").count("<blockquote") == 2


def test_an_author_cannot_break_the_line_or_the_markup() -> None:
    said = [Said("today", "Kim\r\n{when}\n<b>Lee", "Hello <i>")]
    assert "On today, Kim {when} <b>Lee wrote:\n> Hello <i>\n" in quoted_text(said, "en")
    assert "&lt;b&gt;Lee" in quoted_html(said, "en") and "Hello &lt;i&gt;" in quoted_html(
        said, "en"
    )


def test_pictures_of_the_quoted_mail_leave_their_names() -> None:
    said = [Said("today", "Kim", "x", '<p>a<img src="cid:1" alt="box.jpg">b<img src="cid:2"></p>')]
    assert "<p>a[box.jpg]b</p>" in quoted_html(said, "en")


def test_a_very_long_markup_is_quoted_as_text() -> None:
    said = [Said("today", "Kim", "short", "<p>x</p>" * 100_000)]
    assert quoted_html(said, "en").endswith(">short</blockquote>")
