"""The order notice of the shop's own system: tables, colours, a picture, and a tracking pixel.

It is here so that the cleaning of HTML has something to do in the demo.
"""

from datetime import datetime, timedelta
from html import escape

from deskapp.domain.orders import OrderData, OrderStatus
from deskapp.sample import mime, pictures
from deskapp.sample.purchases import SHOP, Purchase, shown_price
from deskapp.sample.texts import Person, Product, table

AGE = timedelta(hours=5, minutes=12)

_LOGO = "lotus-logo@shop-platform.example"
_PIXEL = "https://metrics.shop-platform.example/open.gif?m=10497&amp;u=orders"


def noticed_purchase(people: list[Person], goods: list[Product], now: datetime) -> Purchase:
    """The order that the notice is about, so that it can be looked up as well."""
    row = table("special")["order_mail"]
    person = next(person for person in people if person.name == row["customer"])
    by_sku = {item.sku: item for item in goods}
    lines = [
        (by_sku[sku], size.strip("-"), int(pieces))
        for sku, size, pieces in (entry.split() for entry in row["goods"])
    ]
    placed = now - AGE - timedelta(minutes=1)
    return Purchase(person, SHOP, placed, OrderStatus.PAID, lines, "", row["number"])


def order_part(order: OrderData) -> mime.Part:
    """The body of the notice: alternative of text and HTML, the HTML with its inline logo."""
    text = mime.text_part(_text(order), "plain", "utf-8", "quoted-printable")
    page = mime.text_part(_page(order), "html", "utf-8", "quoted-printable")
    picture = mime.inline_image(pictures.logo(), "lotus-logo.png", _LOGO)
    related = mime.multipart("related", [page, picture], "order-10497-r")
    return mime.multipart("alternative", [text, related], "order-10497-a")


def _rows(order: OrderData) -> list[tuple[str, str, str, str]]:
    """SKU, title, pieces and price of each line, as text."""
    return [
        (line.sku, line.title, str(line.quantity), shown_price(line.quantity * line.price, "en"))
        for line in order.lines
        if line.price is not None
    ]


def _total(order: OrderData) -> str:
    return shown_price(order.total, "en") if order.total is not None else ""


def _intro(order: OrderData) -> str:
    intro: str = table("special")["order_mail"]["intro"]
    return intro.format(name=order.customer_name, number=order.number)


def _text(order: OrderData) -> str:
    lines = [f"{pieces} x {title} ({sku})  {price}" for sku, title, pieces, price in _rows(order)]
    remark = table("special")["order_mail"]["remark"]
    return "\n".join(
        [_intro(order), "", *lines, f"Total  {_total(order)}", "", f"Remark: {remark}", ""]
    )


def _page(order: OrderData) -> str:
    remark = table("special")["order_mail"]["remark"]
    cells = "".join(
        f'<tr bgcolor="{"#ffffff" if place % 2 else "#eef6f5"}">'
        f'<td style="padding:8px;font-family:monospace;color:#58636f">{escape(sku)}</td>'
        f'<td style="padding:8px">{escape(title)}</td>'
        f'<td style="padding:8px" align="right">{pieces}</td>'
        f'<td style="padding:8px" align="right"><b>{price}</b></td></tr>'
        for place, (sku, title, pieces, price) in enumerate(_rows(order))
    )
    return f"""<html><head><style>.h{{color:#fff;font-size:20px}} body{{background:#f4f5f7}}</style>
<script>document.title = "this must never run";</script></head>
<body bgcolor="#f4f5f7"><table width="600" align="center" cellpadding="0" cellspacing="0">
<tr><td bgcolor="#0b6e69" style="padding:16px"><table width="100%"><tr>
<td width="56"><img src="cid:{_LOGO}" width="48" height="48" alt="Lotus Shop"></td>
<td class="h" style="color:#ffffff;font-size:20px">New order {escape(order.number)}</td>
</tr></table></td></tr>
<tr><td bgcolor="#ffffff" style="padding:16px;font-family:Arial,sans-serif;font-size:14px">
<p>{escape(_intro(order))}</p>
<table width="100%" border="0" cellspacing="0" style="border:1px solid #dadfe5">
<tr bgcolor="#dadfe5"><th align="left">SKU</th><th align="left">Item</th>
<th align="right">Qty</th><th align="right">Price</th></tr>{cells}
<tr><td colspan="3" align="right" style="padding:8px">Total</td>
<td align="right" style="padding:8px;color:#b3261e"><b>{_total(order)}</b></td></tr></table>
<p style="background:#fff7db;padding:8px"><b>Remark of the customer:</b> {escape(remark)}</p>
<p><a href="https://admin.shop-platform.example/orders/10497">Open the order</a></p>
</td></tr></table><img src="{_PIXEL}" width="1" height="1" alt=""></body></html>
"""
