"""Orders out of Magento, against a stand-in that checks every signature by itself."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.orders import Gap, OrderKey, OrderSource, OrderStatus, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.shops.magento import Bearer, FourKeys, MagentoOrders, Session
from deskapp.shops.magento.signing import base_string
from tests.servers.authority import Authority
from tests.servers.magento import JSON, MagentoShop, Object, error
from tests.servers.web import Reply, serving

HOST = "shop.example"
KEYS = FourKeys("ck", "cs", "tok", "ts&%")
K = ProblemKind


def shop_order(number: int, **changes: object) -> Object:
    """One order in the shape of sales-data-order-interface."""
    at = f"2026-11-20 {number // 60 % 24:02}:{number % 60:02}:00"
    place = {
        "firstname": "小明",
        "lastname": "王",
        "company": None,
        "street": ["中山路 1 号", "3 楼"],
        "city": "上海",
        "region": "上海",
        "postcode": "200000",
        "country_id": "CN",
        "telephone": "13800138000",
    }
    order: Object = {
        "entity_id": 40 + number,
        "increment_id": f"{number:09}",
        "state": "processing",
        "status": "processing",
        "customer_email": f"wang{number}@customer.example",
        "customer_firstname": "小明",
        "customer_lastname": "王",
        "customer_is_guest": 0,
        "grand_total": 359.5,
        "total_paid": 359.5,
        "order_currency_code": "CNY",
        "created_at": at,
        "updated_at": at,
        "billing_address": place,
        "extension_attributes": {"shipping_assignments": [{"shipping": {"address": place}}]},
        "items": [
            {"item_id": 1, "sku": "T-M", "name": "T恤", "qty_ordered": 2, "price": 179.75},
            {"item_id": 2, "parent_item_id": 1, "sku": "T-M", "qty_ordered": 2, "price": 0},
        ],
    }
    return {**order, **changes}


Open = Callable[..., MagentoOrders]


@pytest.fixture
def opened(authority: Authority) -> Iterator[Open]:
    context = authority.server_context(HOST)
    with ExitStack() as stack:

        def go(shop: MagentoShop, keys: FourKeys | Bearer = KEYS) -> MagentoOrders:
            web = stack.enter_context(serving(shop.answer, context))
            session = Session(
                ShopAddress(HOST, web.port),
                keys,
                resolve=lambda _host, _port: ("127.0.0.1",),
                trust=authority.client_context(),
            )
            return MagentoOrders(session)

        yield go


def problem_of(call: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as raised:
        call()
    assert "ts&%" not in str(raised.value)
    return raised.value


def test_the_text_that_is_signed_is_that_of_the_standard() -> None:
    """The example of RFC 5849, 3.4.1.1."""
    parameters = [
        *(("b5", "=%3D"), ("a3", "a"), ("c@", ""), ("a2", "r b"), ("c2", ""), ("a3", "2 q")),
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
    ]
    assert base_string("post", "http://example.com/request", parameters) == (
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D"
        "%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3"
        "e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkk"
        "k9d7dh3k39sjv7"
    )


def test_an_order_comes_with_its_parcels_and_refunds(opened: Open) -> None:
    track = {"track_number": "SF1", "title": "SF Express", "carrier_code": "custom"}
    sent = {"order_id": 1041, "created_at": "2026-11-21 01:00:00", "tracks": [track]}
    back = {"entity_id": 5, "order_id": 1041, "grand_total": 100, "order_currency_code": "CNY"}
    memo = {**back, "created_at": "2026-11-22 01:00:00"}
    shop = MagentoShop([shop_order(1001)], [sent, {**sent, "order_id": 7}], [memo])
    source: OrderSource = opened(shop)
    [order] = source.find(OrderKey.NUMBER, "#1001").orders
    assert (order.number, order.ref, order.status) == ("000001001", "1041", "processing")
    assert (order.total, order.currency, order.payment_status) == (Decimal("359.5"), "CNY", "paid")
    assert order.standing is OrderStatus.PAID
    assert order.placed_at == datetime(2026, 11, 20, 16, 41, tzinfo=UTC)
    assert order.customer_name == "王小明"
    assert order.shipping_address == "王小明\n中山路 1 号\n3 楼\n上海 上海 200000\nCN"
    assert [(one.sku, one.quantity, one.price) for one in order.lines] == [
        ("T-M", 2, Decimal("179.75"))
    ]
    [parcel] = order.shipments
    assert (parcel.carrier, parcel.tracking_number) == ("SF Express", "SF1")
    [gone] = order.refunds
    assert (gone.amount, gone.currency) == (100, "CNY")
    assert source.order("1041").orders == (order,)


def test_orders_are_found_by_what_the_customer_has_at_hand(opened: Open) -> None:
    rows = [shop_order(1001), shop_order(11001), shop_order(1002)]
    rows.append(shop_order(7, customer_firstname="100%", increment_id="EU-0007"))
    source = opened(MagentoShop(rows))
    for by, words, found in (
        (OrderKey.NUMBER, "1001", ["000001001"]),
        (OrderKey.NUMBER, "eu7", ["EU-0007"]),
        (OrderKey.NUMBER, "%", []),
        (OrderKey.MAIL, "WANG1002@customer.example", ["000001002"]),
        (OrderKey.NAME, "100%", ["EU-0007"]),
        (OrderKey.NAME, "_", []),
    ):
        answer = source.find(by, words)
        assert [one.number for one in answer.orders] == found, (by, words)
        assert answer.shortfalls == ()
    assert source.find(OrderKey.NAME, "王", limit=2).shortfalls == (Shortfall(Gap.MORE),)
    for by in (OrderKey.PHONE, OrderKey.POSTCODE, OrderKey.TRACKING):
        assert source.find(by, "1").shortfalls == (Shortfall(Gap.NO_SUCH_SEARCH),)


def walked(source: MagentoOrders, mark: str = "") -> tuple[list[str], str]:
    seen: list[str] = []
    for _ in range(50):
        page = source.changed(mark, 5)
        seen += [one.ref for one in page.orders]
        mark = page.mark
        if not page.more:
            return seen, mark
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize("same_second", [False, True])
def test_what_changed_is_walked_to_its_end_also_while_orders_change(
    same_second: bool, opened: Open
) -> None:
    shop = MagentoShop([shop_order(1000 + n) for n in range(23)])
    if same_second:
        for row in shop.orders:
            row["updated_at"] = "2026-11-20 10:00:00"
    changed = iter(range(8))

    def one_changes() -> None:
        number = next(changed, None)
        if number is not None and not same_second:
            shop.orders[number]["updated_at"] = f"2026-11-21 10:00:{number:02}"

    shop.on_list = one_changes
    source = opened(shop)
    seen, mark = walked(source)
    assert {str(row["entity_id"]) for row in shop.orders} <= set(seen)
    shop.orders[3]["updated_at"] = "2026-11-22 07:00:00"
    assert walked(source, mark)[0][-1] == str(shop.orders[3]["entity_id"])


def test_leave_that_is_missing_is_named(opened: Open) -> None:
    shop = MagentoShop([shop_order(1001)], leave=set())
    problem = problem_of(opened(shop).facts)
    assert (problem.kind, problem.details["scope"]) == (K.SCOPE_MISSING, "Magento_Sales::sales")


def test_without_leave_for_parcels_the_orders_come_and_the_gap_is_said(
    opened: Open,
) -> None:
    shop = MagentoShop([shop_order(1001)], leave={"Magento_Sales::sales"})
    facts = opened(shop).facts()
    assert (facts.currency, facts.missing) == ("CNY", ("shipments", "refunds"))
    found = opened(shop).find(OrderKey.NUMBER, "1001")
    assert len(found.orders) == 1
    assert found.shortfalls == (Shortfall(Gap.HIDDEN, ("shipments", "refunds")),)


def test_a_token_alone_works_where_an_admin_allowed_it_and_is_explained_elsewhere(
    opened: Open,
) -> None:
    shop = MagentoShop([shop_order(1001)], bearer=True)
    assert opened(shop, Bearer("tok")).facts().currency == "CNY"
    shop.bearer = False
    problem = problem_of(opened(shop, Bearer("tok")).facts)
    assert (problem.kind, problem.details["what"]) == (K.SIGN_IN_REFUSED, "bearer")
    assert problem.details["said"] == (
        "The consumer isn't authorized to access Magento_Sales::sales."
    )


@pytest.mark.parametrize(
    "keys",
    [
        FourKeys("other", "cs", "tok", "ts&%"),
        FourKeys("ck", "other", "tok", "ts&%"),
        FourKeys("ck", "cs", "other", "ts&%"),
        FourKeys("ck", "cs", "tok", "other"),
    ],
)
def test_each_of_the_four_keys_must_be_right(keys: FourKeys, opened: Open) -> None:
    assert problem_of(opened(MagentoShop([]), keys).facts).kind is K.SIGN_IN_REFUSED


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (error(400, "Invalid %1 value", ["pageSize"]), K.SERVER_REFUSED),
        (error(404, "Request does not match any route."), K.NOT_FOUND),
        (Reply(429, b"{}", {**JSON, "Retry-After": "30"}), K.SLOW_DOWN),
        (Reply(500, b'{"message":"Internal Error."}', JSON), K.SERVER_DOWN),
        (Reply(503, b"<html>Service Temporarily Unavailable</html>"), K.SERVER_DOWN),
        (Reply(200, b'{"items":"none"}', JSON), None),
    ],
)
def test_each_fault_of_the_shop_has_its_kind(
    reply: Reply, kind: ProblemKind | None, opened: Open
) -> None:
    source = opened(MagentoShop([], next=[reply]))
    if kind is None:
        assert source.changed().orders == ()
    else:
        problem = problem_of(source.changed)
        assert (problem.kind, problem.details["host"]) == (kind, HOST)
        assert "%1" not in str(problem)


def test_an_order_that_is_gone_is_not_found(opened: Open) -> None:
    for ref in ("12", "me"):
        problem = problem_of(lambda ref=ref: opened(MagentoShop([])).order(ref))
        assert (problem.kind, problem.details["what"]) == (K.NOT_FOUND, "order")


def test_an_order_that_cannot_be_read_is_named_and_the_others_are_taken(opened: Open) -> None:
    odd = shop_order(
        3, state="fraud", status="suspected_fraud", billing_address=None, items={"0": 1}
    )
    page = opened(MagentoShop([shop_order(1, created_at="yesterday"), odd])).changed()
    assert [(one.number, one.status, one.standing) for one in page.orders] == [
        ("000000003", "suspected fraud", OrderStatus.UNKNOWN)
    ]
    assert [(one.number, one.why) for one in page.faults] == [("000000001", FaultKind.BAD_DATE)]
