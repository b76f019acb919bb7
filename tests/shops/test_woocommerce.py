"""Orders out of WooCommerce, against a stand-in in the documented shapes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.orders import Gap, OrderKey, OrderSource, OrderStatus, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.shops.woocommerce import RestKeys, WooOrders
from tests.servers.authority import Authority
from tests.servers.web import Reply, WebServer, serving
from tests.servers.woocommerce import JSON, Object, WooShop

HOST = "shop.example"
K = ProblemKind


def place(number: int) -> Object:
    return {
        "first_name": "Lan",
        "last_name": f"Trần {number}",
        "company": "",
        "address_1": "5 Hàng Bạc",
        "address_2": "",
        "city": "Hà Nội",
        "state": "",
        "postcode": "100 000",
        "country": "VN",
    }


def shop_order(number: int, **changes: object) -> Object:
    """One order as the documentation shows them."""
    at = f"2026-11-20T{number // 60 % 24:02}:{number % 60:02}:00"
    person = place(number)
    order: Object = {
        "id": 500 + number,
        "number": f"SO-{number}",
        "status": "processing",
        "currency": "VND",
        "date_created": "2026-11-20T23:00:00",
        "date_created_gmt": at,
        "date_modified": "2026-11-20T23:00:00",
        "date_modified_gmt": at,
        "date_paid_gmt": at,
        "total": "359000.00",
        "customer_id": 0,
        "customer_note": "Gọi trước",
        "billing": {**person, "email": f"lan{number}@customer.example", "phone": "0912 345 678"},
        "shipping": person,
        "line_items": [
            {
                "id": 9,
                "name": "Ship Your Idea &ndash; Đen",
                "quantity": 2,
                "sku": "B3",
                "price": 179500,
            }
        ],
        "refunds": [],
        "meta_data": [],
    }
    return {**order, **changes}


Open = Callable[..., tuple[WooOrders, WebServer]]


@pytest.fixture
def opened(authority: Authority) -> Iterator[Open]:
    context = authority.server_context(HOST)
    with ExitStack() as stack:

        def go(shop: WooShop, **keys: bool) -> tuple[WooOrders, WebServer]:
            web = stack.enter_context(serving(shop.answer, context))
            source = WooOrders(
                ShopAddress(HOST, web.port),
                RestKeys("ck_good", "cs_good", **keys),
                resolve=lambda _host, _port: ("127.0.0.1",),
                trust=authority.client_context(),
            )
            return source, web

        yield go


def problem_of(call: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as raised:
        call()
    assert "cs_good" not in str(raised.value) and "ck_good" not in str(raised.value)
    return raised.value


def test_an_order_comes_with_all_that_a_rep_needs(opened: Open) -> None:
    parcel = {"tracking_provider": "GHN", "tracking_number": "GHN7", "date_shipped": "1763700000"}
    shop = WooShop(
        [
            shop_order(
                1001,
                refunds=[{"id": 726, "reason": "late", "total": "-10000.00"}],
                meta_data=[{"key": "_wc_shipment_tracking_items", "value": [parcel]}, {"key": "x"}],
            )
        ]
    )
    source: OrderSource = opened(shop)[0]
    [order] = source.find(OrderKey.NUMBER, "so-1001").orders
    assert (order.number, order.ref, order.status) == ("SO-1001", "1501", "processing")
    assert (order.total, order.currency) == (Decimal("359000.00"), "VND")
    assert (order.standing, order.payment_status) == (OrderStatus.SHIPPED, "paid")
    assert order.placed_at == datetime(2026, 11, 20, 16, 41, tzinfo=UTC)
    assert order.customer_name == "Lan Trần 1001"
    assert order.shipping_address == "Lan Trần 1001\n5 Hàng Bạc\nHà Nội 100 000\nVN"
    [line] = order.lines
    assert (line.title, line.quantity, line.price) == ("Ship Your Idea – Đen", 2, 179500)
    [sent] = order.shipments
    assert (sent.carrier, sent.tracking_number) == ("GHN", "GHN7")
    assert sent.shipped_at == datetime(2025, 11, 21, 4, 40, tzinfo=UTC)
    [gone] = order.refunds
    assert (gone.amount, gone.currency, gone.reason) == (Decimal("10000.00"), "VND", "late")
    assert source.order(order.ref).orders == (order,)


def test_orders_are_found_by_what_the_customer_has_at_hand(opened: Open) -> None:
    odd = shop_order(1003)
    odd["billing"] = {**place(1003), "email": "", "phone": "+84912345678", "postcode": "7"}
    odd["shipping"] = odd["billing"]
    source, _ = opened(WooShop([shop_order(1001), shop_order(11001), shop_order(1002), odd]))
    for by, words, found in (
        (OrderKey.NUMBER, "#1001", ["SO-1001"]),
        (OrderKey.NUMBER, "1502", []),
        (OrderKey.MAIL, "LAN1001@customer.example", ["SO-1001"]),
        (OrderKey.MAIL, "1@customer.example", []),
        (OrderKey.NAME, "trần 1002", ["SO-1002"]),
        (OrderKey.POSTCODE, "100 000", ["SO-1002", "SO-1001", "SO-11001"]),
        (OrderKey.PHONE, "0912345678", ["SO-1003"]),
        (OrderKey.NUMBER, " ", []),
    ):
        assert [one.number for one in source.find(by, words).orders] == found, (by, words)
    limited = source.find(OrderKey.POSTCODE, "100 000", limit=2)
    assert (len(limited.orders), limited.shortfalls) == (2, (Shortfall(Gap.MORE),))
    tracking = source.find(OrderKey.TRACKING, "GHN7")
    assert tracking.shortfalls == (Shortfall(Gap.NO_SUCH_SEARCH),)


def test_a_number_that_the_shops_search_misses_is_found_by_its_id(opened: Open) -> None:
    order = {**shop_order(1001), "id": 733, "number": "733"}
    shop = WooShop([order])
    source, web = opened(shop)
    shop.on_list = lambda: order.update(number="" if "search" in web.asked[-1].path else "733")
    assert [one.number for one in source.find(OrderKey.NUMBER, "733").orders] == ["733"]


def walked(source: WooOrders, mark: str = "", limit: int = 50) -> tuple[list[str], str]:
    seen: list[str] = []
    more = True
    for _ in range(50):
        page = source.changed(mark, limit)
        seen += [one.number for one in page.orders]
        mark, more = page.mark, page.more
        if not more:
            return seen, mark
    raise AssertionError("the walk does not end")


def test_what_changed_is_walked_to_its_end_and_then_only_what_is_new_comes(opened: Open) -> None:
    shop = WooShop([shop_order(1000 + n) for n in range(23)])
    source, _ = opened(shop)
    seen, mark = walked(source, limit=5)
    assert set(seen) == {f"SO-{1000 + n}" for n in range(23)}
    quiet, again = walked(source, mark, limit=5)
    assert quiet == ["SO-1020", "SO-1021", "SO-1022"], "the last two minutes come again"
    assert again == mark
    shop.orders[0] |= {"date_modified_gmt": "2026-11-22T07:00:00", "status": "refunded"}
    found = source.changed(mark).orders[-1]
    assert (found.number, found.standing) == ("SO-1000", OrderStatus.REFUNDED)


def test_no_order_is_passed_over_when_others_change_while_they_are_read(opened: Open) -> None:
    """A list by time of change moves up by one whenever one of its first orders changes."""
    shop = WooShop([shop_order(1000 + n) for n in range(30)])
    source, _ = opened(shop)
    changed = iter(range(10))

    def one_changes() -> None:
        number = next(changed, None)
        if number is not None:
            shop.orders[number]["date_modified_gmt"] = f"2026-11-21T10:00:{number:02}"

    shop.on_list = one_changes
    seen, _ = walked(source, limit=5)
    assert set(seen) == {f"SO-{1000 + n}" for n in range(30)}


def test_orders_that_all_changed_in_one_second_are_walked_too(opened: Open) -> None:
    at = "2026-11-21T10:00:00"
    shop = WooShop([shop_order(1000 + n, date_modified_gmt=at) for n in range(23)])
    seen, _ = walked(opened(shop)[0], limit=5)
    assert set(seen) == {f"SO-{1000 + n}" for n in range(23)}


def test_a_site_with_plain_permalinks_is_asked_the_other_way(opened: Open) -> None:
    source, web = opened(WooShop([shop_order(1001)], permalinks=False))
    assert source.facts().currency == "VND"
    assert source.find(OrderKey.NUMBER, "1001").orders
    assert [one.path.split("?")[0] for one in web.asked] == ["/wp-json/wc/v3/orders", "/", "/"]


def test_a_site_without_a_shop_is_told_by_the_path_it_does_not_know(opened: Open) -> None:
    shop = WooShop([], next=[Reply(404, b"<html>no</html>"), Reply(200, b"<html>Home</html>")])
    problem = problem_of(opened(shop)[0].facts)
    assert (problem.kind, problem.details["value"]) == (K.NOT_FOUND, "/wp-json/wc/v3/orders")


def test_keys_go_into_the_query_only_where_a_host_takes_the_header_away(opened: Open) -> None:
    shop = WooShop([shop_order(1001)], strips=True)
    assert problem_of(opened(shop)[0].facts).kind is K.SIGN_IN_REFUSED
    assert opened(shop, in_query=True)[0].facts().name == HOST


@pytest.mark.parametrize(
    ("shop", "kind"),
    [
        (WooShop([], keys=("ck_other", "cs_good")), K.SIGN_IN_REFUSED),
        (WooShop([], keys=("ck_good", "cs_other")), K.SIGN_IN_REFUSED),
        (WooShop([], may_read=False), K.SCOPE_MISSING),
        (WooShop([], next=[Reply(503, b"<h1>Briefly unavailable</h1>")]), K.SERVER_DOWN),
        (WooShop([], next=[Reply(403, b"<html>Blocked by Wall</html>")]), K.SERVER_REFUSED),
        (WooShop([], next=[Reply(501, b"Method Not Implemented")]), K.SERVER_DOWN),
        (WooShop([], next=[Reply(200, b"<br>Notice: x{}", JSON)]), K.BAD_ANSWER),
        (
            WooShop([], next=[Reply(301, b"", {"Location": "https://www.shop.example/"})]),
            K.REDIRECTED,
        ),
    ],
)
def test_each_refusal_of_the_shop_has_its_kind(
    shop: WooShop, kind: ProblemKind, opened: Open
) -> None:
    problem = problem_of(opened(shop)[0].facts)
    assert (problem.kind, problem.details["host"]) == (kind, HOST)


def test_an_order_that_is_gone_is_not_found(opened: Open) -> None:
    source, _ = opened(WooShop([]))
    for ref in ("12", "x/../customers"):
        problem = problem_of(lambda ref=ref: source.order(ref))
        assert (problem.kind, problem.details["what"]) == (K.NOT_FOUND, "order")


def test_an_order_that_cannot_be_read_is_named_and_the_others_are_taken(opened: Open) -> None:
    odd = shop_order(
        3,
        status="wc-in-space",
        billing=[],
        shipping=None,
        meta_data=[
            {"key": "_wc_shipment_tracking_items", "value": {"0": {"tracking_number": "A"}}}
        ],
    )
    shop = WooShop([shop_order(1, total="viel"), odd])
    shop.on_list = lambda: None
    page = opened(shop)[0].changed()
    [order] = page.orders
    assert (order.number, order.status, order.standing) == (
        *("SO-3", "wc in space", OrderStatus.UNKNOWN),
    )
    assert [one.tracking_number for one in order.shipments] == ["A"]
    assert [(one.number, one.why, one.value) for one in page.faults] == [
        ("SO-1", FaultKind.BAD_MONEY, "viel")
    ]
