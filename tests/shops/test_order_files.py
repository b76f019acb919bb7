"""Order files that shops and marketplaces export become orders; the test writes each itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.order_files import Assumption
from deskapp.domain.orders import (
    Gap,
    OrderKey,
    OrderLine,
    OrderSource,
    OrderStatus,
    Shortfall,
)
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.files import OrderFile, read_orders
from tests.shops.readings import decided

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
