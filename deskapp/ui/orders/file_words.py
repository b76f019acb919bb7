"""Order files in words: what a column means, why a row was not taken, what was assumed."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.order_faults import FaultKind, RowFault
from deskapp.domain.order_files import Assumed, Assumption, OrderField
from deskapp.ui.translatable import N

_FIELDS = {
    OrderField.NUMBER: N("OrderFiles", "Order number"),
    OrderField.PLACED_AT: N("OrderFiles", "Ordered on"),
    OrderField.STATUS: N("OrderFiles", "Status"),
    OrderField.PAYMENT_STATUS: N("OrderFiles", "Payment"),
    OrderField.FULFILMENT_STATUS: N("OrderFiles", "Delivery"),
    OrderField.CANCELLED_AT: N("OrderFiles", "Cancelled on"),
    OrderField.TOTAL: N("OrderFiles", "Total"),
    OrderField.CURRENCY: N("OrderFiles", "Currency"),
    OrderField.EMAIL: N("OrderFiles", "Mail address"),
    OrderField.NAME: N("OrderFiles", "Customer's name"),
    OrderField.FIRST_NAME: N("OrderFiles", "First name"),
    OrderField.LAST_NAME: N("OrderFiles", "Last name"),
    OrderField.PHONE: N("OrderFiles", "Phone"),
    OrderField.NOTE: N("OrderFiles", "Note"),
    OrderField.ADDRESS: N("OrderFiles", "Whole address"),
    OrderField.SHIP_NAME: N("OrderFiles", "Address: name"),
    OrderField.STREET: N("OrderFiles", "Address: street"),
    OrderField.STREET_2: N("OrderFiles", "Address: second line"),
    OrderField.CITY: N("OrderFiles", "Address: city"),
    OrderField.PROVINCE: N("OrderFiles", "Address: province"),
    OrderField.ZIP: N("OrderFiles", "Address: postcode"),
    OrderField.COUNTRY: N("OrderFiles", "Address: country"),
    OrderField.ITEM: N("OrderFiles", "Item"),
    OrderField.SKU: N("OrderFiles", "Item number"),
    OrderField.QUANTITY: N("OrderFiles", "Quantity"),
    OrderField.PRICE: N("OrderFiles", "Price of one"),
    OrderField.CARRIER: N("OrderFiles", "Carrier"),
    OrderField.TRACKING: N("OrderFiles", "Tracking number"),
    OrderField.TRACKING_URL: N("OrderFiles", "Tracking link"),
    OrderField.SHIPPED_AT: N("OrderFiles", "Sent on"),
    OrderField.DELIVERED_AT: N("OrderFiles", "Delivered on"),
    OrderField.CHANGED_AT: N("OrderFiles", "Changed on"),
}
_FAULTS = {
    FaultKind.MISSING_NUMBER: N("OrderFiles", "No order number"),
    FaultKind.DAMAGED_NUMBER: N(
        "OrderFiles", "A spreadsheet program has cut the number off; export it as text"
    ),
    FaultKind.BAD_DATE: N("OrderFiles", "Not a date"),
    FaultKind.BAD_MONEY: N("OrderFiles", "Not an amount"),
    FaultKind.BAD_QUANTITY: N("OrderFiles", "Not a quantity"),
    FaultKind.TOO_FEW_COLUMNS: N("OrderFiles", "Fewer cells than the header"),
    FaultKind.TOO_MANY_COLUMNS: N("OrderFiles", "More cells than the header"),
    FaultKind.UNCLOSED_QUOTE: N("OrderFiles", "A quotation mark is never closed"),
    FaultKind.DUPLICATE_NUMBER_CONFLICT: N("OrderFiles", "Two different orders have this number"),
}
_ASSUMED = {
    Assumption.DAY_FIRST: N("OrderFiles", "Dates like {value} were read with the day first."),
    Assumption.MONTH_FIRST: N("OrderFiles", "Dates like {value} were read with the month first."),
    Assumption.YEAR_FIRST: N("OrderFiles", "Dates like {value} were read with the year first."),
    Assumption.NO_ZONE: N(
        "OrderFiles", "Times like {value} name no time zone and were read as UTC."
    ),
    Assumption.THOUSANDS: N("OrderFiles", "{value} was read as thousands, not as decimals."),
    Assumption.CURRENCY: N("OrderFiles", "The currency was taken to be {value}."),
    Assumption.TOTALS_ADDED: N(
        "OrderFiles", "The column “{value}” holds a sum per item; they were added up."
    ),
    Assumption.FOOTER_SKIPPED: N("OrderFiles", "The last line is no order: {value}"),
    Assumption.DAMAGED_TEXT: N("OrderFiles", "Some letters fit no encoding and show as �."),
}
_PROFILES = {
    "shopify": "Shopify",
    "woocommerce": "WooCommerce",
    "amazon": "Amazon",
    "etsy": "Etsy",
    "ebay": "eBay",
}
_GENERIC = N("OrderFiles", "Any other shop")


def _tr(text: str) -> str:
    return QCoreApplication.translate("OrderFiles", text)


def field_name(field: OrderField) -> str:
    return _tr(_FIELDS[field])


def fault(row: RowFault) -> str:
    return _tr(_FAULTS[row.why])


def assumption(one: Assumed) -> str:
    """One sentence; the text that led to it stands in it as it is in the file."""
    return _tr(_ASSUMED[one.what]).replace("{value}", one.value)


def profile_name(profile: str) -> str:
    """A shop's own name is not translated; an unknown profile is shown by its own."""
    return _tr(_GENERIC) if profile == "generic" else _PROFILES.get(profile, profile)
