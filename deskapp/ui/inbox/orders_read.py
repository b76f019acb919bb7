"""What the order part of a card reads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.order_card import OrderCard, ShownOrder
from deskapp.domain.order_sources import SourceState
from deskapp.domain.orders import number_key

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Read:
    """What one reading brought."""

    card: OrderCard
    sources: tuple[SourceState, ...]


def read_part(desk: Desk, customer: CustomerId, ticket: TicketId | None) -> Read:
    """In a lane: everything this part shows."""
    card = desk.orders.card(customer, ticket, MOST_SHOWN)
    return Read(card, desk.order_sources.standings())


def alike(several: Iterable[ShownOrder]) -> frozenset[str]:
    """The keys of numbers that more than one of these orders has: two shops count alike."""
    counted = Counter(number_key(one.detail.row.number) for one in several)
    return frozenset(key for key, times in counted.items() if times > 1)
