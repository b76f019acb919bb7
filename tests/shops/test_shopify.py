"""Orders out of Shopify, against a stand-in that answers by the vendor's own schema."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from deskapp.domain.orders import Gap, OrderKey, OrderSource, OrderStatus, Shortfall
from deskapp.domain.problem import Problem
from deskapp.domain.shop_address import ShopAddress, shopify_address
from deskapp.shops.shopify import ClientKeys, Token

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.servers.shopify import ShopifyShop

from .shopify_orders import HOST, K, Open, item, money, opened, shop_order

__all__ = ["opened"]


def test_an_order_comes_with_all_that_a_rep_needs(opened: Open) -> None:
    refund = {"id": "r1", "createdAt": "2026-11-20T00:00:00Z", "note": "late"}
    back = {"id": "t1", "name": "#1001-R1", "status": "OPEN", "totalQuantity": 1}
    shop = ShopifyShop(
        [
            shop_order(
                1001,
                refunds=[{**refund, "totalRefundedSet": money("50000.0")}],
                returns=[{**back, "createdAt": "2026-11-20T00:00:00Z"}],
            )
        ]
    )
    source: OrderSource = opened(shop)
    [order] = source.find(OrderKey.NUMBER, "1001").orders
    assert (order.number, order.ref) == ("#1001", "gid://shopify/Order/10001")
    assert (order.total, order.currency) == (Decimal("1249000.0"), "VND")
    assert (order.status, order.payment_status, order.fulfilment_status) == (
        *("open", "paid", "fulfilled"),
    )
    assert order.standing is OrderStatus.DELIVERED
    assert order.placed_at == datetime(2026, 11, 2, 8, 0, 41, tzinfo=UTC)
    assert order.shipping_address == "Nguyễn Thị Mai\n12 Lê Lợi\nHuế 530000\nVietnam"
    assert (order.phone, order.language, order.tags) == ("+84912345678", "vi-VN", ("vip",))
    [line] = order.lines
    assert (line.sku, line.title, line.quantity) == ("AT-1", "Áo thun – M", 2)
    [parcel] = order.shipments
    assert (parcel.carrier, parcel.tracking_number, parcel.status) == (
        "GHN",
        "GHN1001",
        "delivered",
    )
    assert parcel.delivered_at == datetime(2026, 11, 21, 3, tzinfo=UTC)
    [gone] = order.refunds
    assert (gone.amount, gone.currency, gone.reason) == (50000, "VND", "late")
    assert [(one.name, one.status, one.quantity) for one in order.returns] == [
        ("#1001-R1", "open", 1)
    ]
    assert order.customer and (order.customer.orders, order.customer.spent) == (7, 9000000)
    assert order.whole


def test_orders_are_found_by_what_the_customer_has_at_hand(opened: Open) -> None:
    shop = ShopifyShop([shop_order(1001), shop_order(1002), shop_order(11001)])
    source = opened(shop)
    for by, words in (
        (OrderKey.NUMBER, "#1001"),
        (OrderKey.NUMBER, "ord 1001"),
        (OrderKey.MAIL, "MAI1001@customer.example"),
        (OrderKey.PHONE, "+84 912 341 001"),
        (OrderKey.NAME, "nguyễn thị mai 1001"),
    ):
        found = source.find(by, words)
        assert [one.number for one in found.orders] == ["#1001"], (by, words)
        assert found.shortfalls == ()
    assert source.find(OrderKey.NUMBER, "100").orders == ()
    assert source.find(OrderKey.TRACKING, "GHN1001").shortfalls == (Shortfall(Gap.NO_SUCH_SEARCH),)


@pytest.mark.parametrize(
    "words", ['1001" OR email:"mai1002', '"', "\\", '\\"', "1001) OR (name:1002", "email:*", " OR "]
)
def test_words_from_a_mail_are_a_phrase_and_no_search_of_their_own(
    words: str, opened: Open
) -> None:
    source = opened(ShopifyShop([shop_order(1002)]))
    for by in (OrderKey.NUMBER, OrderKey.MAIL, OrderKey.NAME):
        assert source.find(by, words).orders == ()


def test_a_long_order_is_whole_when_asked_for_alone(opened: Open) -> None:
    shop = ShopifyShop([shop_order(1001, lineItems=[item(n) for n in range(230)])])
    source = opened(shop)
    [short] = source.find(OrderKey.NUMBER, "1001").orders
    assert (len(short.lines), short.whole) == (5, False)
    [whole] = source.order(short.ref).orders
    assert ([line.sku for line in whole.lines][::100], whole.whole) == (
        ["AT-0", "AT-100", "AT-200"],
        True,
    )
    assert max(shop.costs) <= 1000
    with pytest.raises(Problem) as none:
        source.order("gid://shopify/Order/1")
    assert (none.value.kind, none.value.details["what"]) == (K.NOT_FOUND, "order")


def test_what_changed_is_walked_to_its_end_and_then_only_what_is_new_comes(opened: Open) -> None:
    shop = ShopifyShop([shop_order(1000 + n) for n in range(25)])
    source = opened(shop)
    seen: list[str] = []
    mark, more = "", True
    while more:
        page = source.changed(mark)
        seen += [one.number for one in page.orders]
        mark, more = page.mark, page.more
    assert len(seen) == len(set(seen)) == 25
    quiet = source.changed(mark)
    assert [one.number for one in quiet.orders] == [seen[-1]], "the last two minutes come again"
    assert quiet.mark == mark
    late = shop_order(1003, updatedAt="2026-11-22T07:00:00Z", displayFinancialStatus="REFUNDED")
    shop.orders[3] = late
    again = source.changed(quiet.mark)
    assert [one.number for one in again.orders][-1] == "#1003"
    assert again.orders[-1].standing is OrderStatus.REFUNDED
    assert [one.number for one in source.changed(again.mark).orders] == ["#1003"]


def test_an_app_of_the_dashboard_gets_its_token_and_renews_it(opened: Open) -> None:
    shop = ShopifyShop([shop_order(1001)])
    time = [0.0]
    source = opened(shop, ClientKeys("id-1", "secret-1"), clock=lambda: time[0])
    for _ in range(3):
        assert source.find(OrderKey.NUMBER, "1001").orders
    assert shop.issued == 1
    time[0] = 83_000.0  # an hour before its end
    assert source.find(OrderKey.NUMBER, "1001").orders
    assert shop.issued == 2
    shop.tokens.clear()  # the app was installed anew
    assert source.find(OrderKey.NUMBER, "1001").orders
    assert shop.issued == 3


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("ao-mu", HOST),
        (HOST, HOST),
        ("https://ao-mu.myshopify.com/admin/orders", HOST),
        ("https://admin.shopify.com/store/ao-mu/orders", HOST),
    ],
)
def test_the_shop_is_named_as_people_know_it(typed: str, host: str) -> None:
    assert shopify_address(typed) == ShopAddress(host, 443)


def test_the_key_is_in_no_repr() -> None:
    assert "shpat" not in repr(Token("shpat_good")) and "s-1" not in repr(ClientKeys("i", "s-1"))
    assert replace(Token("a"), token="b") == Token("b")
