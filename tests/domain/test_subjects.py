"""Subjects: what stays when the answering and forwarding marks of all languages are gone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.subjects import base_subject, reply_subject


@pytest.mark.parametrize(
    "subject",
    [
        "My order",
        "Re: My order",
        "RE: re: Fwd: My order",
        "Re[2]: My order",
        "回复: My order",
        "答复：回覆： My order",
        "Trả lời: Chuyển tiếp: My order",
        unicodedata.normalize("NFD", "Trả lời: My order"),
        "Отв: На: Пересл: My order",
        "转发: 轉寄：My order",
        "AW: WG: My order",
        "RE\u00a0: My\r\n order",
        "Re:Re:Re:My order ",
    ],
)
def test_the_base_of_each_is_the_same(subject: str) -> None:
    assert base_subject(subject) == "My order"
    assert reply_subject(subject) == "Re: My order"


@pytest.mark.parametrize(
    "subject", ["Regarding: you", "Return: shoes", "Refund", "回复时间", "На складе?"]
)
def test_a_word_that_only_begins_alike_stays(subject: str) -> None:
    assert base_subject(subject) == subject


def test_an_empty_subject_is_answered_with_a_bare_mark() -> None:
    assert reply_subject("") == reply_subject("Re: ") == "Re:"


@given(st.text(alphabet=st.sampled_from("Re:：Fwd回复 \r\n[2]a")))
def test_answers_never_pile_up(subject: str) -> None:
    assert reply_subject(reply_subject(subject)) == reply_subject(subject)
    assert "\n" not in reply_subject(subject)
    assert "\r" not in reply_subject(subject)
