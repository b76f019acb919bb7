"""Orders as every source hands them over, and the one protocol that all sources answer."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from .order_faults import RowFault


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


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One item of an order. ``price`` is per piece, in the order's currency.

    ``ref`` is the shop's own id of the line, for a return or refund of it; ``picture`` an https
    address that is loaded only when a person asks.
    """

    sku: str
    title: str
    quantity: Decimal
    price: Decimal | None
    ref: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel. Times are UTC; ``status`` is the shop's own word."""

    carrier: str
    tracking_number: str
    tracking_url: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    status: str = ""
    expected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where something goes: ``lines`` as written on a parcel, without name and country.

    ``country`` is as the shop writes it, a code or a name. Empty parts are "".
    """

    name: str = ""
    lines: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    province: str = ""
    country: str = ""
    phone: str = ""

    @property
    def text(self) -> str:
        """As several lines, empty parts left out; "" when there is nothing but a country."""
        place = " ".join(filter(None, (self.city, self.province, self.postcode)))
        if not any((self.name, *self.lines, place)):
            return ""
        return "\n".join(filter(None, (self.name, *self.lines, place, self.country)))


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back. ``amount`` is positive, in ``currency``."""

    ref: str
    amount: Decimal
    currency: str
    at: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShopReturn:
    """Goods on their way back as the shop knows of it; ``status`` is the shop's own word.

    ``quantity`` counts pieces, None where the shop does not say.
    """

    ref: str
    name: str
    status: str
    quantity: Decimal | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ShopCustomer:
    """What the shop says of who ordered: since when, how many orders, how much in all."""

    ref: str
    since: datetime | None
    orders: int | None
    spent: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class OrderData:
    """One order as its source tells it.

    ``number`` is spelt as the customer sees it ("#1001") and, with the source, names the order;
    it is never empty. ``ref`` is the shop's own id of it, "" for files. ``status``,
    ``payment_status`` and ``fulfilment_status`` are the shop's own words, ``standing`` is what
    they amount to. Times are UTC. ``currency`` is ISO 4217 or "" when the source does not say;
    money is never a float. ``total`` is what the order costs now, after its changes.
    ``whole`` is False when items, parcels or refunds may be missing that ``OrderSource.order``
    would bring: who stores it keeps those that it knew.
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
    ref: str = ""
    changed_at: datetime | None = None
    cancelled_at: datetime | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    page: str = ""
    ship_to: PostalAddress | None = None
    bill_to: PostalAddress | None = None
    refunds: tuple[Refund, ...] = ()
    returns: tuple[ShopReturn, ...] = ()
    customer: ShopCustomer | None = None
    whole: bool = True


class OrderKey(StrEnum):
    """What a person has at hand when they look for an order."""

    NUMBER = "number"
    MAIL = "mail"
    PHONE = "phone"
    NAME = "name"
    POSTCODE = "postcode"
    TRACKING = "tracking"


class Gap(StrEnum):
    """Why an answer may hold less than the shop has. Windows make the sentence of it."""

    HIDDEN = "hidden"  # the key may not see these fields: ``names``
    ONLY_SINCE = "only_since"  # orders placed before ``since`` are not visible with this key
    NO_SUCH_SEARCH = "no_such_search"  # the shop cannot look for this; the desk's copy can
    MORE = "more"  # more were found than asked for
    NOT_GRANTED = "not_granted"  # scopes that the key lacks: ``names``
    LEFT_OUT = "left_out"  # orders that could not be read: ``names`` are their numbers
    FILE_UNREAD = "file_unread"  # a file of a folder: ``names`` are its name and the reason
    MAY_WRITE = "may_write"  # the key may do more than read, which is not needed: ``names``
    READ_WHOLE = "read_whole"  # nothing tells what changed: everything is read each time


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One fact about what an answer leaves out; an answer with one is never "no orders"."""

    gap: Gap
    names: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """What a source found. ``rest`` is for how many seconds it wants to be left alone now."""

    orders: tuple[OrderData, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    faults: tuple[RowFault, ...] = ()
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class OrderPage(OrderAnswer):
    """A part of what changed. ``mark`` goes into the next call and is stored with the orders, in
    one transaction; ``more`` says that the next call has something at once."""

    mark: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a live test learns. ``finds`` are the keys that the shop itself can look for.

    ``missing`` are scopes that reading needs and the key lacks, in the vendor's words.
    """

    name: str
    currency: str
    finds: frozenset[OrderKey]
    missing: tuple[str, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()


class OrderSource(Protocol):
    """A shop or file that orders come from (DESIGN section 10). Calls block and read only.

    Each raises Problem for what the world does: OFFLINE, TOO_SLOW, NOT_PUBLIC, TLS_UNTRUSTED,
    TLS_UNAVAILABLE, SIGN_IN_REFUSED, SCOPE_MISSING (``scope``), SLOW_DOWN (``wait`` seconds),
    SERVER_DOWN, SERVER_REFUSED, BAD_ANSWER, REDIRECTED, TOO_LARGE; FILE_MISSING and its kin for
    files; READ_ONLY, INVALID, NOT_FOUND and WRONG_COLUMNS for what an admin's query asks. A source
    never waits by itself for its turn: who has asked knows whether a person waits.
    """

    def facts(self) -> SourceFacts:
        """The live test: signs in and asks for the least there is."""
        ...

    def find(self, by: OrderKey, words: str, limit: int = 10) -> OrderAnswer:
        """Orders that fit, the newest first. Number and mail are compared again here, since shops
        also give what is merely similar."""
        ...

    def order(self, ref: str) -> OrderAnswer:
        """One order with all its items. Raises Problem(NOT_FOUND, what="order")."""
        ...

    def changed(self, mark: str = "", limit: int = 50) -> OrderPage:
        """What changed since ``mark``, the oldest change first; "" begins at the beginning.

        ``mark`` is the source's own and means nothing to others. The same order may come twice,
        none is passed over, and a file that has not changed brings nothing. What changed is what
        the shop calls so: some leave an order's time as it is when a parcel or a refund is added
        (Vendure does), and then it is ``order`` that brings them.
        """
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
