"""The nine exports that shops' staff have at hand, in four encodings each: 36 files of our own.

Headers are those of the shops (knowledge/domain.md 1.4); every order is ours.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.domain.orders import OrderData
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.files import read_orders

Write = Callable[..., Path]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "own")


@dataclass(frozen=True)
class Export:
    """``row`` makes the cells of one order's line for its number and its customer's name."""

    header: str
    row: Callable[[str, str], dict[str, str]]
    numbers: Sequence[str]
    names: Sequence[str]
    own: str
    sign: str = ","
    before: str = ""
    after: str = ""

    def text(self) -> str:
        columns = self.header.split(",")
        out = io.StringIO()
        writer = csv.DictWriter(
            out, columns, restval="", delimiter=self.sign, lineterminator="\r\n"
        )
        writer.writeheader()
        for number, name in zip(self.numbers, self.names, strict=True):
            writer.writerow(self.row(number, name))
        return self.before + out.getvalue() + self.after


GERMAN = ("Jürgen Müller", "Käthe Größe", "Zoë Weiß", "Günther Jörg Strauß")
CHINESE = ("王小明", "李晓红", "张伟强", "陈静怡")
JAPANESE = ("田中太郎", "佐藤花子", "鈴木一郎", "高橋さくら")
RUSSIAN = ("Иван Петров", "Ольга Смирнова", "Сергей Кузнецов", "Анна Попова")
EBAY = [f"12-3456{n}-9876{n}" for n in range(4)]
EXPORTS = {
    "shopify orders": Export(
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
        "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
        "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
        "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
        "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
        "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,"
        "Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,"
        "Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,"
        "Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,"
        "Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
        "Lineitem discount,Tax 1 Name,Tax 1 Value,Phone",
        lambda number, name: {
            "Name": number,
            "Email": "a@customer.example",
            "Financial Status": "paid",
            "Currency": "EUR",
            "Total": "241.00",
            "Created at": "2026-07-25 10:20:00 +0000",
            "Lineitem quantity": "2",
            "Lineitem name": "Hemd",
            "Lineitem price": "120.50",
            "Billing Name": name,
        },
        ("#1001", "#1002", "#1003", "#1004"),
        GERMAN,
        "cp1252",
    ),
    "etsy orders": Export(
        "Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,"
        "Payment Method,Date Shipped,Street 1,Street 2,Ship City,Ship State,Ship Zipcode,"
        "Ship Country,Currency,Order Value,Coupon Code,Coupon Details,Discount Amount,"
        "Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,"
        "Adjusted Order Total,Adjusted Card Processing Fees,Adjusted Net Order Amount,Buyer,"
        "Order Type,Payment Type,InPerson Discount,InPerson Location,SKU",
        lambda number, name: {
            "Sale Date": "07/25/26",
            "Order ID": number,
            "Full Name": name,
            "Number of Items": "2",
            "Currency": "USD",
            "Order Value": "230.00",
            "Order Total": "241.00",
            "Buyer": "buyer77",
            "SKU": "H-1,H-2",
        },
        ("3456789012", "3456789013", "3456789014", "3456789015"),
        GERMAN,
        "cp1252",
    ),
    "etsy items": Export(
        "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,"
        "Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,"
        "Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship Address2,Ship City,"
        "Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,"
        "Payment Type,InPerson Discount,InPerson Location,VAT Paid by Buyer,SKU",
        lambda number, name: {
            "Sale Date": "07/25/26",
            "Item Name": "Hemd",
            "Quantity": "2",
            "Price": "120.50",
            "Item Total": "241.00",
            "Currency": "USD",
            "Transaction ID": "9911",
            "Ship Name": name,
            "Order ID": number,
        },
        ("3456789012", "3456789013", "3456789014", "3456789015"),
        RUSSIAN,
        "cp1251",
    ),
    "ebay": Export(
        "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,"
        "Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,"
        "Ship To Name,Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,"
        "Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,"
        "Sold Via Promoted Listings,Quantity,Sold For,Shipping And Handling,"
        "Item Location,eBay Collected Tax,Total Price,Payment Method,Sale Date,Paid On Date,"
        "Ship By Date,Minimum Estimated Delivery Date,Maximum Estimated Delivery Date,"
        "Shipped On Date,Feedback Left,My Item Note,Shipping Service,Tracking Number,"
        "Transaction ID,Variation Details",
        lambda number, name: {
            "Sales Record Number": "77",
            "Order Number": number,
            "Buyer Name": name,
            "Buyer Email": "a@customer.example",
            "Item Title": "Hemd",
            "Quantity": "2",
            "Sold For": "$120.50",
            "Total Price": "$241.00",
            "Sale Date": "Jul-25-26",
            "Tracking Number": "1Z999AA10123456784",
        },
        EBAY,
        GERMAN,
        "cp1252",
        before="\r\n",
        after='\r\n4,record(s) downloaded\r\n"Seller ID: shop77"\r\n',
    ),
    "ebay german": Export(
        "Verkaufsprotokollnummer,Bestellnummer,Nutzername des Käufers,Name des Käufers,"
        "E-Mail des Käufers,Anmerkung des Käufers,Adresse 1 des Käufers,Adresse 2 des Käufers,"
        "Ort des Käufers,PLZ des Käufers,Land des Käufers,Artikelnummer,Artikelbezeichnung,"
        "Bestandseinheit,Anzahl,Verkauft für,Verpackung und Versand,Gesamtpreis,Zahlungsmethode,"
        "Verkauft am,Datum der Bezahlung,Versand bis,Versandt am,Versandservice,Sendungsnummer,"
        "Transaktionsnummer",
        lambda number, name: {
            "Verkaufsprotokollnummer": "77",
            "Bestellnummer": number,
            "Name des Käufers": name,
            "E-Mail des Käufers": "a@customer.example",
            "Artikelbezeichnung": "Hemd",
            "Anzahl": "2",
            "Verkauft für": "120,50 €",
            "Gesamtpreis": "241,00 €",
            "Verkauft am": "25-Jul-26",
            "Sendungsnummer": "00340434",
        },
        EBAY,
        GERMAN,
        "cp1252",
        ";",
        before="sep=;\r\n",
    ),
    "amazon orders": Export(
        "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,"
        "fulfillment-channel,sales-channel,order-channel,ship-service-level,product-name,sku,"
        "asin,item-status,quantity,currency,item-price,item-tax,shipping-price,shipping-tax,"
        "gift-wrap-price,gift-wrap-tax,item-promotion-discount,ship-promotion-discount,"
        "ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,is-business-order,"
        "purchase-order-number,price-designation",
        lambda number, name: {
            "amazon-order-id": number,
            "purchase-date": "2026-07-25T10:20:00+00:00",
            "order-status": "Shipped",
            "product-name": f"シャツ {name}",
            "sku": "H-1",
            "quantity": "2",
            "currency": "JPY",
            "item-price": "241.00",
        },
        [f"249-123456{n}-765432{n}" for n in range(4)],
        JAPANESE,
        "shift_jis",
        "\t",
    ),
    "amazon shipping": Export(
        "order-id,order-item-id,purchase-date,payments-date,buyer-email,buyer-name,"
        "buyer-phone-number,sku,product-name,quantity-purchased,currency,item-price,item-tax,"
        "shipping-price,shipping-tax,ship-service-level,recipient-name,ship-address-1,"
        "ship-address-2,ship-address-3,ship-city,ship-state,ship-postal-code,ship-country",
        lambda number, name: {
            "order-id": number,
            "purchase-date": "2026-07-25T10:20:00+00:00",
            "buyer-email": "a@customer.example",
            "buyer-name": name,
            "product-name": "Hemd",
            "quantity-purchased": "2",
            "currency": "JPY",
        },
        [f"249-123456{n}-765432{n}" for n in range(4)],
        JAPANESE,
        "shift_jis",
        "\t",
    ),
    "woocommerce": Export(
        "order_id,order_number_formatted,order_number,date,status,shipping_total,tax_total,"
        "order_total,payment_method,shipping_method,customer_id,billing_first_name,"
        "billing_last_name,billing_company,billing_email,billing_phone,billing_address_1,"
        "billing_city,billing_postcode,billing_country,shipping_first_name,shipping_city,"
        "customer_note,order_currency,order_item_1,order_item_2",
        lambda number, name: {
            "order_id": "5" + number,
            "order_number": number,
            "order_number_formatted": number,
            "date": "2026-07-25 10:20",
            "status": "processing",
            "order_total": "241.00",
            "billing_first_name": name[1:],
            "billing_last_name": name[:1],
            "billing_email": "a@customer.example",
            "order_currency": "CNY",
        },
        ("2001", "2002", "2003", "2004"),
        CHINESE,
        "gb18030",
    ),
}
CUSTOMERS = Export(
    "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,"
    "Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,"
    "Total Orders,Tags,Note,Tax Exempt",
    lambda number, name: {"First Name": name, "Email": f"{number}@customer.example"},
    ("a", "b", "c", "d"),
    RUSSIAN,
    "cp1251",
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", EXPORTS)
def test_each_export_is_understood_in_each_encoding(name: str, encoding: str, write: Write) -> None:
    export = EXPORTS[name]
    reading = read_orders(write(export.text(), export.own if encoding == "own" else encoding))
    assert reading.faults == ()
    assert [order.number for order in reading.orders] == list(export.numbers)
    for order, person in zip(reading.orders, export.names, strict=True):
        _check(name, order, person)


def _check(name: str, order: OrderData, person: str) -> None:
    assert order.placed_at and order.placed_at.date() == datetime(2026, 7, 25, tzinfo=UTC).date()
    if name == "amazon orders":  # the one without any person in it
        assert (order.customer_name, order.lines[0].title) == ("", f"シャツ {person}")
    else:
        assert order.customer_name == person
    if name.startswith(("ebay", "shopify", "woo")) or name == "amazon shipping":
        assert order.email == "a@customer.example"
    if not name.startswith("amazon") and name != "etsy items":
        assert order.total == Decimal("241.00")
    if name in ("shopify orders", "ebay", "ebay german", "etsy items"):
        assert [(one.quantity, one.price) for one in order.lines] == [(2, Decimal("120.50"))]
    if name.startswith("ebay"):
        assert order.shipments[0].tracking_number
    currencies = {"etsy": "USD", "ebay": "", "amaz": "JPY", "wooc": "CNY", "shop": "EUR"}
    expected = "EUR" if name == "ebay german" else currencies[name[:4]]
    assert not expected or order.currency == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_export_of_customers_is_told_apart_from_orders(encoding: str, write: Write) -> None:
    path = write(CUSTOMERS.text(), CUSTOMERS.own if encoding == "own" else encoding)
    with pytest.raises(Problem) as refused:
        read_orders(path)
    assert refused.value.kind is ProblemKind.WRONG_COLUMNS
    assert "First Name | Last Name | Email" in str(refused.value.details["found"])
