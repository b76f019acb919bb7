"""Two shops that a person stated, and an order of such a shop."""

from dataclasses import replace
from decimal import Decimal

import pytest

from deskapp.desk.context import Context
from deskapp.desk.order_sources import OrderSources
from deskapp.desk.orders import Orders
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import OrderData, OrderLine

SHOP = SourceSettings(
    SourceKind.SHOPIFY, " Áo  & Mũ ", "ao-mu", SignIn.TOKEN, number_pattern=r"#\d{4,10}", every=5
)
SITE = SourceSettings(
    SourceKind.WOOCOMMERCE, "Site", "http://localhost:8080/shop/", SignIn.KEYS, own_network=True
)


@pytest.fixture
def sources(context: Context) -> OrderSources:
    return OrderSources(context)


@pytest.fixture
def orders(context: Context) -> Orders:
    return Orders(context)


def one_order(number: str, **more: object) -> OrderData:
    line = OrderLine("A", "Coat", Decimal(1), None)
    return replace(OrderData(number, lines=(line,)), **more)  # type: ignore[arg-type]
