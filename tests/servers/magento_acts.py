"""A Magento stand-in whose orders can be changed, and stay so. ``done`` lists what happened."""

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal

from .magento import JSON, RESOURCES, MagentoShop, Object, error
from .web import Reply

_API = "/rest/all/V1"
_ROUTES = {
    ("POST", r"/orders/(\d+)/comments"): ("_comment", "Magento_Sales::comment"),
    ("PUT", r"/orders/(\d+)"): ("_address", "Magento_Sales::create"),
    ("POST", r"/orders/(\d+)/cancel"): ("_cancel", "Magento_Sales::cancel"),
    ("POST", r"/order/(\d+)/refund"): ("_refund", "Magento_Sales::creditmemo"),
    ("POST", r"/invoice/(\d+)/refund"): ("_refund_invoice", "Magento_Sales::creditmemo"),
    ("GET", r"/((?:orders|creditmemo|returns)/\d+)/comments"): ("_told", "Magento_Sales::sales"),
}
_COMMERCE = {
    ("POST", r"/returns()"): ("_return", "Magento_Rma::rma_manage"),
    ("GET", r"/returnsAttributeMetadata()"): ("_attributes", "Magento_Rma::rma_manage"),
}
LEAVE = {*RESOURCES.values(), *(leave for _, leave in (_ROUTES | _COMMERCE).values())}


@dataclass
class WritableMagento(MagentoShop):
    """Orders are as ``order_row`` makes them; ``commerce`` is the edition that has returns."""

    leave: set[str] = field(default_factory=lambda: set(LEAVE))
    invoices: list[Object] = field(default_factory=list)
    returns: list[Object] = field(default_factory=list)
    comments: dict[str, list[Object]] = field(default_factory=dict)
    commerce: bool = True
    done: list[tuple[str, str]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    _ticks: int = 0

    def __post_init__(self) -> None:
        kinds = "orders|shipments|creditmemos|invoices" + ("|returns" if self.commerce else "")
        self.reading = rf"{_API}/({kinds})(?:/(\d+))?"

    def tick(self) -> str:
        self._ticks += 1
        return f"2026-11-22 09:{self._ticks // 60 % 60:02}:{self._ticks % 60:02}"

    def resource(self, method: str, path: str) -> str:
        found = self._route(method, path)
        return found[1] if found else ""

    def change(self, method: str, path: str, given: object) -> Reply:
        found = self._route(method, path)
        assert found
        reply = getattr(self, found[0])(found[2], given if isinstance(given, dict) else {})
        assert isinstance(reply, Reply)
        return reply

    def _route(self, method: str, path: str) -> tuple[str, str, str] | None:
        for (known, pattern), (name, leave) in (
            _ROUTES | (_COMMERCE if self.commerce else {})
        ).items():
            match = re.fullmatch(_API + pattern, path)
            if known == method and match:
                return name, leave, match.group(1)
        return None

    def _told(self, row: str, _given: Object) -> Reply:
        kind, _, ref = row.partition("/")
        order = self._order(ref) if kind == "orders" else None
        found = _list(order["status_histories"]) if order else self.comments.get(row, [])
        return _json({"items": found, "total_count": len(found)})

    def _comment(self, ref: str, given: Object) -> Reply:
        if "statusHistory" not in given:
            return error(400, '"%fieldName" is required. Enter and try again.', ["statusHistory"])
        order = self._order(ref)
        history = given["statusHistory"]
        if order is None:
            return _unknown()
        assert isinstance(history, dict) and history["status"] == order["status"]
        _list(order["status_histories"]).append(history)
        self.done.append(("note", ref))
        return _json(True)

    def _address(self, ref: str, given: Object) -> Reply:
        if "entity" not in given:
            return error(400, '"%fieldName" is required. Enter and try again.', ["entity"])
        order, entity = self._order(ref), given["entity"]
        if order is None:
            return _unknown()
        assert isinstance(entity, dict)
        place = _ship_to(order)
        assert entity["entity_id"] == place["entity_id"] and entity["address_type"] == "shipping"
        if not entity["street"]:
            return error(400, '"%fieldName" is required. Enter and try again.', ["street"])
        place.clear()
        place.update(entity)
        self.done.append(("address", ref))
        return _json(place)

    def _cancel(self, ref: str, given: Object) -> Reply:
        order = self._order(ref)
        if order is None:
            return _unknown()
        if order["state"] != "new":
            return _json(False)
        order |= {"state": "canceled", "status": "canceled", "updated_at": self.tick()}
        self.done.append(("cancel", ref))
        return _json(True)

    def _refund(self, ref: str, given: Object, online: bool = False) -> Reply:
        order = self._order(ref)
        if order is None:
            return _unknown()
        arguments, comment = given["arguments"], given["comment"]
        assert isinstance(arguments, dict) and isinstance(comment, dict)
        lines = {int(str(one["item_id"])): one for one in _list(order["items"])}
        items = _list(given.get("items"))
        counts = {int(str(one["order_item_id"])): Decimal(str(one["qty"])) for one in items}
        if not counts:  # as the real one: everything that is left
            counts = {ref: Decimal(str(one["qty_ordered"])) for ref, one in lines.items()}
        base = Decimal(0)
        for number, count in counts.items():
            line = lines[number]
            if count > Decimal(str(line["qty_invoiced"])) - Decimal(str(line["qty_refunded"])):
                said = "The quantity to refund is greater than the quantity that was invoiced."
                return error(400, f"Creditmemo Document Validation Error(s):\n{said}")
            base += Decimal(str(line["row_total"])) * count / Decimal(str(line["qty_ordered"]))
        rate = Decimal(str(order["base_to_order_rate"]))
        for name, sign in (("adjustment_positive", 1), ("adjustment_negative", -1)):
            base += sign * Decimal(str(arguments[name])) * rate
        base += Decimal(str(arguments.get("shipping_amount", 5)))
        total = round(base, 2)
        shipping = Decimal(str(order["shipping_amount"])) - Decimal(str(order["shipping_refunded"]))
        if not any(counts.values()) and not shipping:
            said = "You can't create a creditmemo without products."
            return error(400, f"Creditmemo Document Validation Error(s):\n{said}")
        left = Decimal(str(order["total_paid"])) - Decimal(str(order["total_refunded"]))
        if total <= 0 or total > left:
            said = f"The most money available to refund is {left}."
            return error(400, f"Creditmemo Document Validation Error(s):\n{said}")
        for number, count in counts.items():
            lines[number]["qty_refunded"] = float(count) + float(str(lines[number]["qty_refunded"]))
        order["total_refunded"] = float(Decimal(str(order["total_refunded"])) + total)
        order["updated_at"] = self.tick()
        memo: Object = {"entity_id": 500 + len(self.creditmemos), "order_id": int(ref), "state": 2}
        memo |= {"grand_total": float(total), "order_currency_code": order["order_currency_code"]}
        self.comments[f"creditmemo/{memo['entity_id']}"] = [comment]  # no list of memos has them
        memo |= {"created_at": self.tick()}
        self.creditmemos.append(memo)
        self.done.append(("refund", f"{total:f}"))
        if given.get("notify"):
            self.mails.append("refund")
        return _json(memo["entity_id"])

    def _refund_invoice(self, ref: str, given: Object) -> Reply:
        invoice = next((one for one in self.invoices if str(one["entity_id"]) == ref), None)
        if invoice is None:
            return _unknown()
        assert given["isOnline"] is True
        return self._refund(str(invoice["order_id"]), given, online=True)

    def _return(self, _ref: str, given: Object) -> Reply:
        rma = given["rmaDataObject"]
        assert isinstance(rma, dict)
        for one in _list(rma["items"]):
            if not {"resolution", "condition", "reason"} <= set(one):
                return error(400, "Please enter a reason.")
        made: Object = {**rma, "entity_id": 30 + len(self.returns), "updated_at": self.tick()}
        self.comments[f"returns/{made['entity_id']}"] = _list(made.pop("comments"))
        self.returns.append(made)
        self.done.append(("return", str(made["entity_id"])))
        return _json(made)

    def _attributes(self, _ref: str, _given: Object) -> Reply:
        options: list[Object] = [{"label": " ", "value": ""}, {"label": "Other", "value": "12"}]
        told: list[Object] = [
            {"attribute_code": name, "required": True, "options": options}
            for name in ("resolution", "condition", "reason")
        ]
        return _json(told)

    def _order(self, ref: str) -> Object | None:
        return next((one for one in self.orders if str(one["entity_id"]) == ref), None)


def order_row(number: int, **changes: object) -> Object:
    """An order of two pieces, 359.50 in all, paid by a gateway and invoiced."""
    place: Object = {"entity_id": 8, "parent_id": number, "address_type": "shipping"}
    place |= {"firstname": "小明", "lastname": "王", "company": "", "street": ["中山路 1 号"]}
    place |= {"city": "上海", "region": "上海", "region_id": 5, "postcode": "200000"}
    place |= {"country_id": "CN", "telephone": "13800138000"}
    item: Object = {"item_id": 1, "sku": "T-M", "name": "T恤", "qty_ordered": 2, "price": 179.75}
    item |= {"qty_invoiced": 2, "qty_refunded": 0, "qty_shipped": 0, "row_total": 359.5}
    order: Object = {
        "entity_id": number,
        "increment_id": f"{number:09}",
        "store_id": 1,
        "state": "processing",
        "status": "processing",
        "customer_email": "wang@customer.example",
        "grand_total": 359.5,
        "total_paid": 359.5,
        "total_refunded": 0,
        "order_currency_code": "CNY",
        "base_currency_code": "CNY",
        "base_to_order_rate": 1,
        "created_at": "2026-11-20 08:00:00",
        "updated_at": "2026-11-20 08:00:00",
        "shipping_amount": 10,
        "shipping_refunded": 0,
        "billing_address": dict(place),
        "extension_attributes": {"shipping_assignments": [{"shipping": {"address": place}}]},
        "items": [item],
        "status_histories": [],
    }
    return {**order, **changes}


def invoice_row(number: int, order: int, **changes: object) -> Object:
    paid: Object = {"entity_id": number, "order_id": order, "state": 2, "grand_total": 359.5}
    return {**paid, "transaction_id": "ch_1", "base_total_refunded": None, **changes}


def _ship_to(order: Object) -> Object:
    extra = order["extension_attributes"]
    assert isinstance(extra, dict)
    place = extra["shipping_assignments"][0]["shipping"]["address"]
    assert isinstance(place, dict)
    return place


def _unknown() -> Reply:
    return error(404, "The entity that was requested doesn't exist. Verify the entity.")


def _json(told: object) -> Reply:
    return Reply(200, json.dumps(told).encode(), JSON)


def _list(value: object) -> list[Object]:
    return value if isinstance(value, list) else []
