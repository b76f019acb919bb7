"""When a mail asks for its answer at another address than it came from."""

import pytest

from deskapp.domain.mail import Address
from deskapp.domain.recipients import answers_elsewhere

MAI = Address("Mai", "mai@customer.example")


@pytest.mark.parametrize(
    ("asked", "stranger"),
    [
        ((), None),
        (("MAI@customer.example",), None),
        (("office@customer.example",), False),
        (("mai@mail.customer.example",), False),  # the same owner
        (("mai@custorner.example",), True),
        (("mai@customer.example", "thief@evil.example"), True),
        (("mai@gmail.example",), False),  # known of the customer
    ],
)
def test_another_site_that_is_not_known_is_a_stranger(
    asked: tuple[str, ...], stranger: bool | None
) -> None:
    people = [Address("", one) for one in asked]
    found = answers_elsewhere(MAI, people, {"mai@gmail.example"})
    assert (None if found is None else found.stranger) == stranger
