"""Acts in shops as windows hold them: who wants what, what the shop says, and how far it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .act_states import BY_PERSON, NOT_SENT, SETTLED_STATES, ActState, ActWhy
from .ids import AgentId, OrderActId, OrderId, OrderSourceId, TicketId
from .order_acts import ActKind, ActPreview, CancelOrder, OrderAct, PlaceOrder, RefundOrder
from .orders import OrderData, number_key
from .return_cases import plain_number


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What an order was when an act was previewed; each fact as a person reads it."""

    status: str = ""
    payment: str = ""
    fulfilment: str = ""
    total: str = ""
    refunded: str = ""
    note: str = ""
    address: str = ""
    items: str = ""
    cancelled: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview as it is kept: amounts, facts before, and what had changed since the desk knew."""

    back: Decimal | None
    due: Decimal | None
    most: Decimal | None
    currency: str
    told: bool
    before: OrderFacts | None = None
    changes: tuple[tuple[str, str, str], ...] = ()  # fact, as the desk had it, as it is


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act. ``amount`` is what it moves, None before the shop was asked and where it moves
    nothing. ``trouble`` is the last Problem's kind and facts, for its sentence."""

    id: OrderActId
    key: str
    source_id: OrderSourceId
    source: str
    order_id: OrderId | None
    order_number: str
    ticket_id: TicketId | None
    ticket_number: int | None
    act: OrderAct | None
    kind: ActKind
    state: ActState
    why: ActWhy
    shown: Shown | None
    amount: Decimal | None
    currency: str
    asked_by: AgentId | None
    asked_name: str
    asked_at: datetime
    approved_name: str
    approved_at: datetime | None
    holder: str
    sent_at: datetime | None
    next_at: datetime | None
    looks: int
    ended_at: datetime | None
    ref: str
    link: str
    came_to: Decimal | None
    said: str
    trouble: Mapping[str, str | int | None]
    settled_name: str
    settled_words: str
    version: int

    @property
    def is_open(self) -> bool:
        return self.state not in SETTLED_STATES

    @property
    def can_withdraw(self) -> bool:
        return self.state in NOT_SENT

    @property
    def can_settle(self) -> bool:
        """Whether a person may say how it ended."""
        return self.state in BY_PERSON

    @property
    def told(self) -> str:
        """For history: kind, money, order."""
        return act_told(self.kind, self.amount, self.currency, self.order_number)


@dataclass(frozen=True, slots=True)
class Cap:
    """What somebody of ``role`` may move in one act, and up to what without a second person."""

    role: str
    currency: str
    most: Decimal
    alone: Decimal
    version: int = 1


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit; ``words_sha256`` seals words that stand with the act."""

    id: int
    act_id: OrderActId | None
    at: datetime
    agent_name: str
    step: str
    machine: str
    amount: Decimal | None
    currency: str
    facts: str


def act_told(kind: ActKind, amount: Decimal | None, currency: str, number: str) -> str:
    """Like: refund 49.90 EUR, #1001."""
    money = "" if amount is None else f" {amount:f} {currency}".rstrip()
    return f"{kind}{money}{', ' if money and number else ' ' if number else ''}{number}"


def amount_of(act: OrderAct, shown: Shown) -> tuple[bool, Decimal | None]:
    """Whether an act moves money, and how much; None where nobody can say."""
    if isinstance(act, RefundOrder):
        return True, act.amount
    if isinstance(act, CancelOrder):
        if not act.refund and not shown.back:
            return False, None
        return True, shown.back if shown.back is not None else shown.most
    if isinstance(act, PlaceOrder):
        return True, shown.due
    return bool(shown.back), shown.back or None


def is_typed(typed: str, number: str, amount: Decimal | None, mail: str) -> bool:
    """Whether a person typed what makes them look: the order's number or the amount; for a new
    order the amount or the customer's address."""
    written = typed.strip()
    if number and number_key(written) and number_key(written) == number_key(number):
        return True
    if not number and mail and written.casefold() == mail.casefold():
        return True
    if amount is None or not written:
        return False
    try:
        return Decimal(written.replace(",", ".")) == amount
    except ArithmeticError:
        return False


def facts_of(order: OrderData) -> OrderFacts:
    """What a person compares."""
    refunded = sum((one.amount for one in order.refunds), Decimal(0))
    address = order.ship_to.text if order.ship_to else order.shipping_address
    money = "" if order.total is None else f"{order.total:f} {order.currency}".rstrip()
    return OrderFacts(
        status=order.status,
        payment=order.payment_status,
        fulfilment=order.fulfilment_status,
        total=money,
        refunded=f"{refunded:f} {order.currency}".rstrip() if refunded else "",
        note=order.note.strip(),
        address=address.strip(),
        items=", ".join(f"{plain_number(one.quantity)} × {one.title}" for one in order.lines),
        cancelled="" if order.cancelled_at is None else order.cancelled_at.isoformat(),
    )


def changes_between(old: OrderFacts, new: OrderFacts) -> tuple[tuple[str, str, str], ...]:
    """What became another: the fact's name, as it was known, as it is."""
    return tuple(
        (name, getattr(old, name), getattr(new, name))
        for name in OrderFacts.__dataclass_fields__
        if getattr(old, name) != getattr(new, name)
    )


def shown_of(preview: ActPreview, known: OrderFacts | None) -> Shown:
    """A preview with what had changed since ``known``."""
    before = facts_of(preview.before) if preview.before else None
    changes = changes_between(known, before) if known and before else ()
    money = preview.back, preview.due, preview.most
    return Shown(*money, preview.currency, preview.told, before, changes)


def shown_stored(shown: Shown) -> str:
    """As the desk keeps it."""
    money = {
        name: None if value is None else format(value, "f")
        for name, value in (("back", shown.back), ("due", shown.due), ("most", shown.most))
    }
    before = None
    if shown.before is not None:
        names = OrderFacts.__dataclass_fields__
        before = {name: getattr(shown.before, name) for name in names}
    told = {"currency": shown.currency, "told": shown.told, "before": before}
    return json.dumps({**money, **told, "changes": shown.changes}, ensure_ascii=False)


def shown_kept(stored: str) -> Shown | None:
    """Reads ``shown_stored`` back; None for nothing."""
    if not stored:
        return None
    told = json.loads(stored)
    back, due, most = (
        None if told[name] is None else Decimal(told[name]) for name in ("back", "due", "most")
    )
    before = None if told["before"] is None else OrderFacts(**told["before"])
    changes = tuple((name, old, new) for name, old, new in told["changes"])
    return Shown(back, due, most, told["currency"], told["told"], before, changes)
