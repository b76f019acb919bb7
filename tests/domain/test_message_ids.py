"""Our Message-IDs: everybody can read them, nobody else can make one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.message_ids import is_ours, make_message_id

SECRET = b"a desk's secret of 32 bytes or so"
TOKEN = "0123456789abcdef01234567"


def test_an_id_we_made_is_ours() -> None:
    message_id = make_message_id(SECRET, "shop.example", TOKEN)
    assert message_id.isascii()
    assert message_id.startswith(TOKEN)
    assert message_id.endswith("@shop.example")
    assert is_ours(SECRET, message_id)
    assert is_ours(SECRET, f" <{message_id.upper()}>\r\n")


def test_another_desks_id_is_not_ours() -> None:
    assert not is_ours(SECRET, make_message_id(b"another secret", "shop.example", TOKEN))


def test_any_changed_letter_breaks_the_signature() -> None:
    message_id = make_message_id(SECRET, "shop.example", TOKEN)
    for position, letter in enumerate(message_id):
        other = "0" if letter != "0" else "1"
        assert not is_ours(SECRET, message_id[:position] + other + message_id[position + 1 :])


def test_an_international_domain_is_written_in_ascii() -> None:
    message_id = make_message_id(SECRET, "магазин.рф", TOKEN)
    assert message_id.endswith("@xn--80aairftm.xn--p1ai")
    assert is_ours(SECRET, message_id)


def test_an_underscore_in_a_domain_stays() -> None:
    message_id = make_message_id(SECRET, "my_shop.local", TOKEN)
    assert message_id.endswith("@my_shop.local") and is_ours(SECRET, message_id)


@pytest.mark.parametrize(
    ("domain", "token"),
    [
        ("shop.example", "short"),
        ("shop.example", "with space 0123456789"),
        ("shop.example", "x" * 65),
        ("", TOKEN),
        ("shop.example>\r\nBcc: all", TOKEN),
        ("a..б", TOKEN),
    ],
)
def test_what_no_id_can_carry_is_refused(domain: str, token: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        make_message_id(SECRET, domain, token)


@given(st.text())
def test_no_text_is_taken_for_ours(message_id: str) -> None:
    assert not is_ours(SECRET, message_id)
