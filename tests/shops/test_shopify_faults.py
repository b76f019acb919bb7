"""What Shopify refuses, hides and breaks, each told as what it is."""

from datetime import timedelta

import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.orders import Gap, OrderKey, OrderStatus, Shortfall
from deskapp.domain.problem import ProblemKind
from deskapp.shops.shopify import ClientKeys, Token
from tests.servers.web import Reply

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.servers.shopify import JSON, Object, ShopifyShop

from .shopify_orders import NOW, K, Open, opened, problem_of, shop_order

__all__ = ["opened"]


def test_a_key_for_sixty_days_says_so_and_is_never_no_orders(opened: Open) -> None:
    shop = ShopifyShop([], scopes=("read_orders", "read_customers", "write_fulfillments"))
    source = opened(shop)
    window = Shortfall(Gap.ONLY_SINCE, since=NOW - timedelta(days=60))
    assert source.find(OrderKey.NUMBER, "1001").shortfalls == (window,)
    assert source.find(OrderKey.PHONE, "+84912341001").shortfalls == (window,)
    facts = source.facts()
    assert (facts.name, facts.currency, facts.missing) == ("Áo & Mũ", "VND", ("read_returns",))
    assert facts.shortfalls == (window,)


def test_hidden_personal_fields_are_named_and_the_rest_is_shown(opened: Open) -> None:
    hidden = {"Order.email", "Order.phone", "MailingAddress.name", "MailingAddress.address1"}
    source = opened(ShopifyShop([shop_order(1001)], hidden=hidden))
    found = source.find(OrderKey.MAIL, "mai1001@customer.example")
    [order] = found.orders
    assert (order.number, order.customer_name) == ("#1001", "Nguyễn Thị Mai 1001")
    [gap] = found.shortfalls
    assert gap.gap is Gap.HIDDEN
    assert gap.names == (
        *("billingAddress.address1", "billingAddress.name", "email", "phone"),
        *("shippingAddress.address1", "shippingAddress.name"),
    )


def test_a_customer_that_is_hidden_whole_takes_nothing_else_along(opened: Open) -> None:
    source = opened(ShopifyShop([shop_order(1001)], hidden={"Customer.displayName"}))
    found = source.find(OrderKey.NUMBER, "1001")
    assert [(one.customer, one.customer_name) for one in found.orders] == [(None, "Nguyễn Thị Mai")]
    assert found.shortfalls[0].names == ("customer.displayName",)


def test_a_scope_that_is_missing_is_named(opened: Open) -> None:
    shop = ShopifyShop([shop_order(1001)], scopes=("read_customers",))
    problem = problem_of(lambda: opened(shop).find(OrderKey.NUMBER, "1001"))
    assert (problem.kind, problem.details["scope"]) == (K.SCOPE_MISSING, "read_orders")


def test_an_empty_bucket_says_how_long_to_wait_and_a_low_one_how_long_to_rest(opened: Open) -> None:
    shop = ShopifyShop([shop_order(1001)], points=20)
    source = opened(shop)
    problem = problem_of(lambda: source.changed())
    needed = shop.costs[-1]
    assert problem.kind is K.SLOW_DOWN
    assert problem.details["wait"] == -(-(needed - 20) // 100)
    shop.points = needed + 50
    assert source.changed().rest == pytest.approx((needed - 50) / 100, abs=0.1)


@pytest.mark.parametrize("key", [Token("shpat_bad"), ClientKeys("id-1", "wrong")])
def test_a_refused_key_is_told_in_the_shops_words(key: Token | ClientKeys, opened: Open) -> None:
    problem = problem_of(lambda: opened(ShopifyShop([]), key).facts())
    assert problem.kind is K.SIGN_IN_REFUSED
    assert problem.details["said"] in (
        "[API] Invalid API key or access token (unrecognized login or wrong password)",
        "Client authentication failed",
    )


@pytest.mark.parametrize(
    ("reply", "kind", "facts"),
    [
        (Reply(402, b'{"errors":"Unavailable Shop"}', JSON), K.SERVER_DOWN, {}),
        (Reply(404, b'{"errors":"Not Found"}', JSON), K.NOT_FOUND, {"what": "shop"}),
        (
            Reply(
                403,
                b'{"errors":"[API] This action requires merchant approval for read_orders scope."}',
                JSON,
            ),
            K.SCOPE_MISSING,
            {"scope": "read_orders"},
        ),
        (
            Reply(429, b'{"errors":"Throttled"}', {**JSON, "Retry-After": "3"}),
            K.SLOW_DOWN,
            {"wait": 3},
        ),
        (Reply(503, b"<html>Something went wrong</html>"), K.SERVER_DOWN, {}),
        (
            Reply(
                200,
                b'{"errors":[{"message":"boom","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}',
                JSON,
            ),
            K.SERVER_DOWN,
            {},
        ),
        (Reply(200, b'{"errors":[{"message":"odd"}]}', JSON), K.SERVER_REFUSED, {"said": "odd"}),
        (Reply(200, b"[]", JSON), K.BAD_ANSWER, {}),
        (Reply(200, b"{}", JSON), K.BAD_ANSWER, {}),
        (
            Reply(302, b"", {"Location": "https://www.ao-mu.example/admin"}),
            K.REDIRECTED,
            {"to": "https://www.ao-mu.example"},
        ),
    ],
)
def test_each_fault_of_the_shop_has_its_kind(
    reply: Reply, kind: ProblemKind, facts: Object, opened: Open
) -> None:
    problem = problem_of(lambda: opened(ShopifyShop([], next=[reply])).facts())
    assert problem.kind is kind
    assert facts.items() <= problem.details.items()


def test_an_order_that_cannot_be_read_is_named_and_the_others_are_taken(opened: Open) -> None:
    broken = (
        b'{"data":{"orders":{"nodes":[null,{"name":"#1","currentTotalPriceSet":{"shopMoney":'
        b'{"amount":"lots"}}},{"name":"#2","displayFulfillmentStatus":"TELEPORTED","createdAt":"soon"},'
        b'{"name":"#3","displayFulfillmentStatus":"TELEPORTED","customer":[],"lineItems":"none"}],'
        b'"pageInfo":{"hasNextPage":false}}}}'
    )
    shop = ShopifyShop([])
    source = opened(shop)
    source.facts()
    shop.next.append(Reply(200, broken, JSON))
    page = source.changed()
    assert [(one.number, one.fulfilment_status, one.standing) for one in page.orders] == [
        ("#3", "teleported", OrderStatus.UNKNOWN)
    ]
    assert [(one.row, one.why, one.number) for one in page.faults] == [
        (1, FaultKind.MISSING_NUMBER, ""),
        (2, FaultKind.BAD_MONEY, "#1"),
        (3, FaultKind.BAD_DATE, "#2"),
    ]
