"""Items that an exporter has packed into one cell: ``name:Shirt|quantity:2`` or "Shirt x 2"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from deskapp.domain.orders import OrderLine

from .money import DecimalMarks, parse_money, parse_quantity

_SEVERAL = re.compile(r";\s*(?=(?:id|name|sku|product_id|product|title|quantity)\s*[:=])", re.I)
_PAIR = re.compile(r"\s*([A-Za-z_ ]{1,30}?)\s*[:=]\s*(.*)", re.DOTALL)
_TIMES_AFTER = re.compile(r"(.+?)\s*[x×]\s*([0-9]{1,5})", re.DOTALL | re.IGNORECASE)
_TIMES_BEFORE = re.compile(r"([0-9]{1,5})\s*[x×]\s+(.+)", re.DOTALL | re.IGNORECASE)


def packed_items(cell: str, marks: DecimalMarks) -> Iterator[OrderLine]:
    """The items in one cell. Raises NotMoney for a quantity or amount that is none."""
    for item in _SEVERAL.split(cell):
        if item.strip():
            yield _item(item.strip(), marks)


def _item(text: str, marks: DecimalMarks) -> OrderLine:
    pairs = {
        match.group(1).strip().casefold().replace(" ", "_"): match.group(2).strip()
        for part in text.split("|")
        if (match := _PAIR.fullmatch(part))
    }
    title = pairs.get("name") or pairs.get("title") or pairs.get("product") or ""
    if not pairs or not (title or "sku" in pairs):
        return _plain_item(text)
    quantity = parse_quantity(pairs.get("quantity") or pairs.get("qty") or "", marks)
    return OrderLine(pairs.get("sku", ""), title, quantity, _price(pairs, quantity, marks))


def _price(pairs: dict[str, str], quantity: Decimal, marks: DecimalMarks) -> Decimal | None:
    """Per piece; exporters write the sum of the line, so that is divided."""
    if stated := pairs.get("price") or pairs.get("item_price"):
        amount = parse_money(stated, marks)
        return amount.value if amount else None
    amount = parse_money(pairs.get("total", ""), marks)
    if amount is None or quantity <= 0:
        return None
    each = amount.value / quantity
    cents = each.quantize(Decimal("0.01"))
    return cents if cents == each else each.quantize(Decimal("0.0001"))


def _plain_item(text: str) -> OrderLine:
    if match := _TIMES_AFTER.fullmatch(text):
        return OrderLine("", match.group(1), Decimal(match.group(2)), None)
    if match := _TIMES_BEFORE.fullmatch(text):
        return OrderLine("", match.group(2), Decimal(match.group(1)), None)
    return OrderLine("", text, Decimal(1), None)
