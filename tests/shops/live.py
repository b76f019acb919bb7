"""A look around in somebody's own shop: read only, and told without a name or an address.

What is asked is what the program asks by itself; nothing is written anywhere.
"""

from collections.abc import Callable, Mapping

from deskapp.domain.orders import OrderData, OrderKey, OrderSource
from deskapp.domain.shop_address import ShopAddress, shop_address, shopify_address
from deskapp.shops import magento, shopify, woocommerce
from deskapp.shops.sql import sql_orders

Environment = Mapping[str, str]
PREFIX = "DESKAPP_LIVE_"
OWN_NETWORK = f"{PREFIX}OWN_NETWORK"
"""Set to anything: the shop may be on this machine or in the own network."""


class NotSet(Exception):
    """Names the variables that are missing."""


def source_of(kind: str, environment: Environment) -> OrderSource:
    """The source that the variables describe. Raises NotSet, and Problem where they are wrong."""
    return _BUILDERS[kind](environment)


def look_around(source: OrderSource) -> str:
    """Asks everything that reading has, and holds the answers against each other."""
    facts = source.facts()
    page = source.changed(limit=5)
    pages, orders = 1, list(page.orders)
    while page.more and pages < 3:
        following = source.changed(page.mark, limit=5)
        assert following.mark != page.mark or not following.more, "the walk stands still"
        page, pages = following, pages + 1
        orders += page.orders
    found = [_one(source, order) for order in orders[:3]]
    gaps = {gap.gap.value for gap in (*facts.shortfalls, *page.shortfalls)}
    return (
        f"{len(orders)} orders in {pages} pages, {len(page.faults)} not readable; "
        f"{sum(found)} look-ups found what they must; "
        f"the key lacks: {', '.join(facts.missing) or 'nothing'}; "
        f"said to be left out: {', '.join(sorted(gaps)) or 'nothing'}"
    )


def _one(source: OrderSource, order: OrderData) -> int:
    """How many ways led to the order again."""
    ways = 0
    whole = source.order(order.ref or order.number).orders
    assert [one.number for one in whole] == [order.number], "asked by its id it is another order"
    finds = source.facts().finds
    for key, words in ((OrderKey.NUMBER, order.number), (OrderKey.MAIL, order.email)):
        if key in finds and words:
            answer = source.find(key, words, 50)
            named = {one.number for one in answer.orders}
            assert order.number in named or answer.shortfalls, f"not found by its {key.value}"
            ways += order.number in named
    return ways + 1


def _given(environment: Environment, shop: str, *names: str) -> tuple[str, ...]:
    wanted = [f"{PREFIX}{shop}_{name}" for name in names]
    if missing := [name for name in wanted if not environment.get(name)]:
        raise NotSet(", ".join(missing))
    return tuple(environment[name] for name in wanted)


def _address(text: str, environment: Environment) -> ShopAddress:
    return shop_address(text, own_network=bool(environment.get(OWN_NETWORK)))


def _shopify(environment: Environment) -> OrderSource:
    [name] = _given(environment, "SHOPIFY", "SHOP")
    own = bool(environment.get(OWN_NETWORK))
    address = shopify_address(name, own_network=own)
    key: shopify.Token | shopify.ClientKeys
    try:
        key = shopify.Token(*_given(environment, "SHOPIFY", "TOKEN"))
    except NotSet as missing:
        try:
            key = shopify.ClientKeys(*_given(environment, "SHOPIFY", "CLIENT_ID", "CLIENT_SECRET"))
        except NotSet as both:
            raise NotSet(f"{missing}, or {both}") from None
    return shopify.ShopifyOrders(shopify.Session(address, key))


def _woo(environment: Environment) -> OrderSource:
    url, key, secret = _given(environment, "WOO", "URL", "KEY", "SECRET")
    return woocommerce.WooOrders(_address(url, environment), woocommerce.RestKeys(key, secret))


def _magento(environment: Environment) -> OrderSource:
    [url] = _given(environment, "MAGENTO", "URL")
    names = ("CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN", "TOKEN_SECRET")
    keys: magento.Bearer | magento.FourKeys
    try:
        keys = magento.FourKeys(*_given(environment, "MAGENTO", *names))
    except NotSet:
        keys = magento.Bearer(*_given(environment, "MAGENTO", "TOKEN"))
    return magento.MagentoOrders(magento.Session(_address(url, environment), keys))


def _sql(environment: Environment) -> OrderSource:
    url, orders = _given(environment, "SQL", "URL", "ORDERS")
    return sql_orders(
        url,
        orders,
        environment.get(f"{PREFIX}SQL_LINES", ""),
        zone=environment.get(f"{PREFIX}SQL_ZONE", ""),
        own_network=bool(environment.get(OWN_NETWORK)),
        authority=environment.get(f"{PREFIX}SQL_AUTHORITY", ""),
    )


_BUILDERS: Mapping[str, Callable[[Environment], OrderSource]] = {
    "shopify": _shopify,
    "woocommerce": _woo,
    "magento": _magento,
    "sql": _sql,
}
KINDS = tuple(_BUILDERS)
