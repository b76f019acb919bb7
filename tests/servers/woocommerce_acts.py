"""A WooCommerce stand-in whose orders can be changed, and stay so. ``done`` lists what happened."""

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal

from .web import Reply
from .woocommerce import JSON, Object, WooShop, error


@dataclass
class WritableWoo(WooShop):
    """Orders are as ``order_row`` makes them; ``may_write`` off is a key for reading.

    ``gateway`` off is a payment that refuses to give money back.
    """

    may_write: bool = True
    gateway: bool = True
    products: list[Object] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    _ticks: int = 0

    def tick(self) -> str:
        self._ticks += 1
        return f"2026-11-22T09:{self._ticks // 60 % 60:02}:{self._ticks % 60:02}"

    def more(self, path: str, query: dict[str, str]) -> object:
        if path == "/products":
            wanted = query["sku"].split(",")
            return [one for one in self.products if one["sku"] in wanted]
        if path == "/data/currencies/current":
            return {"code": "EUR", "name": "Euro", "symbol": "&euro;"}
        if route := re.fullmatch(r"/orders/(\d+)/notes", path):
            assert query["type"] == "internal"
            noted = self._order(route.group(1))
            return noted["notes"] if noted else None
        route = re.fullmatch(r"/orders/(\d+)/refunds/(\d+)", path)
        order = self._order(route.group(1)) if route else None
        if route is None or order is None:
            return None
        return next((one for one in _list(order["made"]) if str(one["id"]) == route.group(2)), None)

    def change(self, method: str, path: str, given: Object) -> Reply:
        if not self.may_write:
            said = "The API key provided does not have write permissions."
            return error(401, "woocommerce_rest_authentication_error", said)
        if method == "POST" and path == "/orders":
            return self._create(given)
        route = re.fullmatch(r"/orders/(\d+)(/refunds|/notes|/actions/send_order_details)?", path)
        if not route:
            return error(404, "rest_no_route", "No route was found matching the URL and method.")
        order = self._order(route.group(1))
        if order is None:
            return error(400, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
        if route.group(2) == "/notes":
            return self._note(order, given)
        if route.group(2) == "/refunds":
            return self._refund(order, given)
        if route.group(2):
            self.mails.append("invoice")
            return Reply(200, json.dumps({"message": "Order details sent."}).encode(), JSON)
        return self._update(order, given)

    def _note(self, order: Object, given: Object) -> Reply:
        assert given["customer_note"] is False, "customers would read it"
        made: Object = {"id": 280 + len(self.done), "author": "api", "note": given["note"]}
        _list(order["notes"]).insert(0, made)
        self.done.append(("note", str(order["id"])))
        return _json(201, made)

    def _update(self, order: Object, given: Object) -> Reply:
        kinds = {"shipping": "address", "status": "cancel"}
        for name, kind in kinds.items():
            if name in given:
                order[name] = given[name]
                self.done.append((kind, str(order["id"])))
        self._keep(order, given)
        return _json(200, order)

    def _keep(self, order: Object, given: Object) -> None:
        meta = order["meta_data"]
        assert isinstance(meta, list)
        for one in _list(given.get("meta_data")):
            kept = next((row for row in meta if row["key"] == one["key"]), None)
            if kept:
                kept["value"] = one["value"]
            else:
                meta.append({"id": len(meta) + 1, **one})
        order["date_modified_gmt"] = self.tick()

    def _refund(self, order: Object, given: Object) -> Reply:
        refunded = sum((-Decimal(str(one["total"])) for one in _list(order["refunds"])), Decimal(0))
        amount = Decimal(str(given["amount"]))
        if amount <= 0 or amount > Decimal(str(order["total"])) - refunded:
            said = "Invalid refund amount."
            return error(500, "woocommerce_rest_cannot_create_order_refund", said)
        through = given.get("api_refund", True)
        if through and not self.gateway:
            said = "The payment gateway for this order does not support automatic refunds."
            return error(500, "woocommerce_rest_cannot_create_order_refund", said)
        for one in _list(given.get("line_items")):
            assert set(one) == {"id", "quantity", "refund_total", "refund_tax"}, one
        refund: Object = {
            "id": 7000 + len(self.done),
            "date_created_gmt": self.tick(),
            "amount": str(amount),
            "reason": given.get("reason", ""),
            "refunded_payment": bool(through),
            "meta_data": [],
            "line_items": [],
        }
        _list(order["made"]).insert(0, refund)
        short: Object = {"id": refund["id"], "reason": refund["reason"], "total": f"-{amount:f}"}
        _list(order["refunds"]).append(short)
        order["date_modified_gmt"] = self.tick()
        self.done.append(("refund", f"{amount:f}"))
        self.mails.append("refund")
        return _json(201, refund)

    def _create(self, given: Object) -> Reply:
        assert given["status"] == "pending" and given["set_paid"] is False
        total = Decimal(0)
        for one in _list(given["line_items"]):
            ref = one.get("variation_id") or one["product_id"]
            sold = [row for row in self.products if row["id"] == ref]
            if not sold:
                said = "Product ID or SKU is required."
                return error(400, "woocommerce_rest_required_product_reference", said)
            total += Decimal(str(sold[0]["price"])) * int(str(one["quantity"]))
        ref = max((int(str(one["id"])) for one in self.orders), default=100) + 1
        made = order_row(ref, total=f"{total:f}", status="pending", date_paid_gmt=None)
        made |= {"billing": given["billing"], "shipping": given["shipping"]}
        made |= {"date_created_gmt": self.tick(), "payment_url": f"https://shop.example/pay/{ref}"}
        self._keep(made, given)
        self.orders.append(made)
        self.done.append(("place", str(ref)))
        return _json(201, made)

    def _order(self, ref: str) -> Object | None:
        return next((one for one in self.orders if str(one["id"]) == ref), None)


def order_row(number: int, **changes: object) -> Object:
    """A paid order of two pieces, 40.00 and 8.00 taxes."""
    place = {"first_name": "Anna", "last_name": "Weiß", "company": ""}
    place |= {"address_1": "Gasse 1", "address_2": "", "city": "Wien", "state": ""}
    place |= {"postcode": "1010", "country": "AT", "phone": "+431234567"}
    line: Object = {"id": 311, "name": "Hut", "sku": "HUT", "quantity": 2, "price": 20}
    line |= {"total": "40.00", "total_tax": "8.00", "taxes": [{"id": 75, "total": "8.00"}]}
    return {
        "id": number,
        "number": str(number),
        "status": "processing",
        "currency": "EUR",
        "total": "48.00",
        "date_created_gmt": "2026-11-20T08:00:00",
        "date_modified_gmt": "2026-11-20T08:00:00",
        "date_paid_gmt": "2026-11-20T08:01:00",
        "customer_note": "Bitte klingeln",
        "billing": {**place, "email": "anna@customer.example"},
        "shipping": place,
        "line_items": [line],
        "refunds": [],
        "made": [],
        "notes": [{"id": 1, "author": "system", "note": "Payment received."}],
        "meta_data": [],
        "payment_url": "",
        **changes,
    }


def _json(status: int, told: Object) -> Reply:
    return Reply(status, json.dumps(told).encode(), JSON)


def _list(value: object) -> list[Object]:
    return value if isinstance(value, list) else []
