"""Order files of no known shop: headers in five languages, encodings, dates, totals, mappings."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.domain.order_files import Assumption, DateOrder, OrderField, ReadingHints
from deskapp.domain.orders import (
    OrderLine,
    OrderStatus,
    Shipment,
)
from deskapp.shops.files import preview_orders, read_orders
from tests.shops.readings import decided
from tests.shops.test_order_files import MARKETPLACES

Write = Callable[..., Path]
GENERIC = {
    "gb18030": "订单编号,下单时间,订单状态,客户姓名,邮箱,商品名称,数量,单价,总金额,快递公司,"
    "快递单号\n"
    "20417,2026年3月1日 10:20,已发货,王小明,wang@example.cn,棉衬衫,2,￥120.50,￥241.00,顺丰,"
    "SF123\n",
    "big5": "訂單編號,下單時間,訂單狀態,客戶姓名,信箱,商品名稱,數量,單價,總金額,物流業者,追蹤號碼\n"
    "20417,2026/3/1 10:20,已出貨,王小明,wang@example.tw,棉襯衫,2,NT$120.50,NT$241.00,黑貓,SF123\n",
    "cp1251": "Номер заказа;Дата;Статус;Покупатель;Эл. почта;Товар;Количество;Цена;Сумма;Перевозчик"
    ";Трек-номер\n"
    "20417;01.03.2026 10:20;Отправлен;Ван;wang@example.ru;Рубашка;2 шт;120,50 руб.;241,00 руб."
    ";СДЭК;SF123\n",
    "utf-16": "Mã đơn hàng\tNgày đặt\tTrạng thái\tTên khách hàng\tEmail\tSản phẩm\tSố lượng"
    "\tĐơn giá\tTổng tiền\tĐơn vị vận chuyển\tMã vận đơn\n"
    "20417\t10:20 01/03/2026\tĐang giao hàng\tVân\tvan@example.vn\tÁo\t2\t120,50 ₫\t241,00 ₫\tGHN"
    "\tSF123\n",
    "cp1252": "Bestellnummer;Kaufdatum;Bestellstatus;Name des Käufers;E-Mail-Adresse;Artikel;Menge;"
    "Einzelpreis;Gesamtbetrag;Versanddienst;Sendungsnummer\n"
    "20417;1. März 2026 10:20;Versandt;Jürgen;j@example.de;Hemd;2;120,50 €;241,00 €;DHL;SF123\n",
}


@pytest.mark.parametrize("encoding", GENERIC)
@pytest.mark.parametrize("written_as", ["old", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_five_languages_are_understood_in_every_encoding(
    write: Write, encoding: str, written_as: str
) -> None:
    as_bytes = encoding if written_as == "old" else written_as
    reading = read_orders(write(GENERIC[encoding], as_bytes))
    assert (reading.profile, reading.faults) == ("generic", ())
    (order,) = reading.orders
    assert order.number == "20417"
    assert order.placed_at == datetime(2026, 3, 1, 10, 20, tzinfo=UTC)
    assert order.standing is OrderStatus.SHIPPED
    assert order.total == Decimal("241.00")
    assert [(line.quantity, line.price) for line in order.lines] == [(2, Decimal("120.50"))]
    assert order.shipments[0].tracking_number == "SF123"
    assert "@example" in order.email
    assert order.customer_name in ("王小明", "Ван", "Vân", "Jürgen")


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gb18030", ("王小明", "李晓红", "张伟强", "陈静怡")),
        ("big5", ("王小明", "陳淑芬", "張偉強", "劉靜怡")),
        ("cp1251", ("Иван Петров", "Ольга Смирнова", "Сергей Кузнецов", "Анна Попова")),
    ],
)
def test_the_encoding_shows_in_the_rows_when_the_header_is_english(
    write: Write, encoding: str, names: tuple[str, ...]
) -> None:
    text = "Order Number,Date,Name\n" + "".join(
        f"{1000 + i},2026-03-01,{name}\n" for i, name in enumerate(names * 5)
    )
    reading = read_orders(write(text, encoding))
    assert {order.customer_name for order in reading.orders} == set(names)


def test_a_mapping_of_ones_own_reads_any_headers(write: Write) -> None:
    mapping = {OrderField.NUMBER: "Ref", OrderField.TOTAL: "Sum paid", OrderField.ITEM: "What"}
    reading = read_orders(write("Ref|Sum paid|What\nA-1|10,50|Tea\n"), mapping=mapping)
    assert (reading.orders[0].number, reading.orders[0].total) == ("A-1", Decimal("10.50"))
    assert reading.mapping == mapping


def test_a_wide_file_out_of_a_database_with_its_zero_dates_is_read(write: Write) -> None:
    header = ["Number", "Email", "Total", "Created at", *(f"meta_{one}" for one in range(400))]
    row = ["1001", "lan@example.com", "12.50", "0000-00-00 00:00:00", *("x" * 400)]
    path = write(f"{','.join(header)}\n{','.join(row)}\n")
    [order] = read_orders(path).orders
    assert (order.number, order.total, order.placed_at) == ("1001", Decimal("12.50"), None)


def test_a_preview_shows_the_header_and_proposes_a_mapping(write: Write) -> None:
    preview = preview_orders(write(GENERIC["gb18030"], "gb18030"))
    assert preview.mapping[OrderField.TRACKING] == "快递单号"
    assert (preview.encoding, preview.delimiter, preview.profile) == ("gb18030", ",", "generic")
    assert preview.sample[0][0] == "20417"


def test_formula_texts_are_unwrapped_and_not_evaluated(write: Write) -> None:
    reading = read_orders(write('Order no,Total,Note\n="001001",5.00,=1+1\n'))
    assert (reading.orders[0].number, reading.orders[0].note) == ("001001", "=1+1")


def test_totals_that_are_sums_per_line_are_added_and_said_so(write: Write) -> None:
    text = "Order no,Product,Qty,Price,Total\n1,A,2,5,10\n1,B,1,3,3\n2,A,1,5,5\n2,A,1,5,5\n"
    reading = read_orders(write(text))
    assert [order.total for order in reading.orders] == [13, 10]
    assert Assumption.TOTALS_ADDED in decided(reading)


@pytest.mark.parametrize(
    ("dates", "hint", "expected", "assumed"),
    [
        (("03/01/2026", "25/01/2026"), None, (2026, 1, 3), None),
        (("03/01/2026", "01/25/2026"), None, (2026, 3, 1), None),
        (("03/01/2026", "04/01/2026"), None, (2026, 1, 3), Assumption.DAY_FIRST),
        (("03/01/26", "04/01/26"), DateOrder.MONTH_FIRST, (2026, 3, 1), Assumption.MONTH_FIRST),
        (("26/03/01", "26/03/02"), DateOrder.YEAR_FIRST, (2026, 3, 1), Assumption.YEAR_FIRST),
        (("03/01/2026", "25/01/2026"), DateOrder.MONTH_FIRST, (2026, 1, 3), None),
    ],
)
def test_day_and_month_are_told_apart_by_the_whole_file_and_else_by_the_hint(
    write: Write,
    dates: tuple[str, str],
    hint: DateOrder | None,
    expected: tuple[int, int, int],
    assumed: Assumption | None,
) -> None:
    text = f"Order no,Date\n1,{dates[0]}\n2,{dates[1]}\n"
    reading = read_orders(write(text), hints=ReadingHints(date_order=hint))
    assert reading.orders[0].placed_at == datetime(*expected, tzinfo=UTC)
    assert decided(reading) == {Assumption.NO_ZONE} | ({assumed} if assumed else set())


def test_several_tracking_numbers_are_several_shipments(write: Write) -> None:
    text = 'Order no,Carrier,Tracking number,Tracking url\n1,GHN,"A1, B2",javascript:alert(1)\n'
    (order,) = read_orders(write(text)).orders
    assert order.shipments == (
        Shipment("GHN", "A1", "", None, None),
        Shipment("GHN", "B2", "", None, None),
    )


def test_the_price_of_a_line_is_not_taken_for_the_price_of_a_piece(write: Write) -> None:
    header, row, _ = MARKETPLACES["amazon"]
    (order,) = read_orders(write(header + row)).orders
    assert order.lines == (OrderLine("C-1", "Cup", Decimal(2), None),)
