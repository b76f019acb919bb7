"""Finding words in the conversation that is open."""

import unicodedata

import pytest

from deskapp.domain.find_in_text import places


def found(text: str, words: str) -> list[str]:
    return [text[start:end] for start, end in places(text, words)]


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Đơn hàng của em, đơn HÀNG", "don hang", ["Đơn hàng", "đơn HÀNG"]),
        ("訂單還沒到，訂單", "订单", ["訂單", "訂單"]),
        ("Ещё раз: еще", "еще", ["Ещё", "еще"]),
        ("Мой заказ", "мой", ["Мой"]),
        ("where? here?", "?", ["?", "?"]),
        ("two\nlines", "two lines", ["two\nlines"]),
        ("a 😀 Straße", "strasse", ["Straße"]),
        ("nothing of it", "order", []),
        ("anything", "  ", []),
    ],
)
def test_words_are_found_whatever_their_case_and_marks(
    text: str, words: str, hits: list[str]
) -> None:
    assert found(text, words) == hits


def test_text_whose_marks_stand_apart_is_found_too() -> None:
    apart = unicodedata.normalize("NFD", "Mời bạn xem Đơn hàng, мой")
    assert len(found(apart, "hàng")) == 1
    assert len(found(apart, "мой")) == 1
