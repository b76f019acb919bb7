"""Orders as every source hands them over, and how an order number is found again."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class OrderStatus(StrEnum):
    """One word for where an order stands, whatever the shop calls it. Stored and in the JSON."""

    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    RETURNED = "returned"
    UNKNOWN = "unknown"


class FaultKind(StrEnum):
    """Why a row of an order file was not taken. Windows and commands make the sentence."""

    MISSING_NUMBER = "missing_number"
    DAMAGED_NUMBER = "damaged_number"  # "1.23E+15": a spreadsheet program has cut the digits off
    BAD_DATE = "bad_date"
    BAD_MONEY = "bad_money"
    BAD_QUANTITY = "bad_quantity"
    TOO_FEW_COLUMNS = "too_few_columns"
    TOO_MANY_COLUMNS = "too_many_columns"
    UNCLOSED_QUOTE = "unclosed_quote"
    DUPLICATE_NUMBER_CONFLICT = "duplicate_number_conflict"  # one number, two different orders


@dataclass(frozen=True, slots=True)
class RowFault:
    """One cell or row that could not be read; the order it belongs to is left out as a whole.

    ``row`` counts from 1 as a spreadsheet program shows it (for CSV: the line of the file where
    the row begins). ``value`` is the cell as it stands, shortened; ``column`` is its header in
    the file, "" when the whole row is meant; ``number`` is the order left out, "" if unknown.
    """

    row: int
    why: FaultKind
    value: str
    column: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One item of an order. ``price`` is per piece, in the order's currency."""

    sku: str
    title: str
    quantity: Decimal
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel. Times are UTC."""

    carrier: str
    tracking_number: str
    tracking_url: str
    shipped_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrderData:
    """One order as its source tells it.

    ``number`` is spelt as the customer sees it ("#1001") and, with the source, names the order;
    it is never empty. ``status``, ``payment_status`` and ``fulfilment_status`` are the shop's own
    words, ``standing`` is what they amount to. ``placed_at`` is UTC. ``currency`` is ISO 4217 or
    "" when the source does not say; money is never a float.
    """

    number: str
    status: str = ""
    payment_status: str = ""
    fulfilment_status: str = ""
    standing: OrderStatus = OrderStatus.UNKNOWN
    placed_at: datetime | None = None
    currency: str = ""
    total: Decimal | None = None
    customer_name: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""
    shipping_address: str = ""
    lines: tuple[OrderLine, ...] = ()
    shipments: tuple[Shipment, ...] = ()


class OrderSource(Protocol):
    """A shop or file that orders come from (DESIGN section 10)."""

    def read_orders(self) -> Iterator[OrderData | RowFault]:
        """All orders, each whole, and a fault for each row that could not be read."""
        ...


_NOT_LETTERS_OR_DIGITS = re.compile(r"[\W_]+")
_PREFIX_DIGITS_SUFFIX = re.compile(r"[^0-9]*([0-9]+)[^0-9]*")


def number_key(number: str) -> str:
    """The key under which an order is found by its number; "" for a text without any.

    Case, width, '#', '№', separators, leading zeros and letters around the digits do not count:
    "#1001", "1001", "ord-1001" and "００1001" share one key. Where letters stand between digits
    ("XP28CT4A") they are the number, and stay. The key is for looking up and is NOT unique: two
    numbers of one source may share it, and the exact spelling is then the better answer.
    """
    folded = unicodedata.normalize("NFKC", number.replace("№", "#")).casefold()
    words = [word for word in _NOT_LETTERS_OR_DIGITS.split(folded) if word]
    joined = "".join(words)
    around = _PREFIX_DIGITS_SUFFIX.fullmatch(joined)
    if around is None:
        return joined
    return around.group(1).lstrip("0") or "0"
