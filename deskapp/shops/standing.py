"""From the words shops use for the state of an order to one OrderStatus."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from deskapp.domain.orders import OrderStatus

_WORDS = {
    OrderStatus.CANCELLED: """
        cancelled | canceled | cancellation | voided | void | failed | trash | expired | declined
        | đã hủy | đã huỷ | hủy | huỷ | bị hủy | hủy đơn | thất bại
        | 已取消 | 取消 | 交易关闭 | 已关闭 | 交易關閉 | 已關閉 | 不成立 | 付款失败
        | отменен | отменён | отменено | отмена | отменен покупателем | аннулирован
        | storniert | abgebrochen | annulliert
        """,
    OrderStatus.REFUNDED: """
        refunded | fully refunded | đã hoàn tiền | hoàn tiền | 已退款 | 退款成功 | 退款完成 | 退款
        | возвращены деньги | деньги возвращены | возврат средств | возмещен | erstattet
        | rückerstattet
        """,
    OrderStatus.RETURNED: """
        returned | return complete | đã trả hàng | trả hàng | hoàn hàng | đã hoàn hàng | 已退货
        | 退货 | 退货完成 | 已退貨 | 退貨 | 退貨完成 | возвращен | возвращён | возврат
        | zurückgeschickt | retourniert | retoure | zurückgesendet
        """,
    OrderStatus.DELIVERED: """
        delivered | completed | complete | received | picked up
        | đã giao | đã giao hàng | giao hàng thành công | giao thành công | thành công | hoàn thành
        | đã hoàn thành | hoàn tất | đã nhận hàng | đã nhận
        | 已完成 | 完成 | 交易成功 | 已签收 | 签收 | 已送达 | 已收货 | 已簽收 | 簽收 | 已送達
        | 已收貨
        | 已取貨 | 訂單完成
        | доставлен | доставлено | получен | вручен | выполнен | завершен | завершён
        | zugestellt | geliefert | abgeschlossen | erhalten
        """,
    OrderStatus.SHIPPED: """
        shipped | fulfilled | dispatched | in transit | out for delivery | sent | on the way
        | đã gửi hàng | đã gửi | đang giao | đang giao hàng | đang vận chuyển | đã xuất kho
        | 已发货 | 卖家已发货 | 待收货 | 运输中 | 配送中 | 派送中 | 已出库 | 已出貨 | 已發貨
        | 待收貨 | 運送中
        | 配送中 | отправлен | отправлено | отгружен | в пути | передан в доставку | доставляется
        | versendet | versandt | verschickt | unterwegs | in zustellung
        """,
    OrderStatus.PAID: """
        paid | processing | payment received | partially refunded | authorized captured
        | đã thanh toán | đã trả tiền | 已付款 | 买家已付款 | 已支付 | 待发货 | 等待卖家发货
        | 買家已付款
        | 待出貨 | 待發貨 | оплачен | оплачено | оплачена | bezahlt | zahlung erhalten
        """,
    OrderStatus.OPEN: """
        open | new | pending | unfulfilled | unpaid | on hold | unshipped | partial | authorized
        | awaiting payment | pending payment | awaiting shipment | partially fulfilled
        | partially paid | partially shipped | scheduled | in progress | confirmed | preparing
        | payment pending | draft | checkout draft | cash on delivery
        | mới | chờ xử lý | chờ xác nhận | đã xác nhận | chờ thanh toán | chưa thanh toán
        | đang xử lý | chờ lấy hàng | chờ giao hàng | đang chuẩn bị | đang đóng gói
        | 待付款 | 未付款 | 待支付 | 待处理 | 处理中 | 待确认 | 已确认 | 等待买家付款 | 部分发货
        | 待處理 | 處理中 | 待確認 | 已確認 | 備貨中 | 部分出貨
        | новый | новая | принят | в обработке | обрабатывается | ожидает оплаты | собирается
        | подтвержден | комплектуется | ждет оплаты
        | offen | neu | ausstehend | in bearbeitung | zahlung ausstehend | teilweise versendet
        """,
}
_NEGATIONS = ("not", "non", "un", "chua", "khong", "не", "нет", "nicht", "未", "没", "沒")
# The further an order has come, the more its word counts.
_WEIGHT = (
    OrderStatus.CANCELLED,
    OrderStatus.REFUNDED,
    OrderStatus.RETURNED,
    OrderStatus.DELIVERED,
    OrderStatus.SHIPPED,
    OrderStatus.PAID,
    OrderStatus.OPEN,
)
_HAN = re.compile(r"[㐀-䶿一-鿿]")


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold().replace("đ", "d"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


_PHRASES = {
    _folded(phrase): status for status, words in _WORDS.items() for phrase in words.split("|")
}
_LONGEST_FIRST = sorted(_PHRASES, key=len, reverse=True)


@lru_cache(maxsize=2048)
def status_of(words: str) -> OrderStatus:
    """What one status cell means, in English, Vietnamese, Chinese, Russian or German."""
    folded = _folded(words[:200])
    if known := _PHRASES.get(folded):
        return known
    for phrase in _LONGEST_FIRST:
        place = _place_of(phrase, folded)
        if place is not None:
            before = folded[:place].rstrip()
            return OrderStatus.OPEN if _negated(before) else _PHRASES[phrase]
    return OrderStatus.UNKNOWN


def _place_of(phrase: str, folded: str) -> int | None:
    if _HAN.search(phrase):
        place = folded.find(phrase)
        return place if place >= 0 else None
    place = f" {folded} ".find(f" {phrase} ")
    return place if place >= 0 else None


def _negated(before: str) -> bool:
    return before.endswith(("未", "没", "沒")) or before.rpartition(" ")[2] in _NEGATIONS


def standing_of(*words: str) -> OrderStatus:
    """What the status cells of one order amount to together."""
    return furthest({status_of(word) for word in words if word.strip()})


def furthest(said: Collection[OrderStatus]) -> OrderStatus:
    """What several words for one order amount to: the furthest it has come."""
    return next((status for status in _WEIGHT if status in said), OrderStatus.UNKNOWN)
