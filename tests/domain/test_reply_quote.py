"""Quoting the message that is answered."""

import pytest

from deskapp.domain.reply_quote import quote_reply


def test_the_answer_stands_above_the_quote() -> None:
    text = quote_reply(
        "It left today.\n\nAnna\n",
        "21 November 2026",
        "Kim Lee",
        "Where is it?\n\n> Thanks\n",
        "en",
    )
    assert text == (
        "It left today.\n\nAnna\n\n"
        "On 21 November 2026, Kim Lee wrote:\n"
        "> Where is it?\n>\n>> Thanks\n"
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
    assert header in quote_reply("Hi", "21/11/2026", "Kim", "Hello", language).splitlines()


@pytest.mark.parametrize("nothing", ["", "\n\n", "  \r\n "])
def test_nothing_to_quote_leaves_the_answer_alone(nothing: str) -> None:
    assert quote_reply("Hi\n", "today", "Kim", nothing, "en") == "Hi\n"


def test_an_author_cannot_break_the_line() -> None:
    text = quote_reply("Hi", "today", "Kim\r\n{when}\nLee", "Hello", "en")
    assert "On today, Kim {when} Lee wrote:\n> Hello\n" in text
