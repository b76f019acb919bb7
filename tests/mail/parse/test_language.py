"""The language of short texts is found, and nothing is made up where too little is written."""

import pytest

from bench.corpus_languages import SAMPLES, samples
from deskapp.mail.parse.language import language_of


@pytest.mark.parametrize(("file", "least"), [("languages", 0.99), ("second", 0.97)])
def test_short_texts_of_customers_are_known(file: str, least: float):
    pairs = samples(SAMPLES / f"{file}.txt")
    right = [language_of(text) == wanted for wanted, text in pairs]
    assert len(pairs) > 90
    assert sum(right) / len(right) >= least


@pytest.mark.parametrize("text", ["ok", "#1004?", "OK!!", "1004", "", "XL / M", "ann@mail.example"])
def test_numbers_and_single_words_have_no_language(text: str):
    assert language_of(text, "Re: Đơn hàng của bạn đã được gửi") == ""


def test_the_subject_of_a_first_mail_helps_a_short_one():
    assert language_of("1004", "Đơn hàng của tôi đâu?") == "vi"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("don hang cua toi dau roi shop", "vi"),
        ("Can you hang the picture at an angle for me", "en"),
        ("Saya mau beli dua lagi", "id"),
        ("好的", ""),
        ("謝謝", "zh-Hant"),
        ("谢谢", "zh-Hans"),
    ],
)
def test_what_may_be_two_languages_is_told_apart_or_left_open(text: str, language: str):
    assert language_of(text) == language
