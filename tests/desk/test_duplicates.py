"""Records that look like one person's are proposed with the reason, and only proposed."""

import pytest

from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.duplicates import Duplicates
from deskapp.desk.orders import Orders
from deskapp.domain.duplicates import SameBy, mail_trait
from deskapp.domain.ids import CustomerId
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem

from .customer_rows import ORDER


@pytest.fixture
def duplicates(context: Context) -> Duplicates:
    return Duplicates(context)


def _looked(duplicates: Duplicates) -> list[tuple[CustomerId, CustomerId, set[SameBy]]]:
    while duplicates.look(2):
        pass
    return sorted(
        (pair.one.id, pair.other.id, {kind for kind, _ in pair.reasons})
        for pair in duplicates.pairs()
    )


def test_spellings_of_one_address_are_one_trait() -> None:
    for one, other in (
        ("a.b+shop@gmail.com", "ab@googlemail.com"),
        ("anna+x@firm.example", "anna@firm.example"),
    ):
        assert mail_trait(one) == mail_trait(other)
    assert mail_trait("a.b@firm.example") != mail_trait("ab@firm.example")


def test_each_reason_is_found_and_told(customers: Customers, duplicates: Duplicates) -> None:
    mail = customers.create("Mai", "mai.lan@gmail.com")
    same_mail = customers.create("Lan", "mailan+shop@googlemail.com")
    phone = customers.create("Ivan", "", "+84 912 345 678")
    same_phone = customers.create("I.", "", "0912345678")
    named = customers.create("Olga Brandt", "olga@firm.example")
    same_name = customers.create("Olga  BRANDT", "o.brandt@eu.firm.example")
    customers.create("Olga Brandt", "olga@gmail.com")
    customers.create("Pavel", "", "+7 912 345 678 0")
    assert _looked(duplicates) == [
        (mail, same_mail, {SameBy.MAIL}),
        (phone, same_phone, {SameBy.PHONE}),
        (named, same_name, {SameBy.NAME}),
    ]
    assert duplicates.count() == 3


def test_an_order_with_the_mail_of_one_and_the_phone_of_another_joins_them(
    context: Context, customers: Customers, duplicates: Duplicates
) -> None:
    one = customers.create("Anna", ORDER.email)
    other = customers.create("Keller", "", ORDER.phone)
    assert _looked(duplicates) == []
    Orders(context).save("Shop", "file", "shopify", [ORDER])
    assert _looked(duplicates) == [(one, other, {SameBy.ORDER})]
    assert duplicates.of(one)[0].reasons == ((SameBy.ORDER, ORDER.number),)


def test_not_the_same_is_remembered(customers: Customers, duplicates: Duplicates) -> None:
    one = customers.create("Mai", "mai@firm.example")
    other = customers.create("Lan", "mai+b@firm.example")
    assert len(_looked(duplicates)) == 1
    duplicates.refuse(other, one)
    customers.edit(one, CustomerEdit(name="Mai L."))
    assert _looked(duplicates) == []
    assert duplicates.count() == 0
    with pytest.raises(Problem):
        duplicates.refuse(one, CustomerId(999))


def test_a_merge_ends_the_proposal_and_its_undoing_does_not_bring_it_back(
    customers: Customers, duplicates: Duplicates
) -> None:
    one = customers.create("Mai", "mai@firm.example")
    other = customers.create("Lan", "mai+b@firm.example")
    _looked(duplicates)
    customers.merge(one, other)
    assert _looked(duplicates) == []
    customers.unmerge(other)
    assert _looked(duplicates) == []


def test_what_half_the_desk_shares_proposes_nobody(
    context: Context, customers: Customers, duplicates: Duplicates
) -> None:
    for number in range(14):
        customers.create(f"C{number}", f"shop+{number}@firm.example")
    assert _looked(duplicates) == []


def test_a_contact_that_was_taken_off_takes_its_proposal_along(
    customers: Customers, duplicates: Duplicates
) -> None:
    one = customers.create("Mai", "mai@firm.example")
    customers.create("Lan", "mai+b@firm.example")
    assert len(_looked(duplicates)) == 1
    [contact] = customers.record(one).contacts
    customers.remove_contact(contact.id)
    assert _looked(duplicates) == []
