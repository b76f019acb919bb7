"""Orders out of Shopify, against a stand-in that answers by the vendor's own schema."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.orders import Gap, OrderKey, OrderSource, OrderStatus, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress, shopify_address
from deskapp.shops.shopify import ClientKeys, Session, ShopifyOrders, Token
from tests.servers.authority import Authority
from tests.servers.web import Reply, serving

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.servers.shopify import JSON, Object, ShopifyShop

HOST = "ao-mu.myshopify.com"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
K = ProblemKind


def money(amount: str) -> Object:
    return {"shopMoney": {"amount": amount, "currencyCode": "VND"}}


def shop_order(number: int, **changes: object) -> Object:
    """One order as the shop keeps it."""
    at = f"2026-11-{number % 20 + 1:02}T08:00:{number % 60:02}Z"
    place = {
        "name": "Nguyễn Thị Mai",
        "company": None,
        "address1": "12 Lê Lợi",
        "address2": "",
        "zip": "530000",
        "city": "Huế",
        "province": None,
        "country": "Vietnam",
        "phone": "+84912345678",
    }
    order: Object = {
        "id": f"gid://shopify/Order/{9000 + number}",
        "name": f"#{number}",
        "email": f"mai{number}@customer.example",
        "phone": None,
        "note": "Gọi trước",
        "tags": ["vip"],
        "customerLocale": "vi-VN",
        "createdAt": at,
        "updatedAt": at,
        "processedAt": at,
        "cancelledAt": None,
        "cancelReason": None,
        "closed": False,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "FULFILLED",
        "returnStatus": "NO_RETURN",
        "currentTotalPriceSet": money("1249000.0"),
        "customer": {
            "id": f"gid://shopify/Customer/{number}",
            "displayName": f"Nguyễn Thị Mai {number}",
            "createdAt": "2024-05-01T00:00:00Z",
            "numberOfOrders": "7",
            "amountSpent": {"amount": "9000000.0", "currencyCode": "VND"},
            "defaultEmailAddress": {"emailAddress": f"mai{number}@customer.example"},
            "defaultPhoneNumber": {"phoneNumber": f"+8491234{number}"},
        },
        "shippingAddress": place,
        "billingAddress": place,
        "lineItems": [item(1)],
        "fulfillments": [
            {
                "status": "SUCCESS",
                "displayStatus": "DELIVERED",
                "createdAt": at,
                "inTransitAt": None,
                "deliveredAt": "2026-11-21T03:00:00Z",
                "estimatedDeliveryAt": None,
                "trackingInfo": [
                    {
                        "company": "GHN",
                        "number": f"GHN{number}",
                        "url": f"https://ghn.example/{number}",
                    }
                ],
            }
        ],
        "refunds": [],
        "returns": [],
    }
    return {**order, **changes}


def item(number: int) -> Object:
    return {
        "id": f"gid://shopify/LineItem/{number}",
        "title": "Áo thun",
        "variantTitle": "M",
        "quantity": 2,
        "currentQuantity": 2,
        "sku": f"AT-{number}",
        "discountedUnitPriceSet": money("249000.0"),
        "image": {"url": "https://cdn.example/at.png"},
    }


Open = Callable[..., ShopifyOrders]


@pytest.fixture
def opened(authority: Authority) -> Iterator[Open]:
    context: ssl.SSLContext = authority.server_context(HOST)
    with ExitStack() as stack:

        def go(
            shop: ShopifyShop, key: Token | ClientKeys | None = None, **more: object
        ) -> ShopifyOrders:
            web = stack.enter_context(serving(shop.answer, context))
            session = Session(
                ShopAddress(HOST, web.port),
                key or Token("shpat_good"),
                resolve=lambda _host, _port: ("127.0.0.1",),
                trust=authority.client_context(),
                **more,  # type: ignore[arg-type]
            )
            return ShopifyOrders(session, lambda: NOW)

        yield go


def problem_of(call: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as raised:
        call()
    assert raised.value.details["host"] == HOST
    assert "shpat" not in str(raised.value) and "secret-1" not in str(raised.value)
    return raised.value


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
