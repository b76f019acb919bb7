"""Whatever a file holds, it is answered; and large files are answered soon."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.domain.problem import Problem
from deskapp.shops.files import read_orders

Write = Callable[..., Path]
HEADER = "Order no,Date,Total,Product,Qty\n"


def never_raises(path: Path) -> None:
    try:
        reading = read_orders(path)
    except Problem:
        return
    named = {fault.number for fault in reading.faults}
    assert not named & {order.number for order in reading.orders}


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(write: Write, data: bytes) -> None:
    never_raises(write(data))


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["1001", '"', '""', "01/02/26", "1.249", "₫", "\n", "\r", "\0", "=1+1", "合计"]
    ),
)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)
@given(
    st.lists(st.lists(CELLS, max_size=8), max_size=8),
    st.sampled_from([HEADER, "Name,Lineitem name,Lineitem quantity,Total,Created at\n"]),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_any_rows_below_a_header_are_answered(
    write: Write, rows: list[list[str]], header: str, encoding: str
) -> None:
    text = header + "\n".join(",".join(row) for row in rows)
    never_raises(write(text.encode(encoding, "replace")))


def test_twenty_thousand_lines_are_read_in_a_few_seconds(write: Write) -> None:
    chance = random.Random(7)
    header = "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,"
    header += "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name\n"
    rows = []
    for order in range(10_000):
        stamp = f"2026-0{chance.randint(1, 9)}-1{order % 10} {order % 24:02}:20:30 +0700"
        rows.append(
            f"#{order},c{order}@example.com,paid,fulfilled,VND,{order}000,{stamp},1,A,5,S,Mai"
        )
        rows.append(f"#{order},,,,,,,2,B,7,T,")
    path = write(header + "\n".join(rows))
    begun = time.perf_counter()
    reading = read_orders(path)
    took = time.perf_counter() - begun
    assert (len(reading.orders), reading.faults) == (10_000, ())
    assert took < 10, f"{took:.1f} s"


def test_a_hostile_quoting_does_not_take_for_ever(write: Write) -> None:
    begun = time.perf_counter()
    never_raises(write(HEADER + '1,"a\n' * 100_000))
    assert time.perf_counter() - begun < 20
