"""Return cases of our own, for every shop and file: what comes back or is complained of, and why.

A case moves forward from one state to any later one; a step is taken back, not gone backwards.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from .ids import AgentId, OrderId, ReturnId, TicketId


class ReturnKind(StrEnum):
    """What the customer wants. Stored."""

    RETURN = "return"  # goods back, money back
    EXCHANGE = "exchange"  # goods back, others instead
    REPLACEMENT = "replacement"  # the same once more, goods back or not
    COMPLAINT = "complaint"  # no goods move


class ReturnState(StrEnum):
    """How far a case is. Stored."""

    ASKED = "asked"
    APPROVED = "approved"
    LABEL_SENT = "label_sent"
    ON_THE_WAY = "on_the_way"
    ARRIVED = "arrived"
    INSPECTED = "inspected"
    REFUNDED = "refunded"
    REPLACED = "replaced"
    REFUSED = "refused"
    CLOSED = "closed"


class ReturnReason(StrEnum):
    """Why, in one word that can be counted; free words stand beside it. Stored."""

    DAMAGED = "damaged"
    DEFECT = "defect"
    WRONG_ITEM = "wrong_item"
    MISSING_PARTS = "missing_parts"
    NOT_AS_DESCRIBED = "not_as_described"
    SIZE = "size"
    CHANGED_MIND = "changed_mind"
    TOO_LATE = "too_late"
    NOT_ARRIVED = "not_arrived"
    OTHER = "other"


class Condition(StrEnum):
    """How a piece is, as told or as seen when it arrived. Stored."""

    UNKNOWN = ""
    UNOPENED = "unopened"
    OPENED = "opened"
    USED = "used"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"


class RefundState(StrEnum):
    """Whether money is to go back for a case, or has."""

    NONE = "none"
    WANTED = "wanted"
    GIVEN = "given"


ENDS = (ReturnState.REFUNDED, ReturnState.REPLACED, ReturnState.REFUSED)


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """So many pieces of one line. ``line_key`` names the line of its order, "" where the order's
    lines are not known; ``instead`` is what the customer gets for it."""

    title: str
    quantity: Decimal
    sku: str = ""
    line_key: str = ""
    condition: Condition = Condition.UNKNOWN
    instead: str = ""


@dataclass(frozen=True, slots=True)
class ReturnEdit:
    """New values; None leaves a field alone, and "" or a flag empties it.

    ``over_paid``: said on purpose that more is given back than was paid.
    """

    state: ReturnState | None = None
    reason_code: ReturnReason | None = None
    reason: str | None = None
    items: tuple[ReturnItem, ...] | None = None
    carrier: str | None = None
    tracking_number: str | None = None
    label_link: str | None = None
    label_file: int | None = None
    no_label_file: bool = False
    deadline: date | None = None
    no_deadline: bool = False
    remind_on: date | None = None
    no_reminder: bool = False
    refund_state: RefundState | None = None
    refund_amount: Decimal | None = None
    refund_currency: str | None = None
    over_paid: bool = False
    ticket_id: TicketId | None = None


@dataclass(frozen=True, slots=True)
class ReturnEvent:
    """One field that changed. ``what`` is its name, or "opened"; ``undoes``: it took one back."""

    id: int
    at: datetime
    agent_name: str
    what: str
    old: str
    new: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """One case whole. ``paid`` is what the order cost, None where nobody knows."""

    id: ReturnId
    kind: ReturnKind
    state: ReturnState
    ended_as: str
    order_id: OrderId | None
    order_number: str
    source: str
    ticket_id: TicketId | None
    ticket_number: int | None
    customer: str
    reason_code: str
    reason: str
    carrier: str
    tracking_number: str
    label_link: str
    label_file: int | None
    deadline: date | None
    remind_on: date | None
    refund_state: RefundState
    refund_amount: Decimal | None
    refund_currency: str
    created_at: datetime
    created_by: AgentId | None
    closed_at: datetime | None
    version: int
    items: tuple[ReturnItem, ...]
    paid: Decimal | None = None

    @property
    def name(self) -> str:
        """As people call it."""
        return case_name(self.id)

    def is_late(self, today: date) -> bool:
        """Its day has gone by and it is not closed."""
        return self.closed_at is None and self.deadline is not None and self.deadline < today


def case_name(case: int) -> str:
    """R-12, the same in every language."""
    return f"R-{case}"


def plain_number(value: Decimal) -> str:
    """Without an exponent and without needless zeros behind the point: 2, 0.5, 49.9."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
