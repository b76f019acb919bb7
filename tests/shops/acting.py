"""The three shops with orders that can be changed, and one act of each kind for each."""

import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from deskapp.domain.order_acts import (
    ActKind,
    CancelOrder,
    ChangeAddress,
    ChangeNote,
    OrderAct,
    OrderActs,
    Pieces,
    PlaceOrder,
    RefundOrder,
    ReturnItems,
    Seen,
)
from deskapp.domain.orders import PostalAddress
from deskapp.domain.shop_address import ShopAddress
from deskapp.shops import magento, shopify, woocommerce
from tests.servers import magento_acts, shopify_acts, shopify_rows, woocommerce_acts
from tests.servers.magento import error as magento_error
from tests.servers.shop_faults import Fault, common_faults, page, plug_in_fails, refusals, told
from tests.servers.web import Asked, Reply
from tests.servers.woocommerce import error as woo_error

HOST = "shop.example"
PLACE = PostalAddress("Trần Văn An", ("5 Hai Bà Trưng",), "100000", "Hà Nội", "", "VN", "+84987")
FIRST = datetime(2026, 11, 20, 8, tzinfo=UTC)  # when each order was last changed
Any = shopify_acts.WritableShopify | woocommerce_acts.WritableWoo | magento_acts.WritableMagento


@dataclass
class Acting:
    """``made`` makes a shop anew; ``acts`` are the acts that its orders allow."""

    name: str
    made: Callable[[], Any]
    open: Callable[[int, ssl.SSLContext, float, Callable[[], datetime]], OrderActs]
    acts: dict[ActKind, OrderAct]
    changes: Callable[[Asked], bool]
    refused: dict[str, Reply]

    def faults(self, over: threading.Event) -> tuple[Fault, ...]:
        late = () if self.name == "shopify" else (plug_in_fails(),)
        return (*common_faults(over), *refusals(self.refused), *late)


def here(_host: str, _port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


def _acts(
    ref: str, line: str, currency: str, amount: str, *, to_cancel: str, sku: str
) -> dict[ActKind, OrderAct]:
    seen = Seen(ref, FIRST)
    one = (Pieces(line, Decimal(1)),)
    return {
        ActKind.NOTE: ChangeNote(seen, "Nhận hàng buổi tối, 请晚上送"),
        ActKind.ADDRESS: ChangeAddress(Seen(to_cancel, FIRST), PLACE),
        ActKind.CANCEL: CancelOrder(Seen(to_cancel, FIRST), "customer", True, True, True),
        ActKind.REFUND: RefundOrder(
            seen, Decimal(amount), currency, one, "Late", True, True, tell_customer=True
        ),
        ActKind.RETURN: ReturnItems(seen, one, "Too small", (), tell_customer=False),
        ActKind.PLACE: PlaceOrder(
            "an@customer.example", (Pieces(sku, Decimal(2)),), PLACE, "by phone", send_invoice=True
        ),
    }


def _without(acts: dict[ActKind, OrderAct], *kinds: ActKind) -> dict[ActKind, OrderAct]:
    return {kind: act for kind, act in acts.items() if kind not in kinds}


def _shopify() -> shopify_acts.WritableShopify:
    rows = [
        shopify_rows.order_row(1001),
        shopify_rows.order_row(1002, displayFulfillmentStatus="UNFULFILLED"),
    ]
    variant: dict[str, object] = {
        "id": "gid://shopify/ProductVariant/1",
        "sku": "AT-M",
        "price": "249000",
    }
    return shopify_acts.WritableShopify(rows, variants=[variant])


def _open_shopify(
    port: int, trust: ssl.SSLContext, seconds: float, now: Callable[[], datetime]
) -> OrderActs:
    session = shopify.Session(
        ShopAddress(HOST, port), shopify.Token("shpat_good"), resolve=here, trust=trust
    )
    session._line = replace(session._line, seconds=seconds)
    return shopify.ShopifyActs(session, now)


def _mutates(asked: Asked) -> bool:
    if not asked.path.endswith("/graphql.json"):
        return False
    query = str(json.loads(asked.body)["query"])
    free = ("draftOrderCalculate", "draftOrderInvoiceSend")
    return query.strip().startswith("mutation") and not any(one in query for one in free)


SHOPIFY_REFUSED = {
    "401": told(401, {"errors": "[API] Invalid API key or access token"}),
    "401 page": page(401, "Unauthorized"),
    "403": told(403, {"errors": "[API] This action requires approval for write_orders scope."}),
    "404": told(404, {"errors": "Not Found"}),
    "409": told(409, {"errors": "Conflict"}),
    "422": told(422, {"errors": "Unprocessable"}),
    "429": told(429, {"errors": "Throttled"}, **{"Retry-After": "3"}),
    "THROTTLED": told(
        200, {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]}
    ),
    "ACCESS_DENIED": told(
        200,
        {
            "data": {"orderUpdate": None},
            "errors": [
                {
                    "message": "Access denied. Required access: `write_orders` access scope.",
                    "path": ["orderUpdate"],
                    "extensions": {"code": "ACCESS_DENIED"},
                }
            ],
        },
    ),
    "invalid": told(200, {"errors": [{"message": "Field 'x' doesn't exist", "locations": []}]}),
}


def _woo() -> woocommerce_acts.WritableWoo:
    product: dict[str, object] = {"id": 87, "sku": "HUT", "price": "20.00", "parent_id": 0}
    rows = [woocommerce_acts.order_row(101), woocommerce_acts.order_row(102)]
    return woocommerce_acts.WritableWoo(rows, products=[product])


def _open_woo(
    port: int, trust: ssl.SSLContext, seconds: float, now: Callable[[], datetime]
) -> OrderActs:
    keys = woocommerce.RestKeys("ck_good", "cs_good")
    acts = woocommerce.WooActs(ShopAddress(HOST, port), keys, here, trust, now)
    acts._session._line = replace(acts._session._line, seconds=seconds)
    return acts


WOO_REFUSED = {
    "401": woo_error(401, "woocommerce_rest_authentication_error", "No write permissions."),
    "403": woo_error(403, "woocommerce_rest_cannot_edit", "You are not allowed to edit this."),
    "404": woo_error(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID."),
    "409": woo_error(409, "conflict", "Conflict"),
    "400": woo_error(400, "rest_invalid_param", "Invalid parameter(s): status"),
    "429": told(429, {"code": "slow", "message": "Slow down"}, **{"Retry-After": "3"}),
    "429 page": page(429, "Too many requests"),
}


def _writes(asked: Asked) -> bool:
    return asked.method != "GET" and "send_order_details" not in asked.path


def _magento() -> magento_acts.WritableMagento:
    to_cancel = magento_acts.order_row(42, state="new", status="pending", total_paid=None)
    rows = [magento_acts.order_row(41), to_cancel]
    return magento_acts.WritableMagento(rows, invoices=[magento_acts.invoice_row(9, 41)])


def _open_magento(
    port: int, trust: ssl.SSLContext, seconds: float, now: Callable[[], datetime]
) -> OrderActs:
    keys = magento.FourKeys("ck", "cs", "tok", "ts&%")
    session = magento.Session(ShopAddress(HOST, port), keys, resolve=here, trust=trust)
    session._line = replace(session._line, seconds=seconds)
    return magento.MagentoActs(session, now)


MAGENTO_REFUSED = {
    "401": magento_error(401, "The signature is invalid. Verify and try again."),
    "401 leave": magento_error(
        401,
        "The consumer isn't authorized to access %resources.",
        {"resources": "Magento_Sales::cancel"},
    ),
    "403": magento_error(403, "You are not allowed."),
    "404": magento_error(404, "The entity that was requested doesn't exist. Verify the entity."),
    "409": magento_error(409, "Conflict"),
    "400": magento_error(400, "Creditmemo Document Validation Error(s):\nNo."),
    "429": told(429, {"message": "Too Many Requests"}, **{"Retry-After": "3"}),
}

_SHOPIFY = _acts(
    "gid://shopify/Order/1001",
    "gid://shopify/LineItem/1",
    *("VND", "249000"),
    to_cancel="gid://shopify/Order/1002",
    sku="AT-M",
)
SHOPS = {
    shop.name: shop
    for shop in (
        Acting("shopify", _shopify, _open_shopify, _SHOPIFY, _mutates, SHOPIFY_REFUSED),
        Acting(
            "woocommerce",
            _woo,
            _open_woo,
            _without(
                _acts("101", "311", "EUR", "24.00", to_cancel="102", sku="HUT"), ActKind.RETURN
            ),
            _writes,
            WOO_REFUSED,
        ),
        Acting(
            "magento",
            _magento,
            _open_magento,
            _without(_acts("41", "1", "CNY", "179.75", to_cancel="42", sku="T-M"), ActKind.PLACE),
            _writes,
            MAGENTO_REFUSED,
        ),
    )
}
