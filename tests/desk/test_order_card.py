"""The orders beside a ticket: whose they are, how many, for how much, and how they are found."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from deskapp.desk.canned import Canned
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.orders import Orders
from deskapp.desk.replies import Replies
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.order_card import Figures, Whose
from deskapp.domain.orders import (
    OrderData,
    OrderLine,
    OrderStatus,
    PostalAddress,
    Refund,
    Shipment,
    ShopCustomer,
)
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.canned_rows import ticket_of
from tests.desk.house import NOW

COAT = OrderData(
    number="#10482",
    standing=OrderStatus.SHIPPED,
    placed_at=NOW - timedelta(days=3),
    currency="EUR",
    total=Decimal("120.50"),
    customer_name="Lê Thị Hồng Nhung",
    email="nhung@customer.example",
    phone="0912 345 678",
    lines=(OrderLine("C-1", "Coat", Decimal(1), Decimal("120.50")),),
    shipments=(Shipment("GLS", "GLS 12-34", "https://gls.example/1234", NOW, None),),
    ship_to=PostalAddress("Nhung", ("1 Lê Lợi",), "SW1A 1AA", "Huế", "", "GB"),
)


@pytest.fixture
def orders(context: Context) -> Orders:
    return Orders(context)


@pytest.fixture
def nhung(customers: Customers) -> CustomerId:
    return customers.create("Lê Thị Hồng Nhung", "nhung@customer.example")


def _save(orders: Orders, *reading: OrderData, source: str = "Shop") -> None:
    orders.save(source, "file", "", reading)


def _found(orders: Orders, words: str) -> list[str]:
    return [row.number for row in orders.find(words)]


@pytest.mark.parametrize(
    "words",
    ["10482", "#10482", "gls1234", "GLS 12 34", "nhung@customer.example", "0912345678",
     "sw1a1aa", "SW1A 1AA", "hong nhung", "Hồng Nhung", "nhung@cust"],
)  # fmt: skip
def test_an_order_is_found_by_every_key(orders: Orders, words: str) -> None:
    _save(orders, COAT, replace(COAT, number="#7", customer_name="Tom", email="", phone="",
                                ship_to=None, shipments=()))  # fmt: skip
    assert _found(orders, words) == ["#10482"]


def test_a_phone_kept_without_its_country_is_found_with_it(orders: Orders) -> None:
    _save(orders, COAT)
    assert _found(orders, "+84 912 345 678") == ["#10482"]


def test_a_name_of_two_signs_is_found(orders: Orders) -> None:
    _save(orders, replace(COAT, customer_name="王伟"), replace(COAT, number="#9"))
    assert _found(orders, "王伟") == ["#10482"]


def test_any_mail_or_phone_of_a_customer_finds_all_their_orders(
    orders: Orders, customers: Customers, nhung: CustomerId
) -> None:
    _save(orders, COAT)
    customers.add_contact(nhung, ContactKind.MAIL, "office@customer.example")
    customers.add_contact(nhung, ContactKind.PHONE, "+49 30 901820")
    assert _found(orders, "office@customer.example") == ["#10482"]
    assert _found(orders, "+4930901820") == ["#10482"]


def test_what_fits_exactly_stands_before_what_is_similar(orders: Orders) -> None:
    _save(
        orders,
        replace(COAT, number="#55", customer_name="Coat", placed_at=NOW),
        replace(COAT, number="LO-10482-B", placed_at=NOW),
        replace(COAT, number="#4", customer_name="Mai Coats", lines=()),
        COAT,
    )
    assert _found(orders, "#10482")[0] == "#10482"
    assert _found(orders, "coat")[:2] == ["#55", "#4"]


def test_of_one_postcode_the_newest_come_first_and_undated_ones_last(orders: Orders) -> None:
    days = [NOW - timedelta(days=9), None, NOW]
    _save(orders, *(replace(COAT, number=f"#{n}", placed_at=at) for n, at in enumerate(days, 50)))
    assert _found(orders, "SW1A 1AA") == ["#52", "#50", "#51"]


def test_an_order_named_in_a_mail_is_shown_and_whose_it_is(
    context: Context, orders: Orders, customers: Customers, nhung: CustomerId
) -> None:
    tom = customers.create("Tom Becker", "tom@elsewhere.example")
    _save(orders, COAT, replace(COAT, number="#777", email="tom@elsewhere.example", phone=""))
    one = ticket_of(context, nhung, "Where are order #777 and order #99999?")
    card = orders.card(nhung, one)
    assert [(o.detail.row.number, o.whose, o.owner) for o in card.named] == [
        ("#777", Whose.OTHER, "Tom Becker")
    ]
    assert card.named[0].strange
    assert [(o.detail.row.number, o.whose) for o in card.newest] == [("#10482", Whose.THEIRS)]
    assert card.unknown == ("#99999",)
    assert orders.seen_from(card.named[0].detail.row.id, one).whose is Whose.OTHER
    assert orders.card(tom).newest[0].whose is Whose.THEIRS


def test_merged_people_are_one_and_colleagues_are_told_apart(
    orders: Orders, customers: Customers, nhung: CustomerId
) -> None:
    other = customers.create("N. Le", "nle@office.example")
    colleague = customers.create("Bob", "bob@office.example")
    for one in (nhung, colleague):
        customers.edit(one, CustomerEdit(company="Lotus GmbH"))
    _save(
        orders,
        replace(COAT, number="#901", email="nle@office.example", phone=""),
        replace(COAT, number="#902", email="bob@office.example", phone=""),
        replace(COAT, number="#903", email="", phone=""),
        replace(COAT, number="#904", email="nobody@else.example", phone=""),
    )
    customers.merge(nhung, other)
    numbers = ("#901", "#902", "#903", "#904")
    told = {number: orders.look_up(number, nhung)[0].whose for number in numbers}
    assert told == {
        "#901": Whose.THEIRS,
        "#902": Whose.COMPANY,
        "#903": Whose.NOBODY,
        "#904": Whose.OTHER,
    }
    assert [one.whose for one in orders.look_up("#901", None)] == [Whose.OTHER]


def test_spend_is_never_summed_across_currencies_and_less_what_was_given_back(
    orders: Orders, nhung: CustomerId
) -> None:
    _save(
        orders,
        replace(COAT, refunds=(Refund("R", Decimal("20.50"), "EUR", NOW),)),
        replace(COAT, number="#2", currency="VND", total=Decimal(249000)),
        replace(COAT, number="#3", standing=OrderStatus.CANCELLED),
    )
    card = orders.card(nhung)
    assert card.figures == (Figures("", 3, (("EUR", Decimal("100.00")), ("VND", Decimal(249000)))),)
    assert (card.orders, card.since) == (3, NOW - timedelta(days=3))


def test_a_shop_that_tells_of_its_customer_is_believed(orders: Orders, nhung: CustomerId) -> None:
    since = NOW - timedelta(days=900)
    told = ShopCustomer("C9", since, 7, Decimal("812.30"), "EUR")
    _save(orders, replace(COAT, customer=told))
    _save(orders, replace(COAT, number="E-5555", total=Decimal(10)), source="Etsy")
    card = orders.card(nhung)
    assert card.figures == (
        Figures("Shop", 7, (("EUR", Decimal("812.30")),)),
        Figures("", 1, (("EUR", Decimal(10)),)),
    )
    assert card.since == since


def test_an_order_picked_for_a_ticket_fills_its_placeholders_and_is_kept_with_the_draft(
    context: Context, orders: Orders, canned: Canned, nhung: CustomerId
) -> None:
    _save(orders, COAT, replace(COAT, number="#7", placed_at=NOW, shipments=()))
    one = ticket_of(context, nhung, "Where is it?")
    replies = Replies(context)
    [picked] = [row.id for row in orders.find("#10482")]
    draft = replies.save(replace(replies.draft(one), body="Hi", order=picked))
    assert replies.draft(one).order == picked
    made = canned.render_text(
        "{{ order.number }} {{ order.carrier }} {{ order.items }} {{ order.status_words }}",
        one,
        order=draft.order,
        language="vi",
    )
    assert made.text == "#10482 GLS 1 × Coat on its way"
    assert canned.variables(one)["order"]["number"] == "#7"  # type: ignore[index]


def test_a_number_of_two_shops_is_shown_of_both_and_never_chosen_by_itself(
    context: Context, orders: Orders, canned: Canned, nhung: CustomerId
) -> None:
    _save(orders, COAT)
    _save(orders, replace(COAT, placed_at=NOW, email="tom@else.example", phone=""), source="Etsy")
    one = ticket_of(context, nhung, "Where is order #10482?")
    told = [(row.detail.row.source, row.whose) for row in orders.card(nhung, one).named]
    assert told == [("Shop", Whose.THEIRS), ("Etsy", Whose.OTHER)]
    assert canned.variables(one)["order"]["tracking"] == "GLS 12-34"  # type: ignore[index]
    _save(orders, replace(COAT, placed_at=NOW), source="eBay")
    assert canned.variables(one)["order"] == {}
    with pytest.raises(Problem) as refused:
        orders.one_numbered("10482")
    assert refused.value.kind is ProblemKind.DUPLICATE


def test_the_parcel_that_can_be_followed_is_the_one_that_is_told(
    orders: Orders, nhung: CustomerId
) -> None:
    later = Shipment("", "", "javascript:alert(1)", NOW, None)
    _save(orders, replace(COAT, shipments=(*COAT.shipments, later)))
    row = orders.card(nhung).newest[0].detail.row
    assert (row.tracking_number, row.tracking_url) == ("GLS 12-34", "https://gls.example/1234")
