"""Senders whose pictures are shown without asking: kept by the desk, taken back again."""

from collections.abc import Iterator

import pytest

from deskapp.data.queries.people_write import ensure_customers
from deskapp.data.queries.picture_senders import remove_picture_senders_of
from deskapp.desk.context import Context
from deskapp.desk.pictures import Pictures
from deskapp.domain.mail import Address
from tests.desk.house import NOW, opened

SHOP = Address("Shop", "News@Shop.example")


@pytest.fixture
def pictures(desk_url: str) -> Iterator[Pictures]:
    with opened(desk_url) as context:
        assert isinstance(context, Context)
        yield Pictures(context)


def test_nobody_is_allowed_until_somebody_says_so(pictures: Pictures) -> None:
    assert not pictures.always(SHOP)
    pictures.allow(SHOP)
    pictures.allow(SHOP)
    assert pictures.always(Address("", " news@shop.example"))
    assert not pictures.always(Address("Shop", "news@other.example"))
    pictures.forbid(SHOP)
    assert not pictures.always(SHOP)


def test_a_mail_without_an_address_cannot_be_allowed(pictures: Pictures) -> None:
    pictures.allow(Address("Shop", ""))
    assert not pictures.always(Address("Shop", ""))


def test_erasing_a_customer_can_take_their_permission_with_them(desk_url: str) -> None:
    other = Address("Other", "other@shop.example")
    with opened(desk_url) as context:
        pictures = Pictures(context)
        pictures.allow(SHOP)
        pictures.allow(other)
        with context.database.writing() as unit:
            customer = ensure_customers(unit, [(SHOP, "")], NOW)[SHOP.key]
            remove_picture_senders_of(unit, customer)
        assert (pictures.always(SHOP), pictures.always(other)) == (False, True)
