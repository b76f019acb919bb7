"""Orders as windows and commands hold them: frozen rows of what is kept in the desk."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .ids import CustomerId, OrderId, OrderSourceId
from .orders import (
    OrderLine,
    OrderStatus,
    PostalAddress,
    Refund,
    Shipment,
    ShopCustomer,
    ShopReturn,
)

_UNKNOWN_SOURCE = OrderSourceId(0)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list or on the card.

    ``status`` is the one word for where it stands; the ``…_text`` words are the shop's own.
    ``total`` is in ``currency`` (ISO 4217, "" where the source names none). ``items`` counts lines.
    ``tracking_number`` and ``tracking_url`` are those of the newest parcel. ``changed_at`` is the
    shop's own time of the last change, None for files; ``seen_at`` when the source last told of it.
    """

    id: OrderId
    source: str
    number: str
    customer_id: CustomerId | None
    name: str
    email: str
    phone: str
    status: OrderStatus
    status_text: str
    payment_text: str
    fulfilment_text: str
    currency: str
    total: Decimal | None
    placed_at: datetime | None
    items: int
    tracking_number: str
    tracking_url: str
    version: int
    source_id: OrderSourceId = _UNKNOWN_SOURCE
    changed_at: datetime | None = None
    cancelled_at: datetime | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """One order whole. ``seen_at`` is when its source last told of it.

    ``ref`` is the shop's own id, ``page`` the order's page for the customer, both "" for files.
    ``whole`` is False while items, parcels or refunds may be missing that the shop would tell.
    """

    row: OrderRow
    address: str
    note: str
    lines: tuple[OrderLine, ...]
    shipments: tuple[Shipment, ...]
    seen_at: datetime
    ref: str = ""
    source_kind: str = ""
    page: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    ship_to: PostalAddress | None = None
    bill_to: PostalAddress | None = None
    refunds: tuple[Refund, ...] = ()
    returns: tuple[ShopReturn, ...] = ()
    shop_customer: ShopCustomer | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class OrderSourceRow:
    """A shop or file that orders come from, and when it was last read."""

    id: OrderSourceId
    name: str
    kind: str
    profile: str
    orders: int
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrderImport:
    """What a reading brought: orders nobody knew, orders that changed, orders as before. ``erased``
    are of people who were erased here: left out."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    erased: int = 0

    def __add__(self, other: "OrderImport") -> "OrderImport":
        return OrderImport(
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.erased + other.erased,
        )
