"""Which spellings of an address are the same person."""

import pytest

from deskapp.domain.contact import ContactKind, contact_key
from deskapp.domain.mail import Address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@Example.ORG", "ann@example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@BÜCHER.example", "ann@XN--BCHER-KVA.example"),
        ("иван@почта.example", "иван@xn--80a1acny.example"),
        ("chau@cửahàng.example", "chau@xn--cahng-tqa2694c.example"),
    ],
)
def test_these_are_one_person(one: str, other: str):
    assert Address("", one).key == Address("", other).key
    assert contact_key(ContactKind.MAIL, one) == contact_key(ContactKind.MAIL, other)


@pytest.mark.parametrize("odd", ["ann@xn--", "ann@xn--999999999.example", "xn--bcher-kva", "ann@"])
def test_a_domain_that_cannot_be_read_stays_as_it_is(odd: str):
    assert Address("", odd).key == Address("", Address("", odd).key).key


def test_a_mailbox_is_never_taken_for_a_domain():
    assert Address("", "xn--bcher-kva@example.org").key == "xn--bcher-kva@example.org"
