"""Words, dates and amounts of five languages come out as the same order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.order_files import Assumed, Assumption, OrderField, ReadingHints
from deskapp.domain.orders import OrderStatus
from deskapp.shops.files import read_orders, suggest_mapping

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("Completed", OrderStatus.DELIVERED),
        ("wc-processing", OrderStatus.PAID),
        ("partially_refunded", OrderStatus.PAID),
        ("On hold", OrderStatus.OPEN),
        ("not paid yet", OrderStatus.OPEN),
        ("Shipped - Delivered to Buyer", OrderStatus.DELIVERED),
        ("Đã hủy", OrderStatus.CANCELLED),
        ("DA GIAO HANG", OrderStatus.DELIVERED),
        ("Chưa thanh toán", OrderStatus.OPEN),
        ("Trả hàng", OrderStatus.RETURNED),
        ("已退款", OrderStatus.REFUNDED),
        ("未发货", OrderStatus.UNKNOWN),
        ("尚未付款", OrderStatus.OPEN),
        ("訂單已取消", OrderStatus.CANCELLED),
        ("Доставлен", OrderStatus.DELIVERED),
        ("Не оплачен", OrderStatus.OPEN),
        ("Отменён покупателем", OrderStatus.CANCELLED),
        ("Storniert", OrderStatus.CANCELLED),
        ("nicht bezahlt", OrderStatus.OPEN),
        ("frobnicated", OrderStatus.UNKNOWN),
    ],
)
def test_status_words_of_five_languages(write: Write, words: str, standing: OrderStatus) -> None:
    (order,) = read_orders(write(f"Order no,Status\n1,{words}\n")).orders
    assert (order.status, order.standing) == (words, standing)


def test_an_order_stands_where_its_slowest_item_stands(write: Write) -> None:
    text = "Order no,Product,Status\n1,A,Cancelled\n1,B,Shipped\n1,C,Pending\n2,A,Cancelled\n"
    first, second = read_orders(write(text)).orders
    assert (first.standing, second.standing) == (OrderStatus.OPEN, OrderStatus.CANCELLED)


MARCH_FIRST = datetime(2026, 3, 1, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-01T13:05:00Z", MARCH_FIRST),
        ("2026-03-01 13:05:00.123 UTC", MARCH_FIRST),
        ("2026-03-01 20:05:00 +0700", MARCH_FIRST),
        ("2026-03-01T20:05:00+07:00", MARCH_FIRST),
        ("Mar 1, 2026 1:05 PM", MARCH_FIRST),
        ("Sunday, 1 March 2026 13:05", MARCH_FIRST),
        ("Mar-01-26 05:05:00 PST", MARCH_FIRST),
        ("1 марта 2026 г., 13:05", MARCH_FIRST),
        ("01.03.2026 16:05 MSK", MARCH_FIRST),
        ("1. März 2026, 13:05 Uhr", MARCH_FIRST),
        ("ngày 1 tháng 3 năm 2026 13:05", MARCH_FIRST),
        ("13:05 01-03-2026", MARCH_FIRST),
        ("01/03/2026 01:05 CH", MARCH_FIRST),
        ("2026年3月1日 下午1:05", MARCH_FIRST),
        ("2026/3/1 13:05", MARCH_FIRST),
        ("20260301", datetime(2026, 3, 1, tzinfo=UTC)),
        ("12:30 am 01.03.2026", datetime(2026, 3, 1, 0, 30, tzinfo=UTC)),
    ],
)
def test_dates_as_people_and_programs_write_them(write: Write, text: str, at: datetime) -> None:
    reading = read_orders(write(f"Order no\tDate\n1\t{text}\n"))
    assert reading.faults == ()
    assert reading.orders[0].placed_at == at
    assert reading.orders[0].placed_at.tzinfo is UTC


@pytest.mark.parametrize("text", ["31.04.2026", "13:05", "2026-03", "1e5", "29.02.2025", "46000"])
def test_what_is_no_date_is_a_fault(write: Write, text: str) -> None:
    (fault,) = read_orders(write(f"Order no\tDate\n1\t{text}\n")).faults
    assert (fault.why, fault.value) == (FaultKind.BAD_DATE, text)


def test_dates_without_a_zone_are_taken_in_the_shops_zone(write: Write) -> None:
    hints = ReadingHints(zone=timezone(timedelta(hours=7)))
    reading = read_orders(write("Order no\tDate\n1\t2026-03-01 20:05\n"), hints=hints)
    assert reading.orders[0].placed_at == MARCH_FIRST
    assert reading.assumed == (Assumed(Assumption.NO_ZONE, "2026-03-01 20:05"),)


def test_a_file_in_both_date_orders_is_believed_only_where_it_is_sure(write: Write) -> None:
    text = "Order no,Date\n1,25/01/2026\n2,01/25/2026\n3,03/01/2026\n4,05/05/2026\n"
    reading = read_orders(write(text))
    assert [order.number for order in reading.orders] == ["1", "2"]
    assert [(fault.row, fault.why) for fault in reading.faults] == [
        (4, FaultKind.BAD_DATE),
        (5, FaultKind.BAD_DATE),
    ]


def test_a_currency_without_decimals_decides_what_a_point_means(write: Write) -> None:
    marked = "1\t249.000\tVND\n2\t10.50\tUSD\n3\t10,50\tEUR\n"
    reading = read_orders(write("Order no\tTotal\tCurrency\n" + marked))
    assert [order.total for order in reading.orders] == [249000, Decimal("10.5"), Decimal("10.5")]
    assert [order.currency for order in reading.orders] == ["VND", "USD", "EUR"]


def test_the_hinted_currency_fills_only_what_the_file_leaves_open(write: Write) -> None:
    text = "Order no\tTotal\n1\t5\n2\t5 €\n3\t$5\n"
    reading = read_orders(write(text), hints=ReadingHints(currency="SGD"))
    assert [order.currency for order in reading.orders] == ["SGD", "EUR", "SGD"]
    assert reading.assumed == ()


def test_names_are_joined_as_their_script_writes_them(write: Write) -> None:
    text = "Order no,First name,Last name\n1,小明,王\n2,Ann,Lee\n3,Ann,\n"
    assert [order.customer_name for order in read_orders(write(text)).orders] == [
        "王小明",
        "Ann Lee",
        "Ann",
    ]


@pytest.mark.parametrize(
    ("footer", "kept"),
    [
        ("\n83 record(s) downloaded\nSeller ID: lamps\n", True),
        ("Total,,,12.00\n", True),
        ("合计,,,12.00\n", True),
        ("\nlampshop,2026\n", True),
        ("2,2026-03-01\n", False),
    ],
)
def test_a_footer_is_skipped_aloud_and_a_cut_line_is_not_one(
    write: Write, footer: str, kept: bool
) -> None:
    reading = read_orders(write("Order no,Date,Product,Total\n1,2026-03-01,Tea,12.00\n" + footer))
    assert len(reading.orders) == 1
    skipped = Assumption.FOOTER_SKIPPED in {one.what for one in reading.assumed}
    assert (skipped, len(reading.faults)) == ((True, 0) if kept else (False, 1))


def test_totals_of_orders_with_shipping_are_not_added(write: Write) -> None:
    text = "Order no,Product,Qty,Price,Total\n1,A,2,5,12\n1,B,1,3,12\n2,A,1,5,5\n"
    assert [order.total for order in read_orders(write(text)).orders] == [12, 5]
    one_by_one = "Order no,Product,Qty,Price,Total\n1,A,1,5,5\n1,B,1,5,5\n"
    assert [order.total for order in read_orders(write(one_by_one)).orders] == [5]


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("gb18030", "订单号,日期,金额,姓名"),
        ("big5", "訂單號碼,日期,金額,姓名"),
        ("big5", "訂單,日期,總價,電話"),
        ("cp1251", "Заказ;Дата;Сумма;Имя"),
        ("koi8-r", "Номер заказа;Дата;Сумма;Имя"),
        ("cp1252", "Auftragsnummer;Datum;Betrag;Käufer"),
    ],
)
def test_a_header_alone_is_enough_to_know_the_encoding(
    write: Write, encoding: str, header: str
) -> None:
    delimiter = ";" if ";" in header else ","
    row = delimiter.join(("1001", "2026-03-01", "5", "A"))
    reading = read_orders(write(f"{header}\n{row}\n", encoding))
    assert len(reading.mapping) == 4
    assert reading.orders[0].total == 5


def test_vietnamese_in_its_old_code_page_comes_out_composed(write: Write) -> None:
    # This code page has no composed letters with a tone: the marks follow as bytes of their own.
    header = b"Ma\xde \xf0\xf5n h\xe0ng,Tra\xf2ng th\xe1i,T\xean kh\xe1ch h\xe0ng\n"
    row = b"1,\xd0a\xde giao h\xe0ng,Nguy\xea\xden Thi\xf2 H\xe3\xccng\n"
    (order,) = read_orders(write(header + row)).orders
    assert (order.status, order.customer_name) == ("Đã giao hàng", "Nguyễn Thị Hằng")
    assert order.standing is OrderStatus.DELIVERED


def test_the_number_that_customers_see_wins_over_the_internal_one() -> None:
    mapping = suggest_mapping(("order_id", "order_number", "status", "date"))
    assert mapping[OrderField.NUMBER] == "order_number"
    assert suggest_mapping(("order_number", "order_id"))[OrderField.NUMBER] == "order_number"
