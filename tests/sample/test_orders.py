import re
from decimal import Decimal

import pytest

from deskapp.domain.orders import OrderStatus, number_key
from deskapp.sample import Sample, build_sample

from .conftest import NOW, Read

_NUMBER = re.compile(r"#1[0-9]{4}\b|\bLV-[0-9]{5}\b")


@pytest.mark.parametrize("seed", range(4))
def test_an_order_number_names_one_order_whatever_the_seed(seed: int) -> None:
    keys = [number_key(order.number) for order in build_sample(NOW, seed).orders]
    assert len(keys) == len(set(keys))


def test_money_is_exact_and_the_lines_add_up(sample: Sample) -> None:
    for order in sample.orders:
        prices = [line.quantity * line.price for line in order.lines if line.price is not None]
        assert len(prices) == len(order.lines) > 0
        assert order.total == sum(prices, start=Decimal(0))
    assert {order.currency for order in sample.orders} == {"EUR", "VND", "CNY", "TWD", "RUB"}


def test_orders_stand_everywhere_an_order_can_stand(sample: Sample) -> None:
    standings = {order.standing for order in sample.orders}
    assert standings == set(OrderStatus) - {OrderStatus.UNKNOWN}


def test_customers_write_about_orders_that_exist_and_are_theirs(
    sample: Sample, reads: list[Read]
) -> None:
    owners = {order.number: order.email for order in sample.orders}
    named = 0
    for read in reads:
        if read.mail.folder != "INBOX" or read["References"]:
            continue
        sender = read.parsed["From"].addresses[0].addr_spec
        for number in _NUMBER.findall(" ".join([read["Subject"], *read.texts()])):
            assert number in owners, number
            named += 1
            assert sender in (owners[number], "no-reply@shop-platform.example")
    assert named > 100
