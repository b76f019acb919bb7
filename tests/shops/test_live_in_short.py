"""The look around that people with a shop can take, taken in the stand-ins."""

from pathlib import Path

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.authority import Authority
from tests.servers.magento import MagentoShop
from tests.servers.web import serving
from tests.servers.woocommerce import WooShop
from tests.shops import test_magento, test_shopify, test_woocommerce
from tests.shops.live import KINDS, OWN_NETWORK, NotSet, look_around, source_of
from tests.shops.sql_shops import opened

QUERY = """SELECT id AS order_number, mail AS email, total AS order_total, touched AS changed_at
           FROM orders WHERE touched >= :changed_after AND (:number IS NULL OR id = :number)
           AND (:mail IS NULL OR mail = :mail) ORDER BY touched LIMIT :limit"""
LINES = "SELECT order_id AS order_number, sku, quantity FROM items WHERE order_id IN (:numbers)"


def test_without_variables_each_shop_says_what_is_missing() -> None:
    for kind in KINDS:
        with pytest.raises(NotSet, match="DESKAPP_LIVE_"):
            source_of(kind, {OWN_NETWORK: "1"})


@pytest.mark.parametrize("kind", ["shopify", "woocommerce", "magento"])
def test_a_look_around_in_a_stand_in_reads_and_writes_nothing(
    kind: str, authority: Authority, trusted_authority: Path
) -> None:
    shop, names = {
        "shopify": (
            test_shopify.ShopifyShop([test_shopify.shop_order(n) for n in range(1001, 1013)]),
            {"SHOPIFY_SHOP": "https://{}", "SHOPIFY_TOKEN": "shpat_good"},
        ),
        "woocommerce": (
            WooShop([test_woocommerce.shop_order(n) for n in range(1, 13)]),
            {"WOO_URL": "https://{}", "WOO_KEY": "ck_good", "WOO_SECRET": "cs_good"},
        ),
        "magento": (
            MagentoShop([test_magento.shop_order(n) for n in range(1, 13)]),
            {
                "MAGENTO_URL": "https://{}",
                "MAGENTO_CONSUMER_KEY": "ck",
                "MAGENTO_CONSUMER_SECRET": "cs",
                "MAGENTO_TOKEN": "tok",
                "MAGENTO_TOKEN_SECRET": "ts&%",
            },
        ),
    }[kind]
    with serving(shop.answer, authority.server_context("localhost")) as web:  # type: ignore[attr-defined]
        place = f"localhost:{web.port}"
        told = {f"DESKAPP_LIVE_{name}": one.format(place) for name, one in names.items()}
        said = look_around(source_of(kind, {**told, OWN_NETWORK: "1"}))
        with pytest.raises(Problem) as private:
            look_around(source_of(kind, told))
    assert private.value.kind is ProblemKind.NOT_PUBLIC
    assert "0 not readable; 9 look-ups" in said, said
    assert not {asked.method for asked in web.asked} - {"GET", "POST" if kind == "shopify" else ""}
    assert "customer.example" not in said


def test_a_look_around_in_a_shops_own_database(request: pytest.FixtureRequest) -> None:
    for shop in opened("sqlite", request):
        told = {
            "DESKAPP_LIVE_SQL_URL": f"sqlite:///{shop.address.path}",
            "DESKAPP_LIVE_SQL_ORDERS": QUERY,
            "DESKAPP_LIVE_SQL_LINES": LINES,
            "DESKAPP_LIVE_SQL_ZONE": "Asia/Ho_Chi_Minh",
        }
        said = look_around(source_of("sql", told))
    assert said.startswith("3 orders in 1 pages, 0 not readable; 9 look-ups"), said
