"""What stands about orders beside a ticket: whose they are, how many, for how much, the newest."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from .ids import CustomerId
from .order_rows import OrderDetail


class Whose(StrEnum):
    """Whose an order is, seen from a ticket."""

    THEIRS = "theirs"  # the ticket's customer's
    COMPANY = "company"  # of somebody of the customer's company
    NOBODY = "nobody"  # its source tells neither mail nor phone, and nobody linked it
    OTHER = "other"  # somebody else's: to tell of it would tell one person about another


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """An order as it is shown beside a ticket. ``owner``: who has it, by name, else by mail."""

    detail: OrderDetail
    whose: Whose
    owner: str

    @property
    def strange(self) -> bool:
        """Whether it asks before anything of it goes into an answer."""
        return self.whose is not Whose.THEIRS


@dataclass(frozen=True, slots=True)
class Figures:
    """Orders and spend, as a shop tells them of its customer, or counted from what is here.

    ``source`` is the shop that tells, "" for what is counted here: of sources that tell nothing,
    less cancelled orders and refunds. ``spent``: an amount for each currency, never summed across.
    """

    source: str
    orders: int
    spent: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class OrderCard:
    """Everything the order part of a card shows, read at once.

    ``since``: the earliest that a shop or an order tells of them. ``orders`` is how many are here,
    of which ``newest`` are shown; ``named`` are those that their mails name by number, whoever's,
    and ``unknown`` the numbers that nobody here knows.
    """

    customer: CustomerId
    since: datetime | None
    orders: int
    figures: tuple[Figures, ...]
    named: tuple[ShownOrder, ...]
    newest: tuple[ShownOrder, ...]
    unknown: tuple[str, ...]
