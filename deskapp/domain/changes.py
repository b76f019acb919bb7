"""What one finished write touched, so that each window repaints just what it shows."""

from dataclasses import dataclass, field

from .ids import CustomerId, TicketId

NAMED_ON_TICKETS = frozenset({"agents", "teams", "labels", "tags"})
"""Areas whose names stand on any number of tickets, which a change of theirs does not list."""

ALL_AREAS = NAMED_ON_TICKETS | {
    "acts",
    "approvals",
    "assignment",
    "canned",
    "desk",
    "drafts",
    "fields",
    "ledger",
    "mailboxes",
    "order_sources",
    "orders",
    "outbox",
    "presence",
    "returns",
    "search",
    "views",
}
"""The names of lists without ids of their own that change as a whole."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Announced once, after the commit. ``origin`` names the client that wrote it. ``areas`` are
    some of ``ALL_AREAS``."""

    tickets: frozenset[TicketId] = frozenset()
    customers: frozenset[CustomerId] = frozenset()
    areas: frozenset[str] = frozenset()
    origin: str = ""

    def __bool__(self) -> bool:
        return bool(self.tickets or self.customers or self.areas)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.tickets | other.tickets,
            self.customers | other.customers,
            self.areas | other.areas,
            self.origin if self.origin == other.origin else "",
        )


@dataclass(slots=True)
class Touched:
    """Collects, inside one transaction, what a Changes will say."""

    tickets: set[TicketId] = field(default_factory=set)
    customers: set[CustomerId] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)

    def frozen(self, origin: str) -> Changes:
        return Changes(
            frozenset(self.tickets), frozenset(self.customers), frozenset(self.areas), origin
        )
