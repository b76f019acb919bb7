"""An order number is found however a customer spells it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.orders import number_key


@pytest.mark.parametrize(
    "spelling",
    ["#1001", "1001", "ORD-1001", "ord 1001", "００1001", "№1001", "№ 1001", "001001", "1001-EU"],
)
def test_prefix_hash_case_and_width_do_not_count(spelling: str) -> None:
    assert number_key(spelling) == "1001"


def test_letters_between_digits_are_the_number() -> None:
    assert number_key("#XP28-ct4a") == "xp28ct4a"
    assert number_key("xp28ct4b") != number_key("xp28ct4a")


def test_marketplace_numbers_keep_all_their_groups() -> None:
    assert number_key("123-1234567-7654321") == "12312345677654321"


def test_different_digits_never_share_a_key() -> None:
    assert len({number_key(f"#{n}") for n in range(2000)}) == 2000


def test_a_text_without_any_sign_of_a_number_has_no_key() -> None:
    assert number_key("") == number_key(" # ") == ""
    assert number_key("0000") == "0"


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert number_key(number_key(text)) == number_key(text)
