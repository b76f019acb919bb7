"""The order notice of the shop's own system: tables, colours, a picture, and a tracking pixel.

It is here so that the cleaning of HTML has something to do in the demo.
"""

from html import escape
from typing import Any

from deskapp.sample import mime, pictures

_LOGO = "lotus-logo@shop-platform.example"
_PIXEL = "https://metrics.shop-platform.example/open.gif?m=10497&amp;u=orders"


def order_part(row: dict[str, Any]) -> mime.Part:
    """The body of the notice: alternative of text and HTML, the HTML with its inline logo."""
    text = mime.text_part(_text(row), "plain", "utf-8", "quoted-printable")
    page = mime.text_part(_page(row), "html", "utf-8", "quoted-printable")
    picture = mime.inline_image(pictures.logo(), "lotus-logo.png", _LOGO)
    related = mime.multipart("related", [page, picture], "order-10497-r")
    return mime.multipart("alternative", [text, related], "order-10497-a")


def _text(row: dict[str, Any]) -> str:
    lines = [f"{count} x {title} ({sku})  {price}" for sku, title, count, price in row["rows"]]
    return "\n".join(
        [row["intro"], "", *lines, f"Total  {row['total']}", "", f"Remark: {row['remark']}", ""]
    )


def _page(row: dict[str, Any]) -> str:
    cells = "".join(
        f'<tr bgcolor="{"#ffffff" if place % 2 else "#eef6f5"}">'
        f'<td style="padding:8px;font-family:monospace;color:#58636f">{escape(sku)}</td>'
        f'<td style="padding:8px">{escape(title)}</td>'
        f'<td style="padding:8px" align="right">{count}</td>'
        f'<td style="padding:8px" align="right"><b>{price}</b></td></tr>'
        for place, (sku, title, count, price) in enumerate(row["rows"])
    )
    return f"""<html><head><style>.h{{color:#fff;font-size:20px}} body{{background:#f4f5f7}}</style>
<script>document.title = "this must never run";</script></head>
<body bgcolor="#f4f5f7"><table width="600" align="center" cellpadding="0" cellspacing="0">
<tr><td bgcolor="#0b6e69" style="padding:16px"><table width="100%"><tr>
<td width="56"><img src="cid:{_LOGO}" width="48" height="48" alt="Lotus Shop"></td>
<td class="h" style="color:#ffffff;font-size:20px">New order {escape(row["number"])}</td>
</tr></table></td></tr>
<tr><td bgcolor="#ffffff" style="padding:16px;font-family:Arial,sans-serif;font-size:14px">
<p>{escape(row["intro"])}</p>
<table width="100%" border="0" cellspacing="0" style="border:1px solid #dadfe5">
<tr bgcolor="#dadfe5"><th align="left">SKU</th><th align="left">Item</th>
<th align="right">Qty</th><th align="right">Price</th></tr>{cells}
<tr><td colspan="3" align="right" style="padding:8px">Total</td>
<td align="right" style="padding:8px;color:#b3261e"><b>{row["total"]}</b></td></tr></table>
<p style="background:#fff7db;padding:8px"><b>Remark of the customer:</b> {escape(row["remark"])}</p>
<p><a href="https://admin.shop-platform.example/orders/10497">Open the order</a></p>
</td></tr></table><img src="{_PIXEL}" width="1" height="1" alt=""></body></html>
"""
