"""Orders: read once, brought up to date, found by whatever a customer has at hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert

from deskapp.data.tables.people import contact_point, customer
from deskapp.desk.context import Context
from deskapp.desk.orders import Orders
from deskapp.domain.contact import contact_key
from deskapp.domain.ids import CustomerId, OrderId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.orders import OrderData, OrderLine, OrderStatus, Shipment
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.house import NOW

SHIRT = OrderData(
    number="#1001",
    status="paid",
    payment_status="paid",
    fulfilment_status="fulfilled",
    standing=OrderStatus.SHIPPED,
    placed_at=datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=UTC),
    currency="VND",
    total=Decimal("1249000.00"),
    customer_name="Nguyễn Văn Minh",
    email="Minh.Nguyen@example.com",
    phone="0912 345 678",
    note="Gift wrap",
    shipping_address="12 Lê Lợi\nHà Nội",
    lines=(
        OrderLine("TS-BLUE-M", "Áo thun cotton xanh", Decimal("1"), Decimal("249000")),
        OrderLine("", "Ấm trà gốm", Decimal("2.5"), None),
    ),
    shipments=(Shipment("UPS", "1Z999AA10123456784", "https://ups.example/1Z", None, NOW),),
)
POT = OrderData(
    number="ORD-2002",
    standing=OrderStatus.OPEN,
    placed_at=datetime(2026, 11, 20, tzinfo=UTC),
    customer_name="王小明",
    email="wang@example.org",
    phone="+886 912 345 678",
)


@pytest.fixture
def orders(context: Context) -> Orders:
    return Orders(context)


def _save(orders: Orders, *reading: OrderData, source: str = "Shop") -> OrderImport:
    return orders.save(source, "file", "shopify", reading)


def _customer(context: Context, name: str, kind: ContactKind, value: str) -> CustomerId:
    with context.database.writing() as unit:
        made = unit.connection.execute(
            insert(customer).values(name=name, created_at=NOW).returning(customer.c.id)
        ).scalar_one()
        unit.connection.execute(
            insert(contact_point).values(
                customer_id=made,
                kind=kind,
                value=value,
                value_key=contact_key(kind, value),
                created_at=NOW,
            )
        )
    return CustomerId(made)


def test_an_order_comes_back_as_its_source_told_it(orders: Orders) -> None:
    assert _save(orders, SHIRT) == OrderImport(new=1, updated=0, unchanged=0)
    [row] = orders.find("#1001")
    detail = orders.detail(row.id)
    assert detail.row == row
    assert (row.source, row.number, row.status) == ("Shop", "#1001", OrderStatus.SHIPPED)
    assert (row.total, row.currency) == (Decimal("1249000"), "VND")
    assert (row.items, row.tracking_number) == (2, "1Z999AA10123456784")
    assert (row.name, row.phone) == ("Nguyễn Văn Minh", "0912 345 678")
    assert (detail.lines, detail.shipments) == (SHIRT.lines, SHIRT.shipments)
    assert (detail.address, detail.note) == ("12 Lê Lợi\nHà Nội", "Gift wrap")
    assert row.placed_at == datetime(2026, 11, 2, 9, 30, 0, 123000, tzinfo=UTC)


def test_the_same_reading_again_changes_nothing(orders: Orders) -> None:
    _save(orders, SHIRT, POT)
    before = orders.rows(orders.ids())
    assert _save(orders, SHIRT, POT) == OrderImport(new=0, updated=0, unchanged=2)
    assert orders.rows(orders.ids()) == before


def test_a_changed_order_is_brought_up_to_date_with_its_parts(orders: Orders) -> None:
    _save(orders, SHIRT, POT)
    sent = replace(
        POT,
        standing=OrderStatus.SHIPPED,
        lines=(OrderLine("P", "Teapot", Decimal(1), None),),
        shipments=(Shipment("GHN", "GHN777", "", NOW, None),),
    )
    assert _save(orders, SHIRT, sent) == OrderImport(new=0, updated=1, unchanged=1)
    [row] = orders.find("GHN777")
    assert (row.number, row.status, row.items, row.version) == ("ORD-2002", "shipped", 1, 2)
    assert _save(orders, replace(sent, lines=(), shipments=())).updated == 1
    detail = orders.detail(row.id)
    assert (detail.lines, detail.shipments) == ((), ())
    assert orders.find("GHN777") == ()


def test_two_sources_may_use_one_number(orders: Orders) -> None:
    _save(orders, SHIRT)
    assert _save(orders, replace(SHIRT, email="other@example.com"), source="Etsy").new == 1
    assert {row.source for row in orders.find("1001")} == {"Shop", "Etsy"}
    assert [(row.name, row.orders, row.read_at) for row in orders.sources()] == [
        ("Etsy", 1, NOW),
        ("Shop", 1, NOW),
    ]


def test_a_reading_that_fails_leaves_nothing_behind(orders: Orders) -> None:
    broken = replace(POT, placed_at=datetime(2026, 1, 1), total=Decimal("NaN"))  # noqa: DTZ001
    with pytest.raises(Exception):  # noqa: B017 - any fault will do, the whole must go
        _save(orders, SHIRT, replace(broken, lines=(OrderLine("", "", None, None),)))  # type: ignore[arg-type]
    assert (orders.ids(), orders.sources()) == ([], ())


@pytest.mark.parametrize(
    "words",
    ["#1001", "1001", " ord-1001 ", "№1001", "１００１", "minh.nguyen@example.com",
     "MINH.NGUYEN@ex", "minh.nguyen", "nguyen@example", "inh.ngu", "0912345678", "+84 912 345 678",
     "091234", "nguyen van minh", "Minh Nguyễn", "1z999aa10123456784",
     "1Z 999 AA1 0123 4567 84", "1Z999AA1",
     "ts-blue", "ao thun"],
)  # fmt: skip
def test_an_order_is_found_by_what_the_customer_has_at_hand(orders: Orders, words: str) -> None:
    _save(orders, SHIRT, replace(POT, phone="+7 912 000 11 22"))
    assert [row.number for row in orders.find(words)] == ["#1001"]


@pytest.mark.parametrize(
    "words", ["", "  ", "1002", "nobody@example.net", "0999 888 777", "%", "\x00"]
)
def test_what_no_order_has_finds_none(orders: Orders, words: str) -> None:
    _save(orders, SHIRT, POT)
    assert orders.find(words) == ()


def test_a_name_in_the_other_chinese_script_is_found(orders: Orders) -> None:
    _save(orders, SHIRT, replace(POT, customer_name="陳麗華"))
    assert [row.number for row in orders.find("陈丽华")] == ["ORD-2002"]


def test_the_number_spelt_just_so_comes_before_its_neighbours(orders: Orders) -> None:
    others = [replace(POT, number=f"#100{digit}") for digit in range(10)]
    _save(orders, *others, replace(POT, number="#100", placed_at=None))
    assert orders.find("100", limit=1)[0].number == "#100"


def test_numbers_in_a_mail_lead_to_their_orders(orders: Orders) -> None:
    _save(orders, SHIRT, POT)
    _save(orders, replace(POT, number="1001"), source="Etsy")
    ids = {row.number: row.id for row in orders.rows(orders.ids())}
    numbers = ("#1001", "1001", "2002", "9999", "#")
    assert {number: orders.numbered(number) for number in numbers} == {
        "#1001": (ids["#1001"], ids["1001"]),
        "1001": (ids["1001"], ids["#1001"]),
        "2002": (ids["ORD-2002"],),
        "9999": (),
        "#": (),
    }
    with pytest.raises(Problem) as told:
        orders.one_numbered("1001")
    assert told.value.details["what"] == "order_number"
    assert orders.one_numbered("etsy: 1001") == ids["1001"]
    assert orders.one_numbered("2002") == ids["ORD-2002"]


def test_the_newest_orders_are_listed_first(orders: Orders) -> None:
    _save(orders, replace(SHIRT, number="undated", placed_at=None), SHIRT, POT)
    listed = [row.number for row in orders.rows(orders.ids())]
    assert listed == ["ORD-2002", "#1001", "undated"]
    assert len(orders.ids(limit=2)) == 2


def test_an_order_belongs_to_the_customer_who_has_its_mail_address(
    context: Context, orders: Orders
) -> None:
    minh = _customer(context, "Minh", ContactKind.MAIL, "MINH.nguyen@example.com")
    _customer(context, "Somebody", ContactKind.PHONE, "+84 912 345 678")
    _save(orders, SHIRT, POT)
    [detail] = orders.for_customer(minh)
    assert detail.row.number == "#1001"
    assert orders.find("2002")[0].customer_id is None


def test_an_order_without_a_known_address_belongs_to_whoever_has_its_phone(
    context: Context, orders: Orders
) -> None:
    minh = _customer(context, "Minh", ContactKind.PHONE, "+84 912 345 678")
    _save(orders, SHIRT)
    assert [one.row.number for one in orders.for_customer(minh)] == ["#1001"]


def test_an_order_given_to_another_address_changes_hands(context: Context, orders: Orders) -> None:
    minh = _customer(context, "Minh", ContactKind.MAIL, "minh.nguyen@example.com")
    lan = _customer(context, "Lan", ContactKind.MAIL, "lan@example.com")
    _save(orders, SHIRT)
    _save(orders, replace(SHIRT, email="lan@example.com"))
    assert orders.for_customer(minh) == ()
    assert len(orders.for_customer(lan)) == 1


def test_a_long_reading_is_stored_whole(orders: Orders) -> None:
    reading = [
        replace(SHIRT, number=f"#{number}", placed_at=NOW - timedelta(minutes=number))
        for number in range(1, 1205)
    ]
    assert _save(orders, *reading).new == 1204
    changed = [replace(one, note="x") if place % 2 else one for place, one in enumerate(reading)]
    assert _save(orders, *changed) == OrderImport(new=0, updated=602, unchanged=602)
    rows = orders.rows(orders.ids())
    assert [row.number for row in rows] == [one.number for one in reading]
    assert {row.items for row in rows} == {2}


def test_text_a_database_cannot_hold_is_made_to_fit(orders: Orders) -> None:
    odd = replace(
        POT,
        number="9" * 200,
        email="x" * 400 + "@example.com",
        phone="1" * 90,
        currency="dong",
        note="a\x00b",
        lines=(OrderLine("S" * 200, "t\x00", Decimal(1), None),),
    )
    assert _save(orders, odd).new == 1
    assert _save(orders, odd).unchanged == 1


def test_an_order_that_is_not_there_says_so(orders: Orders) -> None:
    with pytest.raises(Problem) as refused:
        orders.detail(OrderId(77))
    assert refused.value.kind is ProblemKind.NOT_FOUND
    with pytest.raises(Problem) as nameless:
        _save(orders, SHIRT, source="  ")
    assert nameless.value.kind is ProblemKind.EMPTY
