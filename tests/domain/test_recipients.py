"""Who an address is on a ticket."""

import pytest

from deskapp.domain.recipients import OnTicket, Role, who_is

ON = OnTicket(
    customer=frozenset({"mai@c.example"}),
    ours=frozenset({"support@s.example", "anna@s.example"}),
    last=frozenset({"mai@c.example", "boss@c.example", "lawyer@l.example"}),
    before=frozenset({"mai@c.example", "boss@c.example"}),
    bounced=frozenset({"boss@c.example"}),
)


@pytest.mark.parametrize(
    ("key", "role"),
    [
        ("mai@c.example", Role.CUSTOMER),
        ("anna@s.example", Role.COLLEAGUE),
        ("boss@c.example", Role.TAKES_PART),
        ("lawyer@l.example", Role.NEW),
        ("mia@c.example", Role.UNKNOWN),
    ],
)
def test_each_address_has_one_role(key: str, role: Role) -> None:
    assert who_is(key, ON).role is role


def test_on_the_first_message_nobody_is_new() -> None:
    first = OnTicket(last=frozenset({"boss@c.example"}))
    assert who_is("boss@c.example", first).role is Role.TAKES_PART


def test_an_address_that_bounced_says_so_whoever_it_is() -> None:
    assert who_is("boss@c.example", ON).bounced
    assert not who_is("mai@c.example", ON).bounced
