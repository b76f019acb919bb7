"""What may be done to an order in its shop: the shapes only, until an admin switches one on.

An act is written into the desk with its key before the first byte leaves, is sent at most once,
and after an unclear end the shop is asked what became of it before anybody tries again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from .orders import OrderData, PostalAddress

SETTLED = timedelta(minutes=10)
"""A shop may still work at a request whose line was cut: what it does not show by then, it has not
done."""


class ActKind(StrEnum):
    """Kinds that are switched on, capped and written to the audit one by one. Stored."""

    NOTE = "note"
    ADDRESS = "address"
    CANCEL = "cancel"
    REFUND = "refund"
    RETURN = "return"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Seen:
    """The order that the person looked at: the shop's id of it, and the shop's time of its last
    change then. A shop whose order has changed since refuses with CHANGED_MEANWHILE."""

    ref: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many of one line; ``ref`` is ``OrderLine.ref``."""

    ref: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """The note for staff anew: what stood there is in the preview and comes back by writing it.
    Shops that keep a list of such notes get one more, and what customers see stays as it is."""

    order: Seen
    text: str


@dataclass(frozen=True, slots=True)
class ChangeAddress:
    """Another place to send to, while nothing of the order has left."""

    order: Seen
    ship_to: PostalAddress


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Ends an order. ``refund`` gives the money back too, which some shops do not do by
    themselves and others always; the preview says what this shop will do."""

    order: Seen
    reason: str
    restock: bool
    refund: bool
    tell_customer: bool


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """Gives money back. ``through_gateway`` False only books it. ``amount`` is positive and what
    the shop must end at, never "the rest", which may be another amount meanwhile."""

    order: Seen
    amount: Decimal
    currency: str
    lines: tuple[Pieces, ...]
    reason: str
    restock: bool
    through_gateway: bool
    tell_customer: bool


@dataclass(frozen=True, slots=True)
class ReturnItems:
    """Opens a return at the shop; ``instead`` are SKUs and counts sent in exchange."""

    order: Seen
    lines: tuple[Pieces, ...]
    reason: str
    instead: tuple[Pieces, ...]
    tell_customer: bool


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """A draft order that the customer pays from its invoice link. ``lines`` carry SKUs."""

    mail: str
    lines: tuple[Pieces, ...]
    ship_to: PostalAddress
    note: str
    send_invoice: bool


OrderAct = ChangeNote | ChangeAddress | CancelOrder | RefundOrder | ReturnItems | PlaceOrder


@dataclass(frozen=True, slots=True)
class ActPreview:
    """What the shop says would happen. ``back`` is money to the customer, ``due`` from them; None
    where nobody can tell beforehand. ``most`` is what could be given back at all now."""

    before: OrderData | None
    back: Decimal | None
    due: Decimal | None
    currency: str
    told: bool  # the shop will write to the customer
    most: Decimal | None = None


class ActEnd(StrEnum):
    """How an act ended as far as is known."""

    DONE = "done"
    NOT_DONE = "not_done"
    UNDER_WAY = "under_way"  # the shop works at it: some cancel in the background
    UNCLEAR = "unclear"  # neither is proven: a person looks in the shop, nothing is tried again


@dataclass(frozen=True, slots=True)
class ActReport:
    """``ref`` is the shop's id of what came of it; ``link`` an invoice to pay, if it made one.

    ``amount`` is what the shop gave back or asks for, None where it does not say. ``told``: it has
    written to the customer, None where it does not say. ``said`` are its own words, on one line.
    """

    end: ActEnd
    ref: str = ""
    amount: Decimal | None = None
    currency: str = ""
    link: str = ""
    told: bool | None = None
    said: str = ""


class OrderActs(Protocol):
    """The writing side of a source. Each call raises Problem as ``OrderSource`` does, and besides
    CHANGED_MEANWHILE (what="order"); TOO_LATE (what="order_cancelled", "order_shipped",
    "order_refunded", "order_final"); INVALID with what="refund_amount" (``most``, ``currency``),
    "refund_currency" (``currency``), "refund_through", "refund_booked", "refund_rounding",
    "pieces" (``value``), "sku" (``value``), "country" (``value``), "exchange", "act_kind"
    for one that is not in ``can``; TOO_LARGE (what="order_note"); and SERVER_REFUSED with the
    shop's words.
    """

    def can(self) -> frozenset[ActKind]:
        """What shop and key allow; whether a person may is the desk's question."""
        ...

    def preview(self, act: OrderAct) -> ActPreview:
        """Reads only."""
        ...

    def perform(self, act: OrderAct, key: str) -> ActReport:
        """Sends the one request that changes something, once, with ``key`` where the shop has a
        place for it: as its idempotency key, or in a text field that can be read back.

        A Problem means that nothing was done: with the detail ``sent`` 0 no byte of the request
        left, with 1 the shop answered no. Any other end without a clear answer is UNCLEAR.
        """
        ...

    def outcome(
        self, act: OrderAct, key: str, sent_at: datetime | None = None, ref: str = ""
    ) -> ActReport:
        """Asks what became of an earlier ``perform``; changes nothing, may be asked for ever.
        ``ref`` is what that reported, if anything: the shop's job that is under way.

        ``sent_at`` is when that began: what the shop does not show is UNDER_WAY until SETTLED
        after it, and NOT_DONE from then on; None is long ago. A Problem says nothing of the act.
        """
        ...
