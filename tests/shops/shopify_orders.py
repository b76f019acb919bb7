"""A Shopify shop on loopback with orders as it keeps them; what the tests of it share."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.shops.shopify import ClientKeys, Session, ShopifyOrders, Token
from tests.servers.authority import Authority
from tests.servers.web import serving

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.servers.shopify import Object, ShopifyShop

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
