"""An order in plain lines, in the reader's language."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from deskapp.domain.ids import OrderId
from deskapp.domain.order_rows import OrderDetail, OrderRow
from deskapp.domain.order_text import money_text, order_text, status_words, tracking_text
from deskapp.domain.orders import OrderLine, OrderStatus, Shipment

DAY = datetime(2026, 11, 12, 12, tzinfo=UTC)
PARCEL = Shipment("GHN", "VN83920114", "https://ghn.example/VN83920114", DAY, None, "", DAY)
ROW = OrderRow(
    OrderId(1), "Shop", "#10482", None, "Minh", "minh@example.com", "", OrderStatus.SHIPPED,
    "open", "paid", "fulfilled", "VND", Decimal(1249000), DAY, 1, "VN83920114", "", 1,
)  # fmt: skip
JACKET = OrderLine("J-1", "雨衣 L", Decimal("2.0"), Decimal(500000))
ORDER = OrderDetail(ROW, "12 Lê Lợi", "call first", (JACKET,), (PARCEL,), DAY)


def test_an_order_is_told_in_the_language_of_its_customer() -> None:
    assert order_text(ORDER, "vi-VN").splitlines() == [
        "Đơn hàng #10482",
        "Đặt ngày 12/11/2026",
        "- 2 × 雨衣 L",
        "Tổng cộng: 1.249.000 VND",
        "Tình trạng: đang giao",
        "Vận đơn: GHN VN83920114",
        "Theo dõi tại đây: https://ghn.example/VN83920114",
        "Dự kiến giao ngày 12/11/2026",
    ]
    assert order_text(ORDER, "zh-TW").startswith("訂單 #10482\n訂購日期：2026年11月12日")
    assert order_text(ORDER, "fr").startswith("Order #10482\nOrdered on 12 Nov 2026")


def test_neither_the_address_nor_our_note_is_told() -> None:
    told = order_text(ORDER, "en")
    assert "Lê Lợi" not in told and "call first" not in told and "minh@" not in told


def test_of_a_parcel_only_what_is_known_is_told() -> None:
    assert tracking_text(PARCEL, "ru").splitlines()[1] == (
        "Отследить: https://ghn.example/VN83920114"
    )
    came = replace(PARCEL, tracking_url="", delivered_at=DAY)
    assert tracking_text(came, "de") == "Paket: GHN VN83920114\nZugestellt am 12.11.2026"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1,234.50 EUR"), ("de", "1.234,50 EUR"), ("ru", "1\u00a0234,50 EUR")],
)
def test_money_is_written_as_the_reader_writes_it(language: str, said: str) -> None:
    assert money_text(Decimal("1234.5"), "EUR", language) == said


def test_every_state_has_words_in_every_language_but_the_unknown_one() -> None:
    for language in ("en", "vi", "zh-Hans", "zh-Hant", "ru", "de"):
        told = [status_words(one, language) for one in OrderStatus]
        assert [one for one, said in zip(OrderStatus, told, strict=True) if not said] == [
            OrderStatus.UNKNOWN
        ]
