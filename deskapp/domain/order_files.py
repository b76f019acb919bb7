"""What is known of an order file before and after it is read; windows and commands hold these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from enum import StrEnum

from .order_faults import RowFault
from .orders import OrderData


class OrderField(StrEnum):
    """What a column of an order file can mean. Values stand in saved column mappings."""

    NUMBER = "number"
    PLACED_AT = "placed_at"
    STATUS = "status"
    PAYMENT_STATUS = "payment_status"
    FULFILMENT_STATUS = "fulfilment_status"
    CANCELLED_AT = "cancelled_at"
    TOTAL = "total"
    CURRENCY = "currency"
    EMAIL = "email"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    NOTE = "note"
    ADDRESS = "address"
    SHIP_NAME = "ship_name"
    STREET = "street"
    STREET_2 = "street_2"
    CITY = "city"
    PROVINCE = "province"
    ZIP = "zip"
    COUNTRY = "country"
    ITEM = "item"
    SKU = "sku"
    QUANTITY = "quantity"
    PRICE = "price"
    CARRIER = "carrier"
    TRACKING = "tracking"
    TRACKING_URL = "tracking_url"
    SHIPPED_AT = "shipped_at"
    DELIVERED_AT = "delivered_at"
    CHANGED_AT = "changed_at"


ColumnMapping = Mapping[OrderField, str]
"""Field to the column header as it stands in the file. ``NUMBER`` is the one that must be there.
"""


class DateOrder(StrEnum):
    """How "01/03/26" is meant."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


class Assumption(StrEnum):
    """What the reader decided without proof in the file, so that a person can disagree."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"
    NO_ZONE = "no_zone"  # times without a zone were taken in the hinted zone
    THOUSANDS = "thousands"  # "1.249" was taken for one thousand two hundred forty-nine
    CURRENCY = "currency"  # "$" was taken for the currency in ``value``
    TOTALS_ADDED = "totals_added"  # the total column holds a sum per line, not per order
    FOOTER_SKIPPED = "footer_skipped"
    DAMAGED_TEXT = "damaged_text"  # some bytes fit no encoding and show as U+FFFD


@dataclass(frozen=True, slots=True)
class Assumed:
    """One decision and the text that led to it: a cell, a row of the file, or a currency."""

    what: Assumption
    value: str = ""


@dataclass(frozen=True, slots=True)
class ReadingHints:
    """What a team knows of its files; evidence in the file always counts for more.

    ``decimal_mark`` is "." or "," or "" when unknown; ``currency`` (ISO 4217) is for files that
    name none; ``zone`` is the time zone of dates without one.
    """

    date_order: DateOrder | None = None
    decimal_mark: str = ""
    currency: str = ""
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as read, before anything is stored: the dry run and the import share it.

    An order that any of ``faults`` belongs to is not among ``orders``. ``rows`` counts the rows
    below the header that carry anything, read or not, less skipped footers.
    """

    profile: str
    mapping: ColumnMapping
    orders: tuple[OrderData, ...]
    faults: tuple[RowFault, ...]
    rows: int
    assumed: tuple[Assumed, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a person needs to map columns: the header, its first rows, and our proposal.

    ``profile`` is None when the header is not one we know. ``delimiter`` is "" for a workbook.
    """

    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    profile: str | None
    mapping: ColumnMapping
