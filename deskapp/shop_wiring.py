"""Joins the shops' rooms with what a desk keeps of a source, the same way for every face."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .domain.order_acts import OrderActs
from .domain.order_files import ColumnMapping, DateOrder, OrderField, ReadingHints
from .domain.order_sources import Secret, SignIn, SourceKind, SourceSettings, checked_secret
from .domain.orders import OrderSource, SourceFacts
from .domain.problem import Problem, ProblemKind
from .domain.shop_address import shop_address, shopify_address

if TYPE_CHECKING:
    from .shops.magento import Session as MagentoSession
    from .shops.shopify import Session as ShopifySession
    from .shops.woocommerce import RestKeys

# Each vendor's room is loaded when a source of its kind is first asked.


def connected(settings: SourceSettings, secret: Secret) -> OrderSource:
    """The source behind checked settings. Raises Problem EMPTY (what="secret") and INVALID."""
    return _MAKERS[settings.kind](settings, checked_secret(settings.sign_in, secret))


def connected_acts(settings: SourceSettings, secret: Secret) -> OrderActs:
    """The writing side of a source. Raises Problem as ``connected``, and INVALID
    (what="act_source") for what nobody can write to."""
    if settings.kind not in _ACTORS:
        raise Problem(ProblemKind.INVALID, what="act_source", value=settings.name)
    return _ACTORS[settings.kind](settings, checked_secret(settings.sign_in, secret))


def test_source(settings: SourceSettings, secret: Secret) -> SourceFacts:
    """The live test: blocks on the network. Raises Problem as ``OrderSource`` does."""
    return connected(settings, secret).facts()


def _shopify_session(settings: SourceSettings, secret: Secret) -> "ShopifySession":
    from .shops.shopify import ClientKeys, Session, Token

    address = shopify_address(settings.address, own_network=settings.own_network)
    if settings.sign_in is SignIn.TOKEN:
        return Session(address, Token(secret["token"]))
    return Session(address, ClientKeys(secret["client_id"], secret["client_secret"]))


def _shopify(settings: SourceSettings, secret: Secret) -> OrderSource:
    from .shops.shopify import ShopifyOrders

    return ShopifyOrders(_shopify_session(settings, secret))


def _shopify_acts(settings: SourceSettings, secret: Secret) -> OrderActs:
    from .shops.shopify import ShopifyActs

    return ShopifyActs(_shopify_session(settings, secret))


def _woo_keys(settings: SourceSettings, secret: Secret) -> "RestKeys":
    from .shops.woocommerce import RestKeys

    key, word = secret["consumer_key"], secret["consumer_secret"]
    return RestKeys(key, word, in_query=settings.keys_in_query)


def _woocommerce(settings: SourceSettings, secret: Secret) -> OrderSource:
    from .shops.woocommerce import WooOrders

    address = shop_address(settings.address, own_network=settings.own_network)
    return WooOrders(address, _woo_keys(settings, secret))


def _woo_acts(settings: SourceSettings, secret: Secret) -> OrderActs:
    from .shops.woocommerce import WooActs

    address = shop_address(settings.address, own_network=settings.own_network)
    return WooActs(address, _woo_keys(settings, secret))


def _magento_session(settings: SourceSettings, secret: Secret) -> "MagentoSession":
    from .shops.magento import Bearer, FourKeys, Session

    address = shop_address(settings.address, own_network=settings.own_network)
    if settings.sign_in is SignIn.BEARER:
        return Session(address, Bearer(secret["token"]))
    keys = FourKeys(
        secret["consumer_key"], secret["consumer_secret"], secret["token"], secret["token_secret"]
    )
    return Session(address, keys)


def _magento(settings: SourceSettings, secret: Secret) -> OrderSource:
    from .shops.magento import MagentoOrders

    return MagentoOrders(_magento_session(settings, secret))


def _magento_acts(settings: SourceSettings, secret: Secret) -> OrderActs:
    from .shops.magento import MagentoActs

    return MagentoActs(_magento_session(settings, secret))


def _sql(settings: SourceSettings, secret: Secret) -> OrderSource:
    from .shops.sql import sql_orders

    return sql_orders(
        secret["url"],
        settings.query,
        settings.line_query,
        _columns(settings.mapping),
        _columns(settings.line_mapping),
        settings.zone,
        settings.own_network,
        settings.plain_allowed,
        settings.authority,
        _hints(settings),
    )


def _folder(settings: SourceSettings, _secret: Secret) -> OrderSource:
    from .shops.files import OrderFolder

    return OrderFolder(
        Path(settings.address).expanduser(),
        settings.profile or None,
        _columns(settings.mapping),
        _hints(settings),
    )


def _by_hand(settings: SourceSettings, _secret: Secret) -> OrderSource:
    raise Problem(ProblemKind.INVALID, what="order_source", value=settings.kind.value)


_MAKERS: dict[SourceKind, Callable[[SourceSettings, Secret], OrderSource]] = {
    SourceKind.SHOPIFY: _shopify,
    SourceKind.WOOCOMMERCE: _woocommerce,
    SourceKind.MAGENTO: _magento,
    SourceKind.SQL: _sql,
    SourceKind.FOLDER: _folder,
    SourceKind.FILE: _by_hand,
}

_ACTORS: dict[SourceKind, Callable[[SourceSettings, Secret], OrderActs]] = {
    SourceKind.SHOPIFY: _shopify_acts,
    SourceKind.WOOCOMMERCE: _woo_acts,
    SourceKind.MAGENTO: _magento_acts,
}


def _columns(mapping: Mapping[str, str]) -> ColumnMapping | None:
    return {OrderField(name): header for name, header in mapping.items()} or None


def _hints(settings: SourceSettings) -> ReadingHints:
    return ReadingHints(
        DateOrder(settings.date_order) if settings.date_order else None,
        settings.decimal_mark,
        settings.currency,
        ZoneInfo(settings.zone or "UTC"),
    )
