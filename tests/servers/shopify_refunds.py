"""The money side of the Shopify stand-in: refunds, once for each key."""

import json
from dataclasses import dataclass, field
from decimal import Decimal

import graphql as ql

from .shopify import Object, ShopifyShop
from .shopify_rows import a_list, an_object, bag


class Said(Exception):
    """A user error."""


@dataclass
class RefundingShopify(ShopifyShop):
    """``done`` lists what really happened; ``gateway_state`` is how payments take a refund."""

    done: list[tuple[str, str]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    keys: dict[str, tuple[str, Object]] = field(default_factory=dict)
    gateway_state: str = "SUCCESS"
    _ticks: int = 0

    def tick(self) -> str:
        self._ticks += 1
        return f"2026-11-22T09:{self._ticks // 60 % 60:02}:{self._ticks % 60:02}Z"

    def once(self, info: ql.GraphQLResolveInfo, given: Object) -> Object:
        """The same key and input give the same refund again, another input is an error."""
        key = next(
            (
                str(argument.value.value)
                for directive in info.field_nodes[0].directives
                for argument in directive.arguments
                if isinstance(argument.value, ql.StringValueNode)
            ),
            str(info.variable_values.get("key") or ""),
        )
        if not key or not info.field_nodes[0].directives:
            raise ql.GraphQLError(
                "The @idempotent directive is required for this mutation but was not provided.",
                extensions={"code": "BAD_REQUEST"},
            )
        packed = json.dumps(given, default=str, sort_keys=True)
        if key in self.keys:
            before, told = self.keys[key]
            if before != packed:
                said = "The same idempotency key cannot be used with different parameters."
                return {"userErrors": [{"field": None, "message": said}]}
            return told
        try:
            told = {"userErrors": [], **self._refundCreate(an_object(given["input"]))}
        except Said as said:
            return {"userErrors": [{"field": ["transactions"], "message": str(said)}]}
        self.keys[key] = (packed, told)
        return told

    def _refundCreate(self, given: Object) -> Object:
        order = self.order(given["orderId"])
        if given.get("currency") != order["presentmentCurrencyCode"]:
            raise Said("Currency must be the presentment currency of the order")
        lines = {str(one["id"]): one for one in a_list(order["lineItems"])}
        for one in a_list(given.get("refundLineItems")):
            line, count = lines[str(one["lineItemId"])], int(str(one["quantity"]))
            if count > int(str(line["currentQuantity"])):
                raise Said("Quantity cannot refund more items than were purchased")
            line["currentQuantity"] = int(str(line["currentQuantity"])) - count
        total = Decimal(0)
        payments = {str(one["id"]): one for one in a_list(order["payments"])}
        for one in a_list(given.get("transactions")):
            payment, amount = payments[str(one["parentId"])], Decimal(str(one["amount"]))
            if amount > Decimal(str(payment["left"])):
                raise Said("Refund amount is greater than the amount available to refund")
            payment["left"] = Decimal(str(payment["left"])) - amount
            total += amount
        refund: Object = {
            "id": f"gid://shopify/Refund/{len(self.done) + 1}",
            "note": given.get("note"),
            "createdAt": self.tick(),
            "totalRefundedSet": bag(order, total),
            "transactions": [{"status": self.gateway_state}],
        }
        a_list(order["refunds"]).append(refund)
        order["updatedAt"] = self.tick()
        self.done.append(("refund", f"{total:f}"))
        if given.get("notify"):
            self.mails.append("refund")
        return {"refund": refund}

    def reckoned(self, order: Object, given: Object) -> object:
        left = sum((Decimal(str(one["left"])) for one in a_list(order["payments"])), Decimal(0))
        lines = {str(one["id"]): one for one in a_list(order["lineItems"])}
        chosen = [
            (lines[str(one["lineItemId"])], int(str(one["quantity"])))
            for one in a_list(given.get("refundLineItems"))
        ]
        amount = sum((Decimal(str(line["unit"])) * count for line, count in chosen), Decimal(0))
        return {
            "amountSet": bag(order, left if given.get("suggestFullRefund") else amount),
            "maximumRefundableSet": bag(order, left),
            "refundLineItems": [
                {
                    "quantity": count,
                    "lineItem": line,
                    "location": {"id": "gid://shopify/Location/1"},
                }
                for line, count in chosen
            ],
            "suggestedTransactions": [
                {
                    "gateway": one["gateway"],
                    "maximumRefundableSet": bag(order, Decimal(str(one["left"]))),
                    "parentTransaction": one,
                }
                for one in a_list(order["payments"])
            ],
        }

    def order(self, ref: object) -> Object:
        for one in self.orders:
            if one["id"] == ref:
                return one
        raise Said("Order does not exist")
