"""How column headers are spelt in the order files of five languages and many exporters.

Within one field the earlier spelling wins when a file has several (the order number that
customers see before the internal id). Source of the shop headers: knowledge/domain.md 1.4.
"""

import re
import unicodedata
from functools import lru_cache

from deskapp.domain.order_files import OrderField

_SPELLINGS: dict[OrderField, str] = {
    OrderField.NUMBER: """
        order number formatted | order number | order no | order nr | order name | order #
        | amazon order id | order reference | order ref | order code | order id | order | orderid
        | sales record number | increment id | purchase order number | transaction order number
        | mã đơn hàng | mã đơn | số đơn hàng | số đơn | mã vận đơn hàng | đơn hàng
        | 订单编号 | 订单号 | 订单号码 | 主订单编号 | 单号 | 订单 | 訂單編號 | 訂單號碼 | 訂單號
        | 單號 | 訂單
        | номер заказа | заказ № | № заказа | код заказа | заказ | id заказа
        | bestellnummer | bestell nr | auftragsnummer | bestellung | verkaufsprotokollnummer
        | number
        """,
    OrderField.PLACED_AT: """
        order date | created at | date created | order created | placed at | purchase date
        | sale date | order time | order placed | date ordered | ordered at | ordered on
        | order creation date | date | created | paid on date
        | ngày đặt hàng | ngày đặt | thời gian đặt hàng | ngày tạo đơn | ngày tạo | ngày mua | ngày
        | 下单时间 | 下单日期 | 订单创建时间 | 创建时间 | 订单日期 | 订单时间 | 日期
        | 下單時間 | 下單日期 | 訂單成立時間 | 訂單成立日期 | 訂購日期 | 建立時間 | 訂單日期
        | дата заказа | дата создания | дата оформления | создан | дата
        | bestelldatum | kaufdatum | verkaufsdatum | auftragsdatum | verkauft am | datum
        """,
    OrderField.STATUS: """
        order status | status | order state | state
        | trạng thái đơn hàng | trạng thái | tình trạng đơn hàng | tình trạng
        | 订单状态 | 状态 | 交易状态 | 訂單狀態 | 狀態 | 狀況
        | статус заказа | статус | состояние
        | bestellstatus | auftragsstatus
        """,
    OrderField.PAYMENT_STATUS: """
        financial status | payment status | payment state | paid status
        | trạng thái thanh toán | tình trạng thanh toán | 付款状态 | 支付状态 | 付款狀態
        | статус оплаты | оплата | zahlungsstatus
        """,
    OrderField.FULFILMENT_STATUS: """
        fulfillment status | fulfilment status | shipping status | delivery status | shipment status
        | trạng thái giao hàng | tình trạng giao hàng | 发货状态 | 物流状态 | 配送状态
        | 出貨狀態 | 物流狀態 | 配送狀態 | статус доставки | versandstatus | lieferstatus
        """,
    OrderField.CANCELLED_AT: """
        cancelled at | canceled at | cancelled date | cancellation date | ngày hủy | 取消时间
        | 取消時間 | дата отмены | storniert am
        """,
    OrderField.TOTAL: """
        order total | grand total | total price | total amount | order amount | amount paid | total
        | order value | amount | tổng tiền đơn hàng | tổng tiền | tổng cộng | thành tiền
        | tổng giá trị đơn hàng | tổng thanh toán | 订单总额 | 订单总金额 | 订单金额 | 实付金额
        | 实付款
        | 总金额 | 总价 | 合计 | 金额 | 訂單總金額 | 訂單總額 | 訂單金額 | 總金額 | 總價 | 合計
        | 金額
        | сумма заказа | итоговая сумма | итого | всего | сумма | стоимость
        | gesamtbetrag | gesamtsumme | gesamtpreis | summe | betrag
        """,
    OrderField.CURRENCY: """
        currency | order currency | currency code | order currency code | tiền tệ | loại tiền
        | đơn vị tiền tệ | 币种 | 货币 | 幣別 | 幣種 | 貨幣 | валюта | währung
        """,
    OrderField.EMAIL: """
        email | e-mail | customer email | buyer email | billing email | contact email
        | email address
        | email billing | customer e-mail | mail | địa chỉ email | thư điện tử | email khách hàng
        | 邮箱 | 电子邮箱 | 电子邮件 | 买家邮箱 | 客户邮箱 | 邮件 | 電子郵件 | 電子信箱 | 信箱
        | 郵箱
        | 買家信箱 | электронная почта | эл почта | почта | email покупателя | емейл
        | e-mail-adresse | e-mail des käufers | e-mail-adresse des käufers
        """,
    OrderField.NAME: """
        customer name | customer | buyer name | full name | client name | billing full name
        | billing name | recipient name | name | buyer | client
        | tên khách hàng | họ và tên | họ tên | khách hàng | tên người mua | người mua | người nhận
        | tên người nhận | 客户姓名 | 客户名称 | 买家姓名 | 姓名 | 客户 | 买家 | 收货人 | 收货人姓名
        | 收件人 | 客戶姓名 | 買家姓名 | 顧客姓名 | 訂購人 | 客戶 | 收件人姓名
        | имя покупателя | покупатель | клиент | имя клиента | фио | получатель | имя
        | kundenname | name des käufers | käufer | kunde | vollständiger name
        """,
    OrderField.FIRST_NAME: """
        first name | billing first name | first name billing | customer first name
        | customer firstname | vorname | tên
        """,
    OrderField.LAST_NAME: """
        last name | billing last name | last name billing | customer last name | customer lastname
        | surname | фамилия | nachname | họ
        """,
    OrderField.PHONE: """
        phone | billing phone | phone billing | customer phone | buyer phone | phone number
        | telephone | mobile | buyer phone number | ship to phone | contact phone | tel
        | số điện thoại | điện thoại | sđt | sdt | 电话 | 手机 | 手机号 | 手机号码 | 联系电话
        | 联系手机
        | 電話 | 手機 | 手機號碼 | 聯絡電話 | 連絡電話 | телефон | номер телефона | тел
        | телефон покупателя | telefon | telefonnummer | handy
        """,
    OrderField.NOTE: """
        note | notes | order notes | customer note | buyer note | customer message | comment
        | ghi chú | 备注 | 买家留言 | 订单备注 | 備註 | 買家留言 | 訂單備註 | комментарий
        | примечание
        | notiz | anmerkung | bemerkung
        """,
    OrderField.ADDRESS: """
        shipping address | delivery address | address | địa chỉ giao hàng | địa chỉ nhận hàng
        | địa chỉ | 收货地址 | 收件地址 | 地址 | 收貨地址 | 配送地址 | адрес доставки | адрес
        | lieferadresse | adresse | versandadresse
        """,
    OrderField.SHIP_NAME: "shipping name | ship name | ship to name | post to name",
    OrderField.STREET: """
        shipping address 1 | address 1&2 shipping | shipping street | ship address 1 | street 1
        | shipping address address 1 | ship to address 1 | post to address 1 | shipping address1
        """,
    OrderField.STREET_2: """
        shipping address 2 | ship address 2 | street 2 | ship to address 2 | post to address 2
        """,
    OrderField.CITY: "shipping city | ship city | ship to city | city shipping | post to city",
    OrderField.PROVINCE: """
        shipping state | shipping province | ship state | ship to state | state code shipping
        """,
    OrderField.ZIP: """
        shipping postcode | shipping zip | ship zipcode | ship postal code | postcode shipping
        | ship to zip | post to postcode
        """,
    OrderField.COUNTRY: """
        shipping country | ship country | ship to country | country code shipping
        | post to country
        """,
    OrderField.ITEM: """
        item name | product name | item title | product title | lineitem name | line item name
        | product | item | article | title | goods
        | tên sản phẩm | sản phẩm | tên hàng | mặt hàng | tên mặt hàng
        | 商品名称 | 产品名称 | 商品 | 产品 | 宝贝标题 | 商品标题 | 商品名稱 | 產品名稱 | 品名
        | 產品
        | товар | наименование | название товара | наименование товара | название
        | artikel | artikelbezeichnung | produkt | produktname | angebotstitel
        """,
    OrderField.SKU: """
        sku | item sku | product sku | lineitem sku | custom label | item code | product code
        | mã sản phẩm | mã hàng | mã sku | 商品编码 | 货号 | 商家编码 | sku编码 | 商品編號 | 貨號
        | 料號
        | артикул | код товара | artikelnummer | art nr | bestandseinheit
        """,
    OrderField.QUANTITY: """
        quantity | qty | item quantity | lineitem quantity | quantity purchased
        | quantity (- refund) | count | số lượng | sl | 数量 | 商品数量 | 件数 | 數量 | 商品數量
        | количество | кол-во | кол во | menge | anzahl | stückzahl
        """,
    OrderField.PRICE: """
        price | item price | unit price | item cost | lineitem price | product price | sold for
        | đơn giá | giá bán | giá | 单价 | 价格 | 商品单价 | 單價 | 價格 | 售價 | цена
        | цена за единицу
        | preis | einzelpreis | stückpreis | verkauft für
        """,
    OrderField.CARRIER: """
        carrier | shipping carrier | courier | shipping company | shipping provider
        | tracking provider | đơn vị vận chuyển | hãng vận chuyển | nhà vận chuyển | 快递公司
        | 物流公司 | 承运商 | 物流業者 | 貨運公司 | 物流公司名称 | служба доставки | перевозчик
        | курьер
        | versanddienstleister | versanddienst
        """,
    OrderField.TRACKING: """
        tracking number | tracking no | tracking code | tracking | tracking id | shipment tracking
        | shipment tracking number | mã vận đơn | số vận đơn | mã theo dõi | 快递单号 | 物流单号
        | 运单号 | 运单号码 | 物流單號 | 追蹤號碼 | 託運單號 | 貨運單號 | трек-номер | трек номер
        | номер отслеживания | трекномер | трек | sendungsnummer | trackingnummer
        | sendungsverfolgungsnummer | nummer der sendungsverfolgung
        """,
    OrderField.TRACKING_URL: """
        tracking url | tracking link | shipment tracking url | link theo dõi | 物流链接 | 追蹤連結
        | ссылка для отслеживания | sendungsverfolgungslink
        """,
    OrderField.SHIPPED_AT: """
        shipped at | date shipped | ship date | shipped date | shipped on date | fulfilled at
        | shipped on | date completed | ngày gửi | ngày gửi hàng | 发货时间
        | 发货日期 | 出貨時間 | 出貨日期 | дата отправки | дата отгрузки | versanddatum
        | versendet am
        """,
    OrderField.DELIVERED_AT: """
        delivered at | date delivered | delivered on | ngày nhận hàng | ngày nhận
        | 签收时间 | 收货时间 | 送达时间 | 送達時間 | 簽收時間 | дата вручения
        | zugestellt am
        """,
    OrderField.CHANGED_AT: """
        changed at | updated at | last updated at | last changed | last update | date updated
        | last updated date | date modified | modified at | last modified | modified
        | cập nhật lúc | ngày cập nhật | 更新时间 | 修改时间 | 更新時間 | 修改時間
        | дата изменения | изменен | обновлен | geändert am | aktualisiert am
        """,
}


@lru_cache(maxsize=4096)
def folded_header(header: str) -> str:
    """A header less case, width, accents and separators: "Đơn_hàng" and "don hang" are one."""
    plain = unicodedata.normalize("NFKD", header.casefold().replace("đ", "d"))
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _by_folded_header() -> dict[str, tuple[OrderField, int]]:
    words: dict[str, tuple[OrderField, int]] = {}
    for field, spellings in _SPELLINGS.items():
        for rank, spelling in enumerate(spellings.split("|")):
            words.setdefault(folded_header(spelling), (field, rank))
    return words


HEADER_WORDS = _by_folded_header()
"""Folded header to its field and rank; a lower rank is the better column for the field."""
