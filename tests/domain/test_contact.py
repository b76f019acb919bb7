"""The same person is found again however their address or phone is spelt."""

import pytest

from deskapp.domain.contact import (
    contact_key,
    contact_value,
    is_mail_address,
    phone_key,
    phone_keys,
    phone_search_text,
    region_of_currency,
    region_of_language,
)
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind


@pytest.mark.parametrize(
    ("written", "language", "key"),
    [
        ("0912 345 678", "vi", "+84912345678"),
        ("0912-345-678", "zh-Hant", "+886912345678"),
        ("138 1234 5678", "zh-Hans", "+8613812345678"),
        ("8 (912) 345-67-89", "ru", "+79123456789"),
        ("０９１２３４５６７８", "vi", "+84912345678"),
        ("+84 (0) 912 345 678", "", "+84912345678"),
        ("+44 20 7946 0958", "vi", "+442079460958"),
        ("(+84) 912 345 678", "", "+84912345678"),
        ("0912\u2011345\u2013678", "vi", "+84912345678"),
        ("tel:+84912345678", "", "+84912345678"),
        ("8 (912) 345-67-89 доб. 12", "ru", "+79123456789"),
        ("010-12345678 转 801", "zh-Hans", "+861012345678"),
    ],
)
def test_a_phone_becomes_international_by_the_customers_language(
    written: str, language: str, key: str
) -> None:
    assert contact_key(ContactKind.PHONE, written, region_of_language(language)) == key


def test_a_phone_whose_country_nobody_knows_keeps_its_digits() -> None:
    assert contact_key(ContactKind.PHONE, "0912 345 678") == "0912345678"


def test_a_phone_is_kept_as_written_beside_its_key() -> None:
    assert contact_value(ContactKind.PHONE, "  8 (912)  345-67-89 ") == "8 (912) 345-67-89"


def test_a_mail_key_is_the_one_intake_files_by() -> None:
    written = "<Anna.Le@Example.COM>"
    assert contact_key(ContactKind.MAIL, written) == Address("", "Anna.Le@Example.COM").key


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Lan Nguyễn <lan@maydo.vn>", "lan@maydo.vn"),
        ("MAILTO:lan@maydo.vn?subject=Hi", "lan@maydo.vn"),
        ("\u200blan@maydo.vn", "lan@maydo.vn"),
    ],
)
def test_of_a_pasted_mail_the_address_is_kept(written: str, kept: str) -> None:
    assert contact_value(ContactKind.MAIL, written) == kept
    assert contact_key(ContactKind.MAIL, written) == kept


@pytest.mark.parametrize(
    ("one", "other", "network"),
    [
        ("0912 345 678", "+84912345678", "zalo"),
        ("https://zalo.me/0912345678", "(+84) 912-345-678", "zalo"),
        ("https://wa.me/79123456789", "+7 912 345-67-89", "whatsapp"),
        ("https://www.facebook.com/people/Lan/1000123", "1000123", "facebook"),
    ],
)
def test_one_person_in_a_messenger_has_one_key(one: str, other: str, network: str) -> None:
    first = contact_key(ContactKind.HANDLE, one, "VN", network)
    assert first == contact_key(ContactKind.HANDLE, other, "VN", network)


def test_profiles_without_a_name_are_told_apart_by_their_number() -> None:
    page = "https://www.facebook.com/profile.php?id="
    keys = {contact_key(ContactKind.HANDLE, f"{page}{one}") for one in (1000123, 1000124)}
    assert keys == {"facebook:1000123", "facebook:1000124"}


def test_a_handle_is_found_with_and_without_its_at_sign() -> None:
    assert contact_key(ContactKind.HANDLE, "@AnnaLe") == contact_key(ContactKind.HANDLE, "annale")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ContactKind.MAIL, ""),
        (ContactKind.MAIL, "anna"),
        (ContactKind.MAIL, "anna@"),
        (ContactKind.PHONE, "0912 345 678 / 0987 654 321"),
        (ContactKind.MAIL, "anna@example..com"),
        (ContactKind.MAIL, "anna@example.com, ben@example.com"),
        (ContactKind.MAIL, "a" * 65 + "@example.com"),
        (ContactKind.PHONE, "call me"),
        (ContactKind.PHONE, "12"),
        (ContactKind.HANDLE, " @ "),
    ],
)
def test_what_reaches_nobody_is_refused_with_its_kind(kind: ContactKind, value: str) -> None:
    with pytest.raises(Problem) as refused:
        contact_key(kind, value)
    assert refused.value.kind is ProblemKind.INVALID
    assert refused.value.details["what"] == kind.value


@pytest.mark.parametrize(
    "address", ["support@shop.test", "help@intranet", "иван@почта.рф", "o'neil+x@example.com"]
)
def test_ordinary_addresses_of_any_script_are_accepted(address: str) -> None:
    assert is_mail_address(address)


def test_a_phone_typed_without_its_country_is_looked_for_in_each_of_ours() -> None:
    keys = phone_keys("0912 345 678")
    assert {"+84912345678", "+886912345678", "0912345678"} <= set(keys)


def test_words_are_not_taken_for_a_phone() -> None:
    assert phone_keys("order 1001 from Anna") == ()
    assert phone_key("1Z999AA10123456784") == ""


def test_a_stored_phone_is_searched_as_people_write_it_at_home() -> None:
    assert "0912345678" in phone_search_text("+84912345678").split()
    assert phone_search_text("12345") == "12345"


def test_a_dollar_price_says_nothing_about_a_phones_country() -> None:
    assert region_of_currency("VND") == "VN"
    assert region_of_currency("USD") == ""
    assert region_of_language("en") == ""
    assert region_of_language("zh-TW") == "TW"
