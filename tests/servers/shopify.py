"""A stand-in for Shopify's Admin API, which answers by the vendor's own schema.

Questions are checked and executed by graphql-core against ``shopify.graphql``; sign-in, scopes,
protected customer data, cost and search refuse as Shopify documents them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import graphql as ql

from .web import Asked, Reply

JSON = {"Content-Type": "application/json; charset=utf-8"}
VERSION = "2026-07"
_TERM = re.compile(
    r"""(?:(\w+):)?"((?:[^"\\]|\\.)*)"|(customer_id):(\d+)|updated_at:>='([0-9TZ:-]+)'"""
)
Object = dict[str, object]


@dataclass
class ShopifyShop:
    """What the shop has and what its keys may. ``hidden`` are fields ("Order.email") that a key
    without leave for protected customer data gets as null; ``next`` are answers that come before
    any other."""

    orders: list[Object]
    tokens: set[str] = field(default_factory=lambda: {"shpat_good"})
    client: tuple[str, str] = ("id-1", "secret-1")
    scopes: Sequence[str] = (
        "read_orders",
        "read_all_orders",
        "read_customers",
        "read_fulfillments",
        "read_returns",
    )
    hidden: set[str] = field(default_factory=set)
    points: float = 100_000.0
    rate: float = 100.0
    issued: int = 0
    costs: list[int] = field(default_factory=list)
    next: list[Reply] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        if self.next:
            return self.next.pop(0)
        if asked.path == "/admin/oauth/access_token":
            return self._token(parse_qs(asked.body.decode()))
        if not re.fullmatch(r"/admin/api/\d{4}-\d{2}/graphql\.json", asked.path):
            return _json(404, {"errors": "Not Found"})
        if asked.headers.get("x-shopify-access-token") not in self.tokens:
            said = "[API] Invalid API key or access token (unrecognized login or wrong password)"
            return _json(401, {"errors": said})
        told = json.loads(asked.body)
        reply = self._run(told["query"], told["variables"])
        return replace(reply, headers={**reply.headers, "X-Shopify-API-Version": VERSION})

    def _token(self, form: Mapping[str, list[str]]) -> Reply:
        given = (form.get("client_id", [""])[0], form.get("client_secret", [""])[0])
        if given != self.client or form.get("grant_type") != ["client_credentials"]:
            said = "Client authentication failed"
            return _json(400, {"error": "invalid_client", "error_description": said})
        self.issued += 1
        token = f"shpua_{self.issued}"
        self.tokens.add(token)
        scope = ",".join(self.scopes)
        return _json(200, {"access_token": token, "scope": scope, "expires_in": 86399})

    def _run(self, query: str, variables: Object) -> Reply:
        document = ql.parse(query)
        wrong = ql.validate(_schema(), document)
        if wrong:
            return _json(200, {"errors": [{"message": one.message} for one in wrong]})
        cost = _cost(document, variables)
        self.costs.append(cost)
        if cost > 1000:
            return self._refused("MAX_COST_EXCEEDED", f"Query cost is {cost}", cost)
        if cost > self.points:
            return self._refused("THROTTLED", "Throttled", cost)
        self.points -= cost
        result = ql.graphql_sync(
            _schema(), query, self._roots(), variable_values=variables, field_resolver=self._field
        )
        told: Object = {"data": result.data, "extensions": {"cost": self._told_cost(cost)}}
        if result.errors:
            told["errors"] = [
                {
                    "message": one.message,
                    "path": one.path,
                    "extensions": one.extensions or {"code": "ACCESS_DENIED"},
                }
                for one in result.errors
            ]
        return _json(200, told)

    def _refused(self, code: str, said: str, cost: int) -> Reply:
        error = {"message": said, "extensions": {"code": code}}
        return _json(200, {"errors": [error], "extensions": {"cost": self._told_cost(cost)}})

    def _told_cost(self, cost: int) -> Object:
        status = {
            "maximumAvailable": 2000.0,
            "currentlyAvailable": self.points,
            "restoreRate": self.rate,
        }
        return {"requestedQueryCost": cost, "actualQueryCost": cost, "throttleStatus": status}

    def _roots(self) -> Object:
        return {
            "shop": {"name": "Áo & Mũ", "currencyCode": "VND"},
            "currentAppInstallation": {"accessScopes": [{"handle": one} for one in self.scopes]},
        }

    def change(self, name: str, info: ql.GraphQLResolveInfo, given: Object) -> object:
        """What a mutation does; a shop that is only read has none."""
        raise ql.GraphQLError(f"{name} is not allowed")

    def reckoned(self, order: Object, given: Object) -> object:
        """The refund that the shop suggests."""
        raise NotImplementedError

    def _field(self, source: Object, info: ql.GraphQLResolveInfo, **given: object) -> object:
        name = info.field_name
        if info.parent_type.name == "Mutation":
            return self.change(name, info, given)
        if name == "suggestedRefund":
            return self.reckoned(source, given)
        if name == "metafield":
            fields = source.get("metafields")
            assert isinstance(fields, dict)
            return fields.get((given["namespace"], given["key"]))
        if f"{info.parent_type.name}.{name}" in self.hidden:
            raise ql.GraphQLError(f"This app is not approved to use the {name} field.")
        if info.parent_type.name == "QueryRoot":
            return self._root(source, name, given)
        found = source.get(name)
        if isinstance(found, list) and given.get("reverse"):
            found = found[::-1]
        if isinstance(found, list) and "Connection" in str(info.return_type):
            return _page(found, given)
        if isinstance(found, list) and "first" in given:
            return found[: int(str(given["first"]))]
        return found

    def rows(self, name: str, given: Object) -> list[Object] | None:
        """What else the shop keeps, oldest first; None for what it has only one of."""
        return None

    def _root(self, source: Object, name: str, given: Object) -> object:
        needed = {"orders": "read_orders", "order": "read_orders", "customers": "read_customers"}
        if name in needed and needed[name] not in self.scopes:
            raise ql.GraphQLError(
                f"Access denied for {name} field. Required access: `{needed[name]}` access scope."
            )
        if name == "order":
            return next((one for one in self.orders if one["id"] == given["id"]), None)
        if name == "customers":
            people = {str(one["id"]): one for one in map(_customer, self.orders) if one}
            return _page([one for one in people.values() if fits(one, str(given["query"]))], given)
        if name == "orders":
            found = [one for one in self.orders if fits(one, str(given.get("query") or ""))]
            by = "updatedAt" if given["sortKey"] == "UPDATED_AT" else "processedAt"
            found.sort(
                key=lambda one: (str(one[by]), str(one["id"])), reverse=bool(given["reverse"])
            )
            return _page(found, given)
        rows = self.rows(name, given)
        if rows is not None:
            return _page(rows[::-1] if given.get("reverse") else rows, given)
        return source[name]


def _customer(order: Object) -> Object:
    found = order["customer"]
    return found if isinstance(found, dict) else {}


def _json(status: int, told: Object) -> Reply:
    return Reply(status, json.dumps(told).encode(), JSON)


@cache
def _schema() -> ql.GraphQLSchema:
    text = Path(__file__).with_name("shopify.graphql").read_text(encoding="utf-8")
    return ql.build_schema(text)


def _page(found: list[Object], given: Object) -> Object:
    """Cursors name the place after a row, as long as rows stay in their order."""
    begin = int(str(given.get("after") or 0))
    end = begin + int(str(given["first"]))
    info = {"hasNextPage": end < len(found), "endCursor": str(end)}
    return {"nodes": found[begin:end], "pageInfo": info}


def fits(row: Object, query: str) -> bool:
    """Terms of Shopify's search syntax, joined by OR, as far as deskapp writes them."""
    if not query:
        return True
    left = _TERM.sub("", query).replace("OR", "").strip()
    assert not left, f"not understood: {left}"
    return any(_term_fits(row, match) for match in _TERM.finditer(query))


def _term_fits(row: Object, match: re.Match[str]) -> bool:
    name, quoted, _, customer, since = match.groups()
    if since:
        return str(row["updatedAt"]) >= since
    if customer:
        return str(_customer(row).get("id")).endswith(f"/{customer}")
    words = re.sub(r"\\(.)", r"\1", quoted)
    if name == "name":
        return words.lstrip("#").lower() in str(row["name"]).lower()
    if name == "email":
        return words.lower() in str(row["email"]).lower()
    if name == "phone":
        return words in str(row["defaultPhoneNumber"])
    if name == "sku":
        return words.lower() in str(row["sku"]).lower()
    assert name is None, name
    return words.lower() in str(row["displayName"]).lower()


def _cost(document: ql.DocumentNode, variables: Object) -> int:
    """One point for an object, times the size of the lists around it."""
    fragments = {
        one.name.value: one.selection_set
        for one in document.definitions
        if isinstance(one, ql.FragmentDefinitionNode)
    }

    def of(selections: ql.SelectionSetNode) -> int:
        total = 0
        for one in selections.selections:
            if isinstance(one, ql.FragmentSpreadNode):
                total += of(fragments[one.name.value])
            elif isinstance(one, ql.FieldNode) and one.selection_set:
                total += size(one) * (of(one.selection_set) + (one.name.value != "nodes"))
        return total

    def size(one: ql.FieldNode) -> int:
        for given in one.arguments:
            if given.name.value == "first":
                value = given.value
                if isinstance(value, ql.VariableNode):
                    return int(str(variables[value.name.value]))
                return int(value.value) if isinstance(value, ql.IntValueNode) else 1
        return 1

    return sum(
        of(one.selection_set)
        for one in document.definitions
        if isinstance(one, ql.OperationDefinitionNode)
    )
