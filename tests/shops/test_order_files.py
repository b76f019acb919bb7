"""Order files of real shapes become orders; every file is written by the test itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.order_files import Assumption, DateOrder, OrderField, Reading, ReadingHints
from deskapp.domain.orders import (
    Gap,
    OrderKey,
    OrderLine,
    OrderSource,
    OrderStatus,
    Shipment,
    Shortfall,
)
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.files import OrderFile, preview_orders, read_orders

Write = Callable[..., Path]

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Total,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,"
    "Billing Phone,Shipping Name,Shipping Street,Shipping City,Shipping Zip,Shipping Country,"
    "Notes,Cancelled at,Phone\n"
    "#1001,mai@example.com,paid,2026-03-01 10:21:00 +0700,fulfilled,2026-03-02 09:00:00 +0700,VND,"
    "1249000,1249000,2026-03-01 10:20:30 +0700,2,Áo thun,500000,AT-1,Nguyễn Mai,'+84912345678,"
    "Nguyễn Mai,12 Lê Lợi,Huế,'01234,VN,Gọi trước,,\n"
    "#1001,,,,,,,,,,1,Mũ,249000,MU-1,,,,,,,,,,\n"
    "#1002,lan@example.com,refunded,,unfulfilled,,VND,1,90000,2026-03-05 08:00:00 +0700,1,Tất,"
    "90000,TA-1,Lan,,,,,,,,2026-03-06 08:00:00 +0700,0987654321\n"
)


def decided(reading: Reading) -> set[Assumption]:
    return {one.what for one in reading.assumed}


def test_a_shopify_export_gives_whole_orders_with_all_their_lines(write: Write) -> None:
    reading = read_orders(write(SHOPIFY))
    assert (reading.profile, reading.rows, reading.faults) == ("shopify", 3, ())
    first, second = reading.orders
    assert first.number == "#1001"
    assert first.placed_at == datetime(2026, 3, 1, 3, 20, 30, tzinfo=UTC)
    assert (first.total, first.currency) == (Decimal(1249000), "VND")
    assert first.lines == (
        OrderLine("AT-1", "Áo thun", Decimal(2), Decimal(500000)),
        OrderLine("MU-1", "Mũ", Decimal(1), Decimal(249000)),
    )
    assert (first.standing, first.fulfilment_status) == (OrderStatus.SHIPPED, "fulfilled")
    assert (first.customer_name, first.phone) == ("Nguyễn Mai", "+84912345678")
    assert first.shipping_address == "Nguyễn Mai\n12 Lê Lợi\nHuế 01234\nVN"
    assert first.shipments[0].shipped_at == datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert second.standing is OrderStatus.CANCELLED
    assert second.phone == "0987654321"


def test_a_shopify_order_told_twice_counts_once_and_a_different_one_is_a_conflict(
    write: Write,
) -> None:
    header, body = SHOPIFY.split("\n", 1)
    assert len(read_orders(write(header + "\n" + body + body)).orders) == 2
    reading = read_orders(write(header + "\n" + body + body.replace(",90000,2026", ",80000,2026")))
    assert [order.number for order in reading.orders] == ["#1001"]
    (fault,) = reading.faults
    assert (fault.why, fault.row, fault.number) == (
        FaultKind.DUPLICATE_NUMBER_CONFLICT,
        7,
        "#1002",
    )


def test_a_woocommerce_export_with_packed_items_and_customer_number(write: Write) -> None:
    reading = read_orders(
        write(
            "order_id,order_number,date,status,order_total,order_currency,billing_first_name,"
            "billing_last_name,billing_email,order_item_1,order_item_2\n"
            '15,WC-2001,2026-03-01 10:20:30,processing,"1,249.50",USD,Ann,Lee,ann@example.com,'
            "name:Shirt|sku:SH-1|quantity:2|total:20.00,Cap x 3\n"
        )
    )
    (order,) = reading.orders
    assert (reading.profile, order.number, order.customer_name) == (
        "woocommerce",
        "WC-2001",
        "Ann Lee",
    )
    assert (order.total, order.standing) == (Decimal("1249.50"), OrderStatus.PAID)
    assert order.lines == (
        OrderLine("SH-1", "Shirt", Decimal(2), Decimal("10.00")),
        OrderLine("", "Cap", Decimal(3), None),
    )


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


def test_an_ebay_report_with_sep_line_preamble_and_footers(write: Write) -> None:
    path = write(
        "sep=,\n\nOrders report,,,\n\n"
        "Sales Record Number,Order Number,Buyer Name,Buyer Email,Item Title,Quantity,Sold For,"
        "Total Price,Sale Date,Tracking Number\n\n"
        "7,12-34567-89012,Ann,a@example.com,Lamp,1,$20.00,$25.00,Jul-25-26,940011\n"
        "8,12-34567-89013,Bob,b@example.com,,2,,$30.00,Jul-26-26,\n"
        "8,12-34567-89013,,,Cup,1,$10.00,,,\n"
        "8,12-34567-89013,,,Pot,1,$20.00,,,\n"
        "\n83 record(s) downloaded\n\nSeller ID: lampshop\n"
    )
    reading = read_orders(path)
    assert (reading.rows, reading.faults) == (4, ())
    lamp, pots = reading.orders
    assert lamp.number == "12-34567-89012"
    assert lamp.placed_at == datetime(2026, 7, 25, tzinfo=UTC)
    assert (lamp.total, lamp.currency) == (Decimal("25.00"), "USD")
    assert [line.title for line in pots.lines] == ["Cup", "Pot"]
    assert {Assumption.FOOTER_SKIPPED, Assumption.CURRENCY} <= decided(reading)


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


def test_a_file_is_an_order_source(write: Write) -> None:
    source: OrderSource = OrderFile(write(SHOPIFY))
    page = source.changed()
    assert [order.number for order in page.orders] == ["#1001", "#1002"]
    again = source.changed(page.mark)
    assert (again.orders, again.mark, again.more) == ((), page.mark, False)
    assert source.find(OrderKey.NUMBER, "1002").orders == page.orders[1:]
    mail = page.orders[0].email
    assert source.find(OrderKey.MAIL, mail.upper()).orders[0].number == "#1001"
    assert source.find(OrderKey.POSTCODE, "1").shortfalls == (Shortfall(Gap.NO_SUCH_SEARCH),)
    assert source.order("#1002").orders == page.orders[1:]
    with pytest.raises(Problem) as none:
        source.order("#9")
    assert none.value.kind is ProblemKind.NOT_FOUND


def test_a_file_that_was_written_anew_is_read_again(write: Write) -> None:
    source = OrderFile(path := write(SHOPIFY))
    mark = source.changed().mark
    path.write_text(SHOPIFY.replace("#1002", "#1003"), encoding="utf-8")
    assert [order.number for order in source.changed(mark).orders] == ["#1001", "#1003"]


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


MARKETPLACES = {
    "etsy orders": (
        "Sale Date,Order ID,Full Name,Number of Items,Date Shipped,Ship City,Currency,Order Total,"
        "Status,SKU\n",
        '07/25/26,1234567890,Ann Lee,2,07/26/26,Leeds,GBP,25.00,,"A-1,B-2"\n',
        ("1234567890", Decimal("25.00"), 0),
    ),
    "etsy items": (
        "Sale Date,Item Name,Buyer,Quantity,Price,Currency,Date Shipped,Ship Name,Order ID\n",
        "07/25/26,Cup,ann,2,12.50,GBP,07/26/26,Ann Lee,1234567890\n",
        ("1234567890", None, 1),
    ),
    "ebay de": (
        "Verkaufsprotokollnummer;Bestellnummer;Name des Käufers;Angebotstitel;Anzahl;Verkauft für;"
        "Gesamtpreis;Verkauft am\n",
        "9;12-34567-89012;Jürgen;Lampe;1;116,99 €;121,99 €;25-Jul-26\n",
        ("12-34567-89012", Decimal("121.99"), 1),
    ),
    "amazon": (
        "amazon-order-id\tpurchase-date\torder-status\tproduct-name\tsku\tquantity\tcurrency\t"
        "item-price\n",
        "123-1234567-7654321\t2026-07-25T10:20:30+00:00\tShipped\tCup\tC-1\t2\tEUR\t25.00\n",
        ("123-1234567-7654321", None, 1),
    ),
}


@pytest.mark.parametrize("shape", MARKETPLACES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_marketplace_reports_are_understood(write: Write, shape: str, encoding: str) -> None:
    header, row, (number, total, lines) = MARKETPLACES[shape]
    reading = read_orders(write(header + row, encoding))
    (order,) = reading.orders
    assert (order.number, order.total, len(order.lines)) == (number, total, lines)
    assert order.placed_at is not None
    assert order.placed_at.date() == datetime(2026, 7, 25, tzinfo=UTC).date()


def test_the_price_of_a_line_is_not_taken_for_the_price_of_a_piece(write: Write) -> None:
    header, row, _ = MARKETPLACES["amazon"]
    (order,) = read_orders(write(header + row)).orders
    assert order.lines == (OrderLine("C-1", "Cup", Decimal(2), None),)
