"""Order numbers in a mail become clickable; what only looks like one does not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.number_patterns import checked_pattern
from deskapp.domain.order_numbers import find_order_numbers
from deskapp.domain.problem import Problem


def numbers(text: str, limit: int = 3) -> list[str]:
    return [mention.number for mention in find_order_numbers(text, limit)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Where is my order 1001?", "1001"),
        ("Order #1001 has not arrived", "#1001"),
        ("order number: 57312.", "57312"),
        ("Your order no. SO-20417", "SO-20417"),
        ("order ID is 123456", "123456"),
        ("Re: [Shop] #DH20417 giao hàng", "#DH20417"),
        ("Đơn hàng 20417 của tôi đâu?", "20417"),
        ("mã đơn hàng: DH-20417", "DH-20417"),
        ("don hang #20417 chua toi", "#20417"),
        ("Где мой заказ № 20417?", "20417"),
        ("по заказу 20417 нет ответа", "20417"),
        ("номер заказа: 000000123", "000000123"),
        ("我的订单1001还没到", "1001"),
        ("订单号：20260301123456", "20260301123456"),
        ("訂單編號 20417", "20417"),
        ("請查詢訂單#20417，謝謝", "#20417"),
        ("Meine Bestellung 20417 fehlt", "20417"),
        ("Bestellnummer: 20417", "20417"),
        ("Amazon 123-1234567-7654321 arrived broken", "123-1234567-7654321"),
        ("eBay 12-34567-89012!", "12-34567-89012"),
        ("订单号２０４１７", "２０４１７"),
        ("order 1001-EU please", "1001-EU"),
    ],
)
def test_a_number_is_found_where_a_customer_writes_it(text: str, number: str) -> None:
    assert numbers(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Call 0912 345 678 or +84 912 345 678",
        "To order: 0912345678",
        "order hotline 1-800-555-0199",
        "It cost $1200 and 1.249.000 ₫",
        "I want to order 1500 pcs",
        "đơn hàng 1250000đ",
        "заказ 5000 руб",
        "订单1200元",
        "an order 1,200.50 in total",
        "D-10115 Berlin, 190000 Санкт-Петербург, 100081 北京",
        "order 2026-03-01 or 01-03-2026, on 01/03/2026 at 10:20",
        "two orders 12",
        "Apt #1204, Suite #4000",
        "tracking number: #940011",
        "hóa đơn 20417 và hóa đơn #20417",
        "&#8217; and /page#1234 and a1#2345",
        "border 1001 recorder 2002",
        "快递单号 773012345678",
    ],
)
def test_false_friends_are_left_alone(text: str) -> None:
    assert numbers(text) == []


def test_a_mention_points_into_the_text_it_was_found_in() -> None:
    text = "您好！订单 #1001 和 order 2002 — заказ 3003"
    for mention in find_order_numbers(text):
        assert text[mention.start : mention.end] == mention.number


def test_the_limit_counts_different_numbers_and_keeps_repetitions() -> None:
    text = "#1001 #1001 order 1001, #2002, #3003, #4004, #1001"
    assert numbers(text, limit=2) == ["#1001", "#1001", "1001", "#2002", "#1001"]


@given(st.text(alphabet="order #№订单号ОзакDd0123456789-.,: \n", max_size=300))
def test_any_text_is_answered_with_true_offsets(text: str) -> None:
    for mention in find_order_numbers(text):
        assert text[mention.start : mention.end] == mention.number


@pytest.mark.parametrize("piece", ["order ", "order    ", "#", "1", "12-", "A", "đơn hàng ", "№ "])
def test_a_hostile_megabyte_is_read_in_linear_time(piece: str) -> None:
    begun = time.perf_counter()
    find_order_numbers(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - begun < 5


SHOPS = (r"LO-\d{5}", r"\d{5,6}", r"XP[0-9A-Z]{6}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Please look at LO-10482.", "LO-10482"),
        ("about lo-10482: nothing came", "lo-10482"),
        ("关于LO-10482的包裹", "LO-10482"),
        ("My parcel 10482 is late", "10482"),
        ("Where is XP28CT4A?", "XP28CT4A"),
        ("Order LO-10482 please", "LO-10482"),
    ],
)
def test_a_shop_s_own_pattern_makes_a_number_of_what_stands_alone(text: str, number: str) -> None:
    assert [one.number for one in find_order_numbers(text, 3, SHOPS)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Call 0912 345 678 or +84912345678",
        "It cost 12000 đ, $12000, 12000 руб, 12.000,50 €",
        "on 12-11-2026",
        "Re: [#10482] your parcel",
        "ticket #10482, заявка 10482, 工单 10482",
        "tel: 10482",
        "ALO-10482 and LO-104823",
    ],
)
def test_phones_dates_prices_and_our_tickets_are_no_orders_of_a_shop(text: str) -> None:
    assert find_order_numbers(text, 3, SHOPS) == ()


def test_mentions_of_both_kinds_come_in_reading_order_and_none_twice() -> None:
    text = "order 2002, LO-10482, #3003 and LO-10483 for order LO-10482"
    told = [one.number for one in find_order_numbers(text, 9, SHOPS)]
    assert told == ["2002", "LO-10482", "#3003", "LO-10483", "LO-10482"]


def test_a_ticket_number_in_a_subject_is_no_order() -> None:
    assert numbers("Re: Where is it? [#2041]") == []


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", ".*", r"\d{1,99}", "a*", "[", r"\w+", "ab", r"\d+\d+\d+\d+\d+", "x" * 201]
)
def test_a_pattern_that_could_take_long_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(Problem) as told:
        checked_pattern(pattern)
    assert told.value.details["what"] == "number_pattern"
    assert find_order_numbers("LO-10482", 3, (pattern, "LO-[0-9]{5}"))


def test_the_worst_pattern_that_is_taken_is_quick_in_the_worst_text() -> None:
    worst = checked_pattern(r"\d+\d+\d+\d+X|[0-9]+-?-?-?[0-9]{3}X")
    began = time.perf_counter()
    find_order_numbers("1" * 20_000, 3, (worst,))
    find_order_numbers(" ".join(["1" * 30] * 2_000), 3, (worst,))
    assert time.perf_counter() - began < 10
