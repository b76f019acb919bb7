"""What a search answers besides its list of tickets."""

from dataclasses import dataclass

from .ids import MessageId, TicketId

HIT_START, HIT_END = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a search. ``snippet`` marks the hit between U+E000 and U+E001."""

    kind: str  # message, ticket, customer, order
    ref_id: int
    ticket_id: TicketId | None
    ticket_number: int | None
    message_id: MessageId | None
    subject: str
    snippet: str
    score: float


LISTED = 1000
"""Tickets that a list of answers holds, unless somebody asks for all that match."""


@dataclass(frozen=True, slots=True)
class SearchGroups:
    """The first customers, orders and canned replies, each with how many there are.

    ``as_text``: what looked like an operator and was searched as text. ``indexed``: how many
    percent of the desk can be found by now; None: all of it.
    """

    customers: tuple[Found, ...] = ()
    orders: tuple[Found, ...] = ()
    canned: tuple[Found, ...] = ()
    as_text: tuple[str, ...] = ()
    indexed: int | None = None

    def __bool__(self) -> bool:
        return bool(self.customers or self.orders or self.canned)
