"""Orders of the Shopify stand-in as the shop keeps them, and what may come back of them."""

from decimal import Decimal

from .shopify import Object


def order_row(
    number: int, unit: str = "249000", count: int = 2, paid: str = "", **changes: object
) -> Object:
    """An order of ``count`` pieces that was paid by card and has arrived, unless changed."""
    total = Decimal(paid or Decimal(unit) * count)
    at = "2026-11-20T08:00:00Z"
    place = {"name": "Nguyễn Thị Mai", "firstName": "Nguyễn Thị", "lastName": "Mai"}
    address = {
        **place,
        "company": None,
        "address1": "12 Lê Lợi",
        "address2": None,
        "city": "Huế",
        "zip": "530000",
        "province": None,
        "provinceCode": None,
        "phone": "+84912345678",
        "country": "Vietnam",
        "countryCodeV2": "VN",
    }
    order: Object = {
        "id": f"gid://shopify/Order/{number}",
        "name": f"#{number}",
        "email": "mai@customer.example",
        "note": "Gọi trước",
        "tags": [],
        "createdAt": at,
        "updatedAt": at,
        "processedAt": at,
        "cancelledAt": None,
        "closed": False,
        "cancellation": None,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "FULFILLED",
        "returnStatus": "NO_RETURN",
        "refundable": True,
        "currencyCode": "VND",
        "presentmentCurrencyCode": "VND",
        "rate": "1",
        "shippingAddress": address,
        "metafields": {},
        "fulfillments": [],
        "refunds": [],
        "returns": [],
        "returned": {},
        "payments": [
            {
                "id": f"gid://shopify/OrderTransaction/{number}",
                "gateway": "shopify_payments",
                "manualPaymentGateway": False,
                "left": total,
            }
        ],
        **changes,
    }
    line = {
        "id": "gid://shopify/LineItem/1",
        "title": "Áo thun",
        "variantTitle": "M",
        "sku": "AT-M",
        "quantity": count,
        "currentQuantity": count,
        "unfulfilledQuantity": 0,
        "unit": unit,
        "discountedUnitPriceSet": bag(order, Decimal(unit)),
    }
    return {"lineItems": [line], "currentTotalPriceSet": bag(order, total), **order}


def bag(order: Object, amount: Decimal) -> Object:
    """An amount in the customer's currency and in the shop's."""
    in_shop = amount * Decimal(str(order["rate"]))
    return {
        "presentmentMoney": {
            "amount": f"{amount:f}",
            "currencyCode": order["presentmentCurrencyCode"],
        },
        "shopMoney": {"amount": f"{in_shop:f}", "currencyCode": order["currencyCode"]},
    }


def returnable(order: Object) -> list[Object]:
    counts = order["returned"]
    assert isinstance(counts, dict)
    items: list[Object] = []
    for line in a_list(order["lineItems"]):
        ref = str(line["id"]).replace("LineItem", "FulfillmentLineItem")
        left = int(str(line["currentQuantity"])) - counts.get(ref, 0)
        if order["displayFulfillmentStatus"] == "FULFILLED" and left > 0:
            items.append({"quantity": left, "fulfillmentLineItem": {"id": ref, "lineItem": line}})
    return [{"returnableFulfillmentLineItems": items}] if items else []


def line_of(item: Object) -> str:
    return str(item["fulfillmentLineItemId"]).replace("FulfillmentLineItem", "LineItem")


def an_object(value: object) -> Object:
    assert isinstance(value, dict)
    return value


def a_list(value: object) -> list[Object]:
    if value is None:
        return []
    assert isinstance(value, list)
    return value
