"""A Shopify stand-in whose orders can be changed, and stay so.

It refuses in the ways the vendor documents: user errors beside the payload, idempotency that is
asked for, cancelling in the background. ``done`` lists what really happened, for who counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import graphql as ql

from .shopify import Object, fits
from .shopify_refunds import RefundingShopify, Said
from .shopify_rows import a_list, an_object, bag, line_of, returnable

_SCOPES = {
    "orderUpdate": "write_orders",
    "orderCancel": "write_orders",
    "refundCreate": "write_orders",
    "returnCreate": "write_returns",
    "draftOrderCreate": "write_draft_orders",
    "draftOrderCalculate": "write_draft_orders",
    "draftOrderInvoiceSend": "write_draft_orders",
}
WRITING = ("read_orders", "read_all_orders", "read_customers", *sorted(set(_SCOPES.values())))


@dataclass
class WritableShopify(RefundingShopify):
    """Orders are as ``order_row`` makes them. A job ends after ``job_after`` more questions."""

    scopes: Sequence[str] = WRITING
    variants: list[Object] = field(default_factory=list)
    drafts: list[Object] = field(default_factory=list)
    job_after: int = 1
    _jobs: list[tuple[str, int, Callable[[], None]]] = field(default_factory=list)

    def rows(self, name: str, given: Object) -> list[Object] | None:
        if name == "draftOrders":
            return self.drafts
        if name == "productVariants":
            return [one for one in self.variants if fits(one, str(given["query"]))]
        if name == "returnReasonDefinitions":
            return [{"id": "gid://shopify/ReturnReasonDefinition/1"}]
        if name == "returnableFulfillments":
            return returnable(self.order(given["orderId"]))
        return None

    def _root(self, source: Object, name: str, given: Object) -> object:
        self._work()
        if name == "job":
            left = {ref for ref, _, _ in self._jobs}
            return {"id": given["id"], "done": given["id"] not in left}
        if name == "returnCalculate":
            return self._calculated(an_object(given["input"]))
        return super()._root(source, name, given)

    def change(self, name: str, info: ql.GraphQLResolveInfo, given: Object) -> object:
        self._work()
        if _SCOPES[name] not in self.scopes:
            raise ql.GraphQLError(
                f"Access denied for {name} field. Required access: `{_SCOPES[name]}` access scope."
            )
        if name == "refundCreate":
            return self.once(info, given)
        errors = "orderCancelUserErrors" if name == "orderCancel" else "userErrors"
        try:
            told = getattr(self, f"_{name}")(**given)
        except Said as said:
            return {errors: [{"code": "INVALID", "field": None, "message": str(said)}]}
        return {errors: [], **told}

    def _work(self) -> None:
        """Jobs in the background come nearer to their end."""
        due = [job for _, left, job in self._jobs if left <= 0]
        self._jobs = [(ref, left - 1, job) for ref, left, job in self._jobs if left > 0]
        for job in due:
            job()

    def _orderUpdate(self, input: Object) -> Object:  # noqa: A002 - the vendor's names
        order = self.order(input["id"])
        if "shippingAddress" in input:
            given = an_object(input["shippingAddress"])
            if not given.get("address1"):
                raise Said("Address1 can't be blank")
            name = f"{given.get('firstName')} {given.get('lastName')}".strip()
            known = an_object(order["shippingAddress"])
            same = given.get("countryCode") == known["countryCodeV2"]
            country = known["country"] if same else given.get("countryCode")
            kept = {"country": country, "countryCodeV2": given.get("countryCode"), "name": name}
            order["shippingAddress"] = {**known, **given, **kept}
        if "note" in input:
            order["note"] = input["note"]
        self._keep(order, input)
        self.done.append(("note" if "note" in input else "address", str(order["id"])))
        return {"order": order}

    def _keep(self, row: Object, given: Object) -> None:
        row["updatedAt"] = self.tick()
        fields = row.setdefault("metafields", {})
        assert isinstance(fields, dict)
        for one in a_list(given.get("metafields")):
            fields[one["namespace"], one["key"]] = {"value": one["value"]}

    def _orderCancel(self, orderId: str, **given: object) -> Object:  # noqa: N803
        order = self.order(orderId)
        if order["cancelledAt"]:
            raise Said("Order has already been cancelled")
        if order["displayFulfillmentStatus"] == "FULFILLED":
            raise Said("Cannot cancel a fulfilled order")
        if len(str(given["staffNote"])) > 255:
            raise Said("Staff note is too long (maximum is 255 characters)")

        def cancel() -> None:
            if order["cancelledAt"]:
                return
            order["cancelledAt"] = order["updatedAt"] = self.tick()
            order["cancellation"] = {"staffNote": given["staffNote"]}
            self.done.append(("cancel", orderId))
            if an_object(given["refundMethod"]).get("originalPaymentMethodsRefund"):
                for payment in a_list(order["payments"]):
                    payment["left"] = Decimal(0)

        job = f"gid://shopify/Job/{len(self._jobs) + 1}"
        self._jobs.append((job, self.job_after, cancel))
        return {"job": {"id": job, "done": False}}

    def _returnCreate(self, returnInput: Object) -> Object:  # noqa: N803
        order = self.order(returnInput["orderId"])
        open_for = {
            str(item["fulfillmentLineItem"]["id"]): item  # type: ignore[index]
            for parcel in returnable(order)
            for item in a_list(parcel["returnableFulfillmentLineItems"])
        }
        lines = a_list(returnInput["returnLineItems"])
        for one in lines:
            item = open_for.get(str(one["fulfillmentLineItemId"]))
            if item is None or int(str(one["quantity"])) > int(str(item["quantity"])):
                raise Said("Return line item quantity is greater than what can be returned")
            if len(str(one["returnReasonNote"])) > 255:
                raise Said("Return reason note is too long (maximum is 255 characters)")
        for one in lines:
            counts = order["returned"]
            assert isinstance(counts, dict)
            ref = str(one["fulfillmentLineItemId"])
            counts[ref] = counts.get(ref, 0) + int(str(one["quantity"]))
        count = len(a_list(order["returns"])) + 1
        made: Object = {
            "id": f"gid://shopify/Return/{count}",
            "name": f"{order['name']}-R{count}",
            "status": "OPEN",
            "totalQuantity": sum(int(str(one["quantity"])) for one in lines),
            "createdAt": self.tick(),
            "returnLineItems": [
                {"__typename": "ReturnLineItem", "returnReasonNote": one["returnReasonNote"]}
                for one in lines
            ],
        }
        a_list(order["returns"]).append(made)
        order["updatedAt"] = self.tick()
        self.done.append(("return", str(made["name"])))
        return {"return": made}

    def _calculated(self, given: Object) -> Object:
        order = self.order(given["orderId"])
        lines = {str(one["id"]): one for one in a_list(order["lineItems"])}
        prices = {str(one["id"]): Decimal(str(one["price"])) for one in self.variants}
        none = bag(order, Decimal(0))
        return {
            "returnLineItems": [
                {
                    "subtotalSet": bag(
                        order,
                        Decimal(str(lines[line_of(one)]["unit"])) * int(str(one["quantity"])),
                    ),
                    "totalTaxSet": none,
                }
                for one in a_list(given.get("returnLineItems"))
            ],
            "exchangeLineItems": [
                {
                    "subtotalSet": bag(
                        order, prices[str(one["variantId"])] * int(str(one["quantity"]))
                    ),
                    "totalTaxSet": none,
                }
                for one in a_list(given.get("exchangeLineItems"))
            ],
        }

    def _draftOrderCalculate(self, input: Object) -> Object:  # noqa: A002
        return {"calculatedDraftOrder": {"totalPriceSet": self._price(input)}}

    def _draftOrderCreate(self, input: Object) -> Object:  # noqa: A002
        price = self._price(input)
        number = len(self.drafts) + 1
        draft: Object = {
            "id": f"gid://shopify/DraftOrder/{number}",
            "createdAt": self.tick(),
            "invoiceUrl": f"https://ao-mu.example/invoices/{number}",
            "invoiceSentAt": None,
            "totalPriceSet": price,
            "email": input["email"],
        }
        self._keep(draft, input)
        self.drafts.append(draft)
        self.done.append(("place", str(draft["id"])))
        return {"draftOrder": draft}

    def _price(self, given: Object) -> Object:
        prices = {str(one["id"]): Decimal(str(one["price"])) for one in self.variants}
        if "@" not in str(given.get("email")):
            raise Said("Email is invalid")
        total = sum(
            (
                prices[str(one["variantId"])] * int(str(one["quantity"]))
                for one in a_list(given["lineItems"])
            ),
            Decimal(0),
        )
        money = {"amount": f"{total:f}", "currencyCode": "VND"}
        return {"presentmentMoney": money, "shopMoney": money}

    def _draftOrderInvoiceSend(self, id: str) -> Object:  # noqa: A002
        draft = next(one for one in self.drafts if one["id"] == id)
        draft["invoiceSentAt"] = self.tick()
        self.mails.append("invoice")
        return {"draftOrder": draft}
