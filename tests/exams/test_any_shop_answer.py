"""Whatever a shop answers, each of its orders is taken or named, and nothing breaks."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.domain.orders import OrderData
from deskapp.shops import magento, shopify, woocommerce
from deskapp.shops.answers import Json
from deskapp.shops.shapes import Shape, read_each

READERS: dict[str, tuple[str, Callable[[Shape], OrderData]]] = {
    "shopify": ("name", partial(shopify.orders.read_order, parcels=3, refunds=3)),
    "woocommerce": ("number", woocommerce.orders.read_order),
    "magento": ("increment_id", partial(magento.orders.read_order, parcels=(), memos=())),
}
NAMES = st.sampled_from(
    """name number increment_id total grand_total currentTotalPriceSet shopMoney amount createdAt
    date_created_gmt created_at customer billing shipping email lineItems line_items items nodes
    quantity currentQuantity qty_ordered price refunds fulfillments trackingInfo meta_data key
    value extension_attributes shipping_assignments address street pageInfo hasNextPage tags
    date_shipped tracking_number""".split()  # noqa: SIM905 - a list to be read
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.sampled_from(
        ["", "1e999", "NaN", "-1", "9" * 400, "2026-13-01", "2026-11-22T08:00:00+99:00", "\x00"]
    ),
    st.sampled_from(["_wc_shipment_tracking_items", "2026-11-22", "0001-01-01T00:00:00+14:00"]),
    st.text(max_size=8),
)
ANSWERS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=8),
    max_leaves=30,
)


@pytest.mark.parametrize("shop", READERS)
@settings(deadline=None, max_examples=500)
@given(orders=st.lists(st.dictionaries(NAMES, ANSWERS, max_size=12), max_size=3))
def test_each_order_is_taken_or_named(shop: str, orders: list[dict[str, Json]]) -> None:
    number, read = READERS[shop]
    told = [{**order, number: order.get(number) or "#1"} for order in orders]
    taken, faults = read_each(map(Shape, told), number, read)
    assert len(taken) + len(faults) == len(orders)
    for order in taken:
        assert order.total is None or order.total.is_finite()
        assert all(line.quantity.is_finite() for line in order.lines)
        assert order.placed_at is None or order.placed_at.utcoffset() is not None
