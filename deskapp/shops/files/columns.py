"""Which column of a file means what: known profiles, and proposals for unknown headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deskapp.domain.order_files import ColumnMapping, OrderField

from .header_words import HEADER_WORDS, folded_header


@dataclass(frozen=True, slots=True)
class Profile:
    """How one exporter writes orders.

    ``marks`` are folded headers of which every group must be met by at least one member.
    ``mapping`` is fixed, or None where headers are recognised by their words. ``blocks`` means
    that only the first line of an order carries the order's own columns. ``fallbacks`` are the
    columns to read a field from when its own cell is empty.
    """

    name: str
    marks: tuple[frozenset[str], ...]
    mapping: ColumnMapping | None = None
    blocks: bool = False
    fallbacks: ColumnMapping | None = None


_SHOPIFY = {
    OrderField.NUMBER: "Name",
    OrderField.PLACED_AT: "Created at",
    OrderField.PAYMENT_STATUS: "Financial Status",
    OrderField.FULFILMENT_STATUS: "Fulfillment Status",
    OrderField.CANCELLED_AT: "Cancelled at",
    OrderField.SHIPPED_AT: "Fulfilled at",
    OrderField.TOTAL: "Total",
    OrderField.CURRENCY: "Currency",
    OrderField.EMAIL: "Email",
    OrderField.NAME: "Billing Name",
    OrderField.PHONE: "Phone",
    OrderField.NOTE: "Notes",
    OrderField.SHIP_NAME: "Shipping Name",
    OrderField.STREET: "Shipping Street",
    OrderField.CITY: "Shipping City",
    OrderField.ZIP: "Shipping Zip",
    OrderField.PROVINCE: "Shipping Province",
    OrderField.COUNTRY: "Shipping Country",
    OrderField.ITEM: "Lineitem name",
    OrderField.SKU: "Lineitem sku",
    OrderField.QUANTITY: "Lineitem quantity",
    OrderField.PRICE: "Lineitem price",
}
_SHOPIFY_FALLBACKS = {
    OrderField.NAME: "Shipping Name",
    OrderField.PHONE: "Billing Phone",
    OrderField.STREET: "Shipping Address1",
}

# Without item-price: there it is the sum of the line, which would pass for the price of a piece.
_AMAZON = {
    OrderField.NUMBER: "amazon-order-id",
    OrderField.PLACED_AT: "purchase-date",
    OrderField.STATUS: "order-status",
    OrderField.CURRENCY: "currency",
    OrderField.ITEM: "product-name",
    OrderField.SKU: "sku",
    OrderField.QUANTITY: "quantity",
    OrderField.CITY: "ship-city",
    OrderField.PROVINCE: "ship-state",
    OrderField.ZIP: "ship-postal-code",
    OrderField.COUNTRY: "ship-country",
}
_WOOCOMMERCE_MARKS = frozenset(
    {
        "billingemail",
        "billingfirstname",
        "emailbilling",
        "firstnamebilling",
        "lineitems",
        "lineitem1",
        "orderitem1",
        "productitem1",
        "quantityrefund",
    }
)

PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "shopify",
            (
                frozenset({"name"}),
                frozenset({"lineitemname", "lineitemquantity"}),
                frozenset({"financialstatus", "createdat", "fulfillmentstatus"}),
            ),
            _SHOPIFY,
            blocks=True,
            fallbacks=_SHOPIFY_FALLBACKS,
        ),
        Profile(
            "woocommerce",
            (
                frozenset({"orderid", "ordernumber", "ordernumberformatted"}),
                _WOOCOMMERCE_MARKS,
            ),
        ),
        Profile("amazon", (frozenset({"amazonorderid"}),), _AMAZON),
        Profile("generic", ()),
    )
}


def detect_profile(header: Sequence[str]) -> str | None:
    """The name of the profile that this header belongs to, or None when it is not known.

    "generic" needs an order number column and one more that we understand.
    """
    folded = {folded_header(column) for column in header}
    for profile in PROFILES.values():
        if profile.marks and all(group & folded for group in profile.marks):
            return profile.name
    known = recognised(header)
    return "generic" if OrderField.NUMBER in known and len(known) > 1 else None


def suggest_mapping(header: Sequence[str]) -> ColumnMapping:
    """What we believe the columns mean; without ``NUMBER`` where no column looks like one."""
    profile = PROFILES[detect_profile(header) or "generic"]
    if profile.mapping is not None:
        return {
            field: header[place]
            for field, wanted in profile.mapping.items()
            if (place := column_place(header, wanted)) is not None
        }
    return {field: header[place] for field, place in recognised(header).items()}


def recognised(header: Sequence[str]) -> dict[OrderField, int]:
    """The best column for each field that the header words know."""
    best: dict[OrderField, tuple[int, int]] = {}
    for place, column in enumerate(header):
        if known := HEADER_WORDS.get(folded_header(column)):
            field, rank = known
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    return {field: place for field, (_, place) in best.items()}


def column_place(header: Sequence[str], wanted: str) -> int | None:
    """Where a column stands, by its exact name, else by its folded one; None when absent."""
    if wanted in header:
        return header.index(wanted)
    folded = folded_header(wanted)
    places = (place for place, column in enumerate(header) if folded_header(column) == folded)
    return next(places, None) if folded else None


_NUMBERED_ITEM = re.compile(
    r"(?:(?:order|line|product)[ _-]?)?(?:item|product)[ _#-]*[0-9]{1,3}"
    r"|line[ _]items",
    re.IGNORECASE,
)


def item_list_places(header: Sequence[str]) -> tuple[int, ...]:
    """Columns that hold a whole item each (``order_item_1``) or all of them (``line_items``)."""
    return tuple(
        place for place, column in enumerate(header) if _NUMBERED_ITEM.fullmatch(column.strip())
    )
