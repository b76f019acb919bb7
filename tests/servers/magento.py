"""A stand-in for Magento's REST API V1, in the shapes of its published schema, which checks OAuth
signatures and leave as it does."""

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from .web import Asked, Reply

JSON = {"Content-Type": "application/json; charset=utf-8"}
Object = dict[str, object]
RESOURCES = {
    "orders": "Magento_Sales::sales",
    "shipments": "Magento_Sales::shipment",
    "creditmemos": "Magento_Sales::sales_creditmemo",
    "invoices": "Magento_Sales::sales_invoice",
    "returns": "Magento_Rma::rma_manage",
}
_FILTER = re.compile(
    r"searchCriteria\[filter_groups\]\[(\d+)\]\[filters\]\[(\d+)\]\[(field|value|condition_type)\]"
)


@dataclass
class MagentoShop:
    """``leave`` are the resources of the integration. ``bearer`` allows its token alone, which is
    off in shops by default. ``next`` are answers that come before any other."""

    orders: list[Object]
    shipments: list[Object] = field(default_factory=list)
    creditmemos: list[Object] = field(default_factory=list)
    keys: tuple[str, str, str, str] = ("ck", "cs", "tok", "ts&%")
    leave: set[str] = field(default_factory=lambda: set(RESOURCES.values()))
    bearer: bool = False
    scheme: str = "https"  # of the address that it is asked at; signatures hang on it
    next: list[Reply] = field(default_factory=list)
    nonces: set[str] = field(default_factory=set)
    on_list: Callable[[], None] = lambda: None
    reading: str = r"/rest/all/V1/(orders|shipments|creditmemos)(?:/(\d+))?"

    def answer(self, asked: Asked) -> Reply:
        if self.next:
            return self.next.pop(0)
        parts = urlsplit(asked.path)
        route = re.fullmatch(self.reading, parts.path) if asked.method == "GET" else None
        resource = RESOURCES[route.group(1)] if route else self.resource(asked.method, parts.path)
        if not resource:
            return error(404, "Request does not match any route.")
        header = asked.headers.get("authorization", "")
        known = header == f"Bearer {self.keys[2]}" and self.bearer
        if header.startswith("OAuth "):
            wrong = self._unsigned(asked, header)
            if wrong:
                return error(401, wrong)
            known = True
        if not known or resource not in self.leave:
            said = "The consumer isn't authorized to access %resources."
            return error(401, said, {"resources": resource})
        if not route:
            return self.change(asked.method, parts.path, json.loads(asked.body or b"null"))
        rows: list[Object] = getattr(self, route.group(1))
        if route.group(2):
            found = [one for one in rows if str(one["entity_id"]) == route.group(2)]
            if found:
                return Reply(200, json.dumps(found[0]).encode(), JSON)
            return error(404, "The entity that was requested doesn't exist. Verify the entity.")
        return self._list(rows, dict(parse_qsl(parts.query, keep_blank_values=True)))

    def resource(self, method: str, path: str) -> str:
        """The leave that another route asks for, "" for no such route."""
        return ""

    def change(self, method: str, path: str, given: object) -> Reply:
        """What another route answers."""
        raise NotImplementedError

    def _unsigned(self, asked: Asked, header: str) -> str:
        """What is wrong with the signature, by RFC 5849."""
        own = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', header)}
        signature = own.pop("oauth_signature", "")
        if own.get("oauth_consumer_key") != self.keys[0] or own.get("oauth_token") != self.keys[2]:
            return "The consumer has not been found. Verify the consumer and try again."
        if own["oauth_nonce"] in self.nonces:
            return "The nonce is already being used by the consumer with ID %1"
        self.nonces.add(own["oauth_nonce"])
        if abs(int(own["oauth_timestamp"]) - time.time()) > 600:
            return "The timestamp value in the oauth_timestamp parameter isn't valid."
        parts = urlsplit(asked.path)
        pairs = [*own.items(), *parse_qsl(parts.query, keep_blank_values=True)]
        joined = "&".join(sorted(f"{_code(name)}={_code(value)}" for name, value in pairs))
        url = f"{self.scheme}://{asked.headers['host']}{parts.path}"
        text = "&".join((asked.method, _code(url), _code(joined)))
        secret = f"{_code(self.keys[1])}&{_code(self.keys[3])}"
        digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
        good = hmac.compare_digest(base64.b64encode(digest).decode(), signature)
        return "" if good else "The signature is invalid. Verify and try again."

    def _list(self, rows: list[Object], query: dict[str, str]) -> Reply:
        self.on_list()
        groups: dict[str, dict[str, Object]] = {}
        for name in list(query):
            if match := _FILTER.fullmatch(name):
                group, number, what = match.groups()
                groups.setdefault(group, {}).setdefault(number, {})[what] = query.pop(name)
        found = [
            row
            for row in rows
            if all(any(_fits(row, one) for one in group.values()) for group in groups.values())
        ]
        sort = query.pop("searchCriteria[sortOrders][0][field]")
        down = query.pop("searchCriteria[sortOrders][0][direction]") == "DESC"
        found.sort(key=lambda row: str(row.get(sort)), reverse=down)
        size = int(query.pop("searchCriteria[pageSize]"))
        page = int(query.pop("searchCriteria[currentPage]"))
        assert not query, f"not understood: {query}"
        last = max(1, -(-len(found) // size))
        begin = (min(page, last) - 1) * size  # beyond the last page, that one again
        told = {"items": found[begin : begin + size], "total_count": len(found)}
        return Reply(200, json.dumps(told).encode(), JSON)


def error(status: int, message: str, parameters: object = None) -> Reply:
    told: Object = {"message": message}
    if parameters:
        told["parameters"] = parameters
    return Reply(status, json.dumps(told).encode(), JSON)


def _code(text: str) -> str:
    return quote(text, safe="-._~")


def _fits(row: Object, one: Object) -> bool:
    has, value = str(row.get(str(one["field"])) or ""), str(one["value"])
    how = one["condition_type"]
    if how == "eq":
        return has.lower() == value.lower()  # as MySQL compares
    if how == "in":
        return has in value.split(",")
    if how == "gteq":
        return has >= value
    assert how == "like"
    parts = re.split(r"(\\.|%|_)", value)
    kinds = {"%": ".*", "_": "."}
    pattern = "".join(kinds.get(part) or re.escape(part.removeprefix("\\")) for part in parts)
    return bool(re.fullmatch(pattern, has, re.IGNORECASE | re.DOTALL))
