"""An order in plain lines, for an answer or another window: our words in the reader's language.

What the shop wrote (titles, carriers, numbers) stays as it is. Money and dates are written as the
language writes them, without any locale of this machine.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from .currencies import minor_places
from .language_choice import choose_language
from .links import scheme_of
from .order_rows import OrderDetail
from .orders import OrderLine, OrderStatus, Shipment

_MOST_ITEMS = 30


class _Words(NamedTuple):
    order: str
    placed: str
    total: str
    status: str
    parcel: str
    follow: str
    expected: str
    delivered: str
    more: str
    day: str  # as strftime takes it
    thousands: str
    decimal: str


_WORDS: Mapping[str, _Words] = {
    "en": _Words(
        *("Order {number}", "Ordered on {day}", "Total: {total}", "Status: {status}"),
        *("Parcel: {parcel}", "Track it here: {link}", "Expected on {day}", "Delivered on {day}"),
        *("and {count} more", "%d %b %Y", ",", "."),
    ),
    "vi": _Words(
        *("Đơn hàng {number}", "Đặt ngày {day}", "Tổng cộng: {total}", "Tình trạng: {status}"),
        *("Vận đơn: {parcel}", "Theo dõi tại đây: {link}"),
        *("Dự kiến giao ngày {day}", "Đã giao ngày {day}"),
        *("và {count} sản phẩm nữa", "%d/%m/%Y", ".", ","),
    ),
    "zh-Hans": _Words(
        *("订单 {number}", "下单日期：{day}", "合计：{total}", "状态：{status}"),
        *("包裹：{parcel}", "物流查询：{link}", "预计送达：{day}", "已于{day}送达"),
        *("另有 {count} 件", "%Y年%m月%d日", ",", "."),
    ),
    "zh-Hant": _Words(
        *("訂單 {number}", "訂購日期：{day}", "合計：{total}", "狀態：{status}"),
        *("包裹：{parcel}", "物流查詢：{link}", "預計送達：{day}", "已於{day}送達"),
        *("另有 {count} 件", "%Y年%m月%d日", ",", "."),
    ),
    "ru": _Words(
        *("Заказ {number}", "Оформлен {day}", "Итого: {total}", "Состояние: {status}"),
        *("Посылка: {parcel}", "Отследить: {link}", "Ожидается {day}", "Доставлен {day}"),
        *("и ещё {count}", "%d.%m.%Y", "\u00a0", ","),
    ),
    "de": _Words(
        *("Bestellung {number}", "Bestellt am {day}", "Summe: {total}", "Stand: {status}"),
        *("Paket: {parcel}", "Hier verfolgen: {link}", "Erwartet am {day}", "Zugestellt am {day}"),
        *("und {count} weitere", "%d.%m.%Y", ".", ","),
    ),
}

_STATUS: Mapping[str, Mapping[OrderStatus, str]] = {
    "en": {
        OrderStatus.OPEN: "received",
        OrderStatus.PAID: "paid, not sent yet",
        OrderStatus.SHIPPED: "on its way",
        OrderStatus.DELIVERED: "delivered",
        OrderStatus.CANCELLED: "cancelled",
        OrderStatus.REFUNDED: "refunded",
        OrderStatus.RETURNED: "returned",
    },
    "vi": {
        OrderStatus.OPEN: "đã nhận đơn",
        OrderStatus.PAID: "đã thanh toán, chưa gửi",
        OrderStatus.SHIPPED: "đang giao",
        OrderStatus.DELIVERED: "đã giao",
        OrderStatus.CANCELLED: "đã hủy",
        OrderStatus.REFUNDED: "đã hoàn tiền",
        OrderStatus.RETURNED: "đã trả hàng",
    },
    "zh-Hans": {
        OrderStatus.OPEN: "已下单",
        OrderStatus.PAID: "已付款，待发货",
        OrderStatus.SHIPPED: "运输中",
        OrderStatus.DELIVERED: "已送达",
        OrderStatus.CANCELLED: "已取消",
        OrderStatus.REFUNDED: "已退款",
        OrderStatus.RETURNED: "已退货",
    },
    "zh-Hant": {
        OrderStatus.OPEN: "已下單",
        OrderStatus.PAID: "已付款，待出貨",
        OrderStatus.SHIPPED: "運送中",
        OrderStatus.DELIVERED: "已送達",
        OrderStatus.CANCELLED: "已取消",
        OrderStatus.REFUNDED: "已退款",
        OrderStatus.RETURNED: "已退貨",
    },
    "ru": {
        OrderStatus.OPEN: "принят",
        OrderStatus.PAID: "оплачен, ещё не отправлен",
        OrderStatus.SHIPPED: "в пути",
        OrderStatus.DELIVERED: "доставлен",
        OrderStatus.CANCELLED: "отменён",
        OrderStatus.REFUNDED: "деньги возвращены",
        OrderStatus.RETURNED: "возвращён",
    },
    "de": {
        OrderStatus.OPEN: "eingegangen",
        OrderStatus.PAID: "bezahlt, noch nicht versandt",
        OrderStatus.SHIPPED: "unterwegs",
        OrderStatus.DELIVERED: "zugestellt",
        OrderStatus.CANCELLED: "storniert",
        OrderStatus.REFUNDED: "erstattet",
        OrderStatus.RETURNED: "zurückgesandt",
    },
}


def order_text(detail: OrderDetail, language: str) -> str:
    """The order for its customer: what it is, what is in it, where it is. No addresses, no notes.

    ``language`` is a BCP 47 tag; English for one that is not among ours.
    """
    words, row = _words(language), detail.row
    lines = [words.order.replace("{number}", row.number)]
    if row.placed_at is not None:
        lines.append(_said(words.placed, "day", _day(row.placed_at, words)))
    lines += [f"- {_counted(one)}" for one in detail.lines[:_MOST_ITEMS]]
    if len(detail.lines) > _MOST_ITEMS:
        lines.append(_said(words.more, "count", str(len(detail.lines) - _MOST_ITEMS)))
    if row.total is not None:
        lines.append(_said(words.total, "total", money_text(row.total, row.currency, language)))
    if stands := status_words(row.status, language) or row.status_text:
        lines.append(_said(words.status, "status", stands))
    for parcel in detail.shipments:
        lines += parcel_lines(parcel, language)
    return "\n".join(lines)


def tracking_text(parcel: Shipment, language: str) -> str:
    """Where one parcel is, for an answer: its number, and the link on a line of its own."""
    return "\n".join(parcel_lines(parcel, language))


def parcel_lines(parcel: Shipment, language: str) -> list[str]:
    """Carrier and number, link, and when it came or is expected."""
    words = _words(language)
    lines = []
    named = " ".join(filter(None, (parcel.carrier, parcel.tracking_number)))
    if named:
        lines.append(_said(words.parcel, "parcel", named))
    if link := safe_link(parcel.tracking_url):
        lines.append(_said(words.follow, "link", link))
    if parcel.delivered_at is not None:
        lines.append(_said(words.delivered, "day", _day(parcel.delivered_at, words)))
    elif parcel.expected_at is not None:
        lines.append(_said(words.expected, "day", _day(parcel.expected_at, words)))
    return lines


def safe_link(address: str) -> str:
    """A parcel's page as it is opened and handed on: https, "" for any other address."""
    return address if scheme_of(address) == "https" else ""


def status_words(status: OrderStatus, language: str) -> str:
    """Where an order stands, for its customer; "" where nobody knows."""
    return _STATUS[choose_language(list(_STATUS), language)].get(status, "")


def items_text(lines: Sequence[OrderLine]) -> str:
    """What is in an order, in one line."""
    return ", ".join(_counted(one) for one in lines)


def amount_text(amount: Decimal | None, currency: str) -> str:
    """An amount as a bare number with its currency's code: "249000 VND". "" for none."""
    return "" if amount is None else f"{amount:f} {currency}".strip()


def money_text(amount: Decimal, currency: str, language: str) -> str:
    """The same as a reader of ``language`` writes it: "249.000 VND"."""
    words = _words(language)
    places = minor_places(currency)
    whole, _, cents = f"{amount:,.{places}f}".partition(".")
    written = whole.replace(",", words.thousands)
    return f"{written}{words.decimal if cents else ''}{cents} {currency}".strip()


def _words(language: str) -> _Words:
    return _WORDS[choose_language(list(_WORDS), language)]


def _counted(one: OrderLine) -> str:
    return f"{one.quantity.normalize():f} × {one.title or one.sku}"


def _day(at: datetime, words: _Words) -> str:
    local: date = at.astimezone().date()
    return local.strftime(words.day)


def _said(sentence: str, name: str, value: str) -> str:
    return sentence.replace("{" + name + "}", value)
