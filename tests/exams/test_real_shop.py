"""The protocol of order sources against a real shop server that none of us shaped it for.

Vendure (npm) holds orders placed through its own shop API; an adapter of the size of our own ones
reads them back. Node and npm are needed; the packages are fetched once into the temporary folder,
or found where DESKAPP_VENDURE says.
"""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from deskapp.domain.orders import Gap, OrderKey, OrderSource, OrderStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import shop_address
from tests.exams.vendure_source import VendureOrders
from tests.servers.vendure import ADMIN, Vendure, serve

ANH = {"firstName": "Thị Ánh", "lastName": "Nguyễn", "emailAddress": "anh@shop.example"}
BORIS = {"firstName": "Борис", "lastName": "Ёлкин", "emailAddress": "Boris@shop.example"}
_ADD = """mutation($id: ID!, $n: Int!) { addItemToOrder(productVariantId: $id, quantity: $n) {
  ... on ErrorResult { errorCode message } ... on Order { code } } }"""
_WHO = """mutation($who: CreateCustomerInput!, $place: CreateAddressInput!) {
  setCustomerForOrder(input: $who) { ... on ErrorResult { errorCode message } }
  setOrderShippingAddress(input: $place) { ... on ErrorResult { errorCode message } } }"""
_SEND = """mutation($id: [ID!]!) { setOrderShippingMethod(shippingMethodId: $id) {
  ... on ErrorResult { errorCode message } }
  transitionOrderToState(state: "ArrangingPayment") {
  ... on ErrorResult { errorCode message } } }"""
_PAY = """mutation { addPaymentToOrder(input: {method: "dummy", metadata: {}}) {
  ... on ErrorResult { errorCode message }
  ... on Order { id code totalWithTax lines { id quantity } payments { id } } } }"""
_FULFIL = """mutation($lines: [OrderLineInput!]!, $arguments: [ConfigArgInput!]!) {
  addFulfillmentToOrder(input: {lines: $lines,
  handler: {code: "manual-fulfillment", arguments: $arguments}}) {
  ... on ErrorResult { errorCode message } ... on Fulfillment { id } } }"""
_SHIPPED = """mutation($id: ID!) { transitionFulfillmentToState(id: $id, state: "Shipped") {
  ... on ErrorResult { errorCode message } } }"""
_REFUND = """mutation($lines: [OrderLineInput!]!, $payment: ID!) { refundOrder(input: {
  lines: $lines, shipping: 0, adjustment: 0, paymentId: $payment, reason: "破损"}) {
  ... on ErrorResult { errorCode message } ... on Refund { id total } } }"""
_CANCEL = """mutation($id: ID!) { cancelOrder(input: {orderId: $id, reason: "late"}) {
  ... on ErrorResult { errorCode message } ... on Order { state } } }"""


@pytest.fixture
def vendure() -> Iterator[Vendure]:
    with serve() as shop:
        yield shop


def placed(
    shop: Vendure, who: dict[str, str], pieces: dict[str, int], postcode: str
) -> dict[str, object]:
    """An order as a shopper places it, paid."""
    shop.tokens.pop("shop-api", None)
    found = shop.ask("shop-api", "{ products { items { variants { id sku } } } }")["products"]
    ids = {one["sku"]: one["id"] for item in found["items"] for one in item["variants"]}
    for sku, count in pieces.items():
        shop.ask("shop-api", _ADD, id=ids[sku], n=count)
    place = {
        "fullName": f"{who['lastName']} {who['firstName']}",
        "streetLine1": "12 Phố Huế",
        "city": "Hà Nội",
        "postalCode": postcode,
        "countryCode": "VN",
        "phoneNumber": "0912 345 678",
    }
    shop.ask("shop-api", _WHO, who=who, place=place)
    ways = shop.ask("shop-api", "{ eligibleShippingMethods { id } }")["eligibleShippingMethods"]
    shop.ask("shop-api", _SEND, id=[ways[0]["id"]])
    order: dict[str, object] = shop.ask("shop-api", _PAY)["addPaymentToOrder"]
    return order


def walked(source: OrderSource, mark: str, limit: int) -> tuple[list[str], str, int]:
    """Numbers of everything that changed since ``mark``, the last mark, and how many calls."""
    numbers: list[str] = []
    for calls in range(1, 50):
        page = source.changed(mark, limit)
        assert page.faults == ()
        numbers += [order.number for order in page.orders]
        mark = page.mark
        if not page.more:
            return numbers, mark, calls
    raise AssertionError("the walk has no end")


def test_the_protocol_fits_a_shop_it_was_not_made_for(
    vendure: Vendure, tell: Callable[[str], None]
) -> None:
    first = placed(vendure, ANH, {"AO-1": 2, "TEA-2": 1}, "10000")
    second = placed(vendure, BORIS, {"TEA-2": 3}, "80331")
    third = placed(vendure, ANH, {"AO-1": 1}, "10000")
    codes = [str(one["code"]) for one in (first, second, third)]
    address = shop_address(f"http://127.0.0.1:{vendure.port}", own_network=True)
    source: OrderSource = VendureOrders(address, ADMIN, ADMIN)

    facts = source.facts()
    assert (facts.missing, facts.currency) == ((), "USD")

    for told in (first, second, third):
        [order] = source.find(OrderKey.NUMBER, f"#{str(told['code']).lower()}").orders
        assert order.total == Decimal(str(told["totalWithTax"])).scaleb(-2)
        assert [str(one.quantity) for one in order.lines] == [
            str(one["quantity"])
            for one in told["lines"]  # type: ignore[attr-defined]
        ]
        assert order.placed_at is not None and order.changed_at is not None
        [again] = source.order(order.ref).orders
        assert again == order
    mine = source.find(OrderKey.MAIL, "ANH@shop.example")
    assert [order.number for order in mine.orders] == [codes[2], codes[0]]
    assert mine.orders[0].customer_name == "Thị Ánh Nguyễn"
    assert mine.orders[0].ship_to and mine.orders[0].ship_to.city == "Hà Nội"
    assert source.find(OrderKey.MAIL, "anh@shop.example", 1).shortfalls[0].gap is Gap.MORE
    assert source.find(OrderKey.MAIL, "nobody@shop.example").orders == ()
    assert source.find(OrderKey.TRACKING, "JD01").shortfalls[0].gap is Gap.NO_SUCH_SEARCH
    with pytest.raises(Problem) as missing:
        source.order("4711")
    assert missing.value.kind is ProblemKind.NOT_FOUND

    seen, mark, calls = walked(source, "", 1)
    assert set(seen) == set(codes)
    assert walked(source, "", 50)[0] == codes
    settled = len(walked(source, mark, 1)[0])  # those of the last two minutes, once more

    refs = [str(order["id"]) for order in (first, second, third)]
    before = [source.order(ref).orders[0].changed_at for ref in refs]
    time.sleep(1.1)  # the shop's times have whole seconds
    vendure.ask("admin-api", _CANCEL, id=third["id"])
    lines = [{"orderLineId": one["id"], "quantity": one["quantity"]} for one in first["lines"]]  # type: ignore[attr-defined]
    way = [{"name": "method", "value": "DHL"}, {"name": "trackingCode", "value": "JD014"}]
    parcel = vendure.ask("admin-api", _FULFIL, lines=lines, arguments=way)
    vendure.ask("admin-api", _SHIPPED, id=parcel["addFulfillmentToOrder"]["id"])
    one = [{"orderLineId": second["lines"][0]["id"], "quantity": 1}]  # type: ignore[index]
    back = vendure.ask("admin-api", _REFUND, lines=one, payment=second["payments"][0]["id"])  # type: ignore[index]
    assert set(walked(source, mark, 1)[0]) == set(codes)
    shipped, refunded, cancelled = (source.order(ref).orders[0] for ref in refs)
    now = [one.changed_at for one in (shipped, refunded, cancelled)]
    acts = ("parcel", "refund", "cancellation")
    still = [act for act, at, then in zip(acts, now, before, strict=True) if at == then]
    assert shipped.standing is OrderStatus.SHIPPED
    assert shipped.shipments[0].tracking_number == "JD014"
    assert cancelled.standing is OrderStatus.CANCELLED
    assert refunded.refunds[0].amount == Decimal(str(back["refundOrder"]["total"])).scaleb(-2)
    assert refunded.refunds[0].reason == "破损"
    _refusals_are_named(vendure)
    tell(
        f"3 orders, each found by number and read whole; {calls} calls of one order for the first "
        f"walk, {settled} again in the overlap; a parcel, a refund and a cancellation were "
        f"seen; acts that leave the shop's own time of change as it was: {still or 'none'}"
    )


def _refusals_are_named(vendure: Vendure) -> None:
    """A wrong password, and an account without the rights that reading needs."""
    address = shop_address(f"http://127.0.0.1:{vendure.port}", own_network=True)
    with pytest.raises(Problem) as refused:
        VendureOrders(address, ADMIN, "wrong-secret").facts()
    assert refused.value.kind is ProblemKind.SIGN_IN_REFUSED
    assert "wrong-secret" not in str(refused.value)
    role = vendure.ask(
        "admin-api",
        """mutation { createRole(input: {code: "stock", description: "stock",
        permissions: [ReadCatalog]}) { id } }""",
    )["createRole"]["id"]
    vendure.ask(
        "admin-api",
        """mutation($role: ID!) { createAdministrator(input: {firstName: "S", lastName: "T",
        emailAddress: "stock@shop.example", password: "stock-pass", roleIds: [$role]}) { id } }""",
        role=role,
    )
    source = VendureOrders(address, "stock@shop.example", "stock-pass")
    assert source.facts().missing == ("ReadOrder", "ReadCustomer")
    with pytest.raises(Problem) as lacking:
        source.changed()
    assert (lacking.value.kind, lacking.value.details["scope"]) == (
        ProblemKind.SCOPE_MISSING,
        "ReadOrder",
    )
