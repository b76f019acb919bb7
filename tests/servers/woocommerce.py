"""A stand-in for WooCommerce's REST API v3, in the documented shapes, which refuses as it does."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from .web import Asked, Reply

JSON = {"Content-Type": "application/json; charset=UTF-8"}
Object = dict[str, object]


@dataclass
class WooShop:
    """``permalinks`` off serves ``?rest_route=`` only; ``strips`` takes the Authorization header
    away, as some hosts do. ``on_list`` runs before each list is answered: orders change while they
    are read. ``next`` are answers that come before any other."""

    orders: list[Object]
    keys: tuple[str, str] = ("ck_good", "cs_good")
    permalinks: bool = True
    strips: bool = False
    may_read: bool = True
    next: list[Reply] = field(default_factory=list)
    on_list: Callable[[], None] = lambda: None

    def answer(self, asked: Asked) -> Reply:
        if self.next:
            return self.next.pop(0)
        parts = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = query.pop("rest_route", "") or (
            parts.path.removeprefix("/wp-json") if self.permalinks else ""
        )
        if not path.startswith("/wc/v3/"):
            return Reply(404, b"<html>Page not found</html>", {"Content-Type": "text/html"})
        refused = self._refused(asked, query)
        if refused:
            return refused
        path = path.removeprefix("/wc/v3")
        if asked.method != "GET":
            return self.change(asked.method, path, json.loads(asked.body))
        if path == "/orders":
            return self._list(query)
        if (more := self.more(path, query)) is not None:
            return Reply(200, json.dumps(more).encode(), JSON)
        found = [one for one in self.orders if path == f"/orders/{one['id']}"]
        if not found:
            return error(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
        return Reply(200, json.dumps(found[0]).encode(), JSON)

    def change(self, method: str, path: str, given: Object) -> Reply:
        """What a request that changes something does; a shop that is only read has none."""
        return error(404, "rest_no_route", "No route was found matching the URL and method.")

    def more(self, path: str, query: dict[str, str]) -> object:
        """What the shop has beside orders, None for nothing."""
        return None

    def _refused(self, asked: Asked, query: dict[str, str]) -> Reply | None:
        header = "" if self.strips else asked.headers.get("authorization", "")
        if header:
            user, _, secret = (
                base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
            )
            given = (user, secret)
        else:
            given = (query.pop("consumer_key", ""), query.pop("consumer_secret", ""))
        if not any(given):
            said = "Sorry, you cannot list resources."
            return error(401, "woocommerce_rest_cannot_view", said)
        if given[0] != self.keys[0]:
            return error(401, "woocommerce_rest_authentication_error", "Consumer key is invalid.")
        if given[1] != self.keys[1]:
            said = "Consumer secret is invalid."
            return error(401, "woocommerce_rest_authentication_error", said)
        if not self.may_read:
            said = "Sorry, you cannot list resources."
            return error(403, "woocommerce_rest_cannot_view", said)
        return None

    def _list(self, query: dict[str, str]) -> Reply:
        self.on_list()
        found = list(self.orders)
        if words := query.pop("search", ""):
            found = [one for one in found if words.lower() in _searched(one)]
        if ids := query.pop("include", ""):
            found = [one for one in found if str(one["id"]) in ids.split(",")]
        if since := query.pop("modified_after", ""):
            assert query.pop("dates_are_gmt") == "true"
            found = [one for one in found if str(one["date_modified_gmt"]) > since]
        by = {"modified": "date_modified_gmt", "date": "date_created_gmt", "id": "id"}[
            query.pop("orderby", "date")
        ]
        newest = query.pop("order", "desc") == "desc"
        found.sort(key=lambda one: (str(one[by]), int(str(one["id"]))), reverse=newest)
        size, page = int(query.pop("per_page", "10")), int(query.pop("page", "1"))
        if not 1 <= size <= 100:
            return error(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        assert query.pop("status", "any") == "any"
        assert not query, f"not understood: {query}"
        pages = -(-len(found) // size)
        headers = {**JSON, "X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        return Reply(200, json.dumps(found[(page - 1) * size :][:size]).encode(), headers)


def error(status: int, code: str, message: str) -> Reply:
    told = {"code": code, "message": message, "data": {"status": status}}
    return Reply(status, json.dumps(told).encode(), JSON)


def _searched(order: Object) -> str:
    """What the shop's search goes over: names, addresses, contacts and, with the plug-ins for
    numbers in sequence, the number."""
    billing, shipping = order["billing"], order["shipping"]
    assert isinstance(billing, dict) and isinstance(shipping, dict)
    texts = [*billing.values(), *shipping.values(), order["number"]]
    name = f"{billing['first_name']} {billing['last_name']}"
    return " ".join([*map(str, texts), name]).lower()
