"""Orders with everything a shop tells: kept whole, filled up, never wiped or set back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from deskapp.data.queries.order_sources import file_source
from deskapp.data.queries.orders_write import save_orders
from deskapp.desk.context import Context
from deskapp.desk.orders import Orders
from deskapp.domain.order_rows import OrderDetail, OrderImport
from deskapp.domain.orders import (
    OrderData,
    OrderLine,
    OrderStatus,
    PostalAddress,
    Refund,
    Shipment,
    ShopCustomer,
    ShopReturn,
)
from tests.desk.house import NOW

HOME = PostalAddress(
    "Lê Thị Hồng Nhung", ("Căn 12", "45 Nguyễn Huệ"), "SW1A 1AA", "Huế", "", "VN", "+84 912 345 678"
)
COAT = OrderData(
    number="#2001",
    status="open",
    payment_status="paid",
    standing=OrderStatus.SHIPPED,
    placed_at=NOW - timedelta(days=3),
    currency="EUR",
    total=Decimal("120.50"),
    customer_name="Lê Thị Hồng Nhung",
    email="nhung@customer.example",
    phone="0912 345 678",
    shipping_address=HOME.text,
    lines=(
        OrderLine("C-1", "Coat", Decimal(1), Decimal("100.00"), "L1", "https://cdn.example/1.png"),
        OrderLine("S-1", "Scarf", Decimal(2), Decimal("10.25"), "L2"),
    ),
    shipments=(Shipment("GLS", "GLS 12-34", "", NOW, None, "in transit", NOW + timedelta(days=2)),),
    ref="gid://shop/Order/1",
    changed_at=NOW - timedelta(hours=2),
    cancelled_at=datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC),
    language="vi-VN",
    tags=("vip", "gấp, nhé"),
    page="https://shop.example/orders/1",
    ship_to=HOME,
    bill_to=replace(HOME, name="王小明", postcode="100-0001"),
    refunds=(Refund("R1", Decimal("10.25"), "EUR", NOW, "one scarf\nwas torn"),),
    returns=(ShopReturn("T1", "#2001-R1", "open", Decimal(1), NOW),),
    customer=ShopCustomer("C9", NOW - timedelta(days=900), 7, Decimal("812.30"), "EUR"),
)


@pytest.fixture
def orders(context: Context) -> Orders:
    return Orders(context)


def _tell(context: Context, *reading: OrderData, hidden: bool = False) -> OrderImport:
    with context.database.writing() as unit:
        source = file_source(unit, "Shop", "shopify", "", NOW)
        return save_orders(unit, source, reading, NOW, hidden=hidden)


def _only(orders: Orders) -> OrderDetail:
    [one] = orders.ids()
    return orders.detail(one)


def test_everything_a_shop_tells_comes_back(context: Context, orders: Orders) -> None:
    assert _tell(context, COAT).new == 1
    kept = _only(orders)
    assert (kept.lines, kept.shipments) == (COAT.lines, COAT.shipments)
    assert (kept.refunds, kept.returns) == (COAT.refunds, COAT.returns)
    assert (kept.ship_to, kept.bill_to) == (COAT.ship_to, COAT.bill_to)
    assert (kept.shop_customer, kept.tags, kept.language) == (COAT.customer, COAT.tags, "vi-VN")
    assert (kept.ref, kept.page, kept.whole) == (COAT.ref, COAT.page, True)
    assert kept.row.changed_at == COAT.changed_at
    assert kept.row.cancelled_at == datetime(2026, 11, 20, 1, 2, 3, 457000, tzinfo=UTC)


def test_the_same_telling_again_writes_nothing(context: Context, orders: Orders) -> None:
    _tell(context, COAT)
    before = _only(orders)
    with context.database.writing() as unit:
        source = file_source(unit, "Shop", "shopify", "", NOW)
        assert save_orders(unit, source, [COAT], NOW) == OrderImport(0, 0, 1)
        assert not unit.touched.areas
        assert not unit.touched.customers
    assert _only(orders) == before


def test_an_older_telling_never_sets_an_order_back(context: Context, orders: Orders) -> None:
    _tell(context, COAT)
    before = _only(orders)
    earlier = replace(COAT, changed_at=NOW - timedelta(hours=3), status="pending", lines=())
    assert _tell(context, earlier).unchanged == 1
    later = replace(COAT, changed_at=NOW, status="closed")
    assert _tell(context, later, earlier).updated == 1
    assert _only(orders).row.status_text == "closed"
    assert _only(orders).lines == before.lines


def test_what_a_key_may_not_see_is_not_wiped(context: Context, orders: Orders) -> None:
    _tell(context, COAT)
    veiled = replace(
        COAT, changed_at=NOW, customer_name="", email="", phone="", shipping_address="",
        ship_to=None, bill_to=None, customer=None, payment_status="refunded", returns=(),
    )  # fmt: skip
    assert _tell(context, veiled, hidden=True).updated == 1
    kept = _only(orders)
    assert kept.row.payment_text == "refunded"
    assert (kept.row.email, kept.row.name) == (COAT.email, COAT.customer_name)
    assert (kept.ship_to, kept.shop_customer, kept.returns) == (HOME, COAT.customer, COAT.returns)
    assert _tell(context, veiled, hidden=True).unchanged == 1
    assert _tell(context, replace(veiled, changed_at=NOW + timedelta(1))).updated == 1
    assert _only(orders).row.email == ""


def test_a_telling_in_part_keeps_what_was_known_and_takes_what_is_new(
    context: Context, orders: Orders
) -> None:
    _tell(context, COAT)
    fewer = replace(COAT.lines[0], quantity=Decimal(3))
    second = Shipment("GLS", "GLS99", "", NOW, None)
    listed = replace(
        COAT, whole=False, changed_at=NOW, lines=(fewer,), shipments=(second,), refunds=()
    )
    assert _tell(context, listed).updated == 1
    kept = _only(orders)
    assert kept.lines == (fewer, COAT.lines[1])
    assert kept.shipments == (*COAT.shipments, second)
    assert (kept.refunds, kept.whole) == (COAT.refunds, False)
    assert _tell(context, listed).unchanged == 1
    assert _tell(context, replace(listed, whole=True)).updated == 1
    assert (_only(orders).lines, _only(orders).whole) == ((fewer,), True)
    assert _tell(context, listed).unchanged == 1, "the same state told in part is known whole"


def test_a_file_beside_a_shop_only_fills_gaps(context: Context, orders: Orders) -> None:
    _tell(context, replace(COAT, phone="", note="", language=""))
    exported = OrderData("#2001", status="paid", phone="0912 345 678", note="ring twice")
    assert _tell(context, exported).updated == 1
    kept = _only(orders)
    assert (kept.row.phone, kept.note) == ("0912 345 678", "ring twice")
    assert (kept.row.status_text, kept.lines, kept.ref) == ("open", COAT.lines, COAT.ref)


def test_an_order_whose_number_the_shop_has_changed_stays_one_order(
    context: Context, orders: Orders
) -> None:
    _tell(context, COAT)
    assert _tell(context, replace(COAT, number="A-77", changed_at=NOW)).updated == 1
    assert _only(orders).row.number == "A-77"
    _tell(context, replace(COAT, number="A-78", ref="2"))
    taken = replace(COAT, number="A-78", changed_at=NOW + timedelta(1))
    assert _tell(context, taken).updated == 1
    assert {row.number for row in orders.rows(orders.ids())} == {"A-77", "A-78"}


def test_of_two_tellings_in_one_page_the_later_change_counts(
    context: Context, orders: Orders
) -> None:
    late, early = replace(COAT, changed_at=NOW, status="late"), replace(COAT, status="early")
    assert _tell(context, late, early).new == 1
    assert _only(orders).row.status_text == "late"


def test_a_parcel_is_found_however_its_number_is_typed(context: Context, orders: Orders) -> None:
    _tell(context, COAT)
    for typed in ("gls1234", "GLS 12 34", "gls-12-34", "ＧＬＳ１２３４"):
        assert [row.number for row in orders.find(typed)] == ["#2001"], typed
