"""What one finished write touched, so that each window repaints just what it shows."""

from dataclasses import dataclass, field, replace

from .ids import AgentId, ChangeId, CustomerId, TicketId

_BEFORE_ALL = ChangeId(0)

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
class Cursor:
    """How far the change log was read: the last row's number and the id of the write it tells of.

    Both, for a number alone can come again: a server that took over without the last seconds of the
    one before gives it to another write.
    """

    number: ChangeId = _BEFORE_ALL
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Announced once, after the commit. ``origin`` names the client that wrote it. ``areas`` are
    some of ``ALL_AREAS``. ``own``: tickets that changed for one agent alone, as by being read;
    nobody else need look.
    """

    tickets: frozenset[TicketId] = frozenset()
    customers: frozenset[CustomerId] = frozenset()
    areas: frozenset[str] = frozenset()
    origin: str = ""
    own: frozenset[tuple[AgentId, TicketId]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.tickets or self.customers or self.areas or self.own)

    def at_home(self) -> "Changes":
        """As the program is told that wrote it."""
        tickets = self.tickets | {ticket for _agent, ticket in self.own}
        return replace(self, tickets=tickets, own=frozenset())

    def seen_by(self, me: AgentId | None) -> "Changes":
        """What of it concerns an agent: their own tickets stand among the others."""
        mine = {ticket for agent, ticket in self.own if agent == me}
        return replace(self, tickets=self.tickets | mine, own=frozenset())

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.tickets | other.tickets,
            self.customers | other.customers,
            self.areas | other.areas,
            self.origin if self.origin == other.origin else "",
            self.own | other.own,
        )


@dataclass(slots=True)
class Touched:
    """Collects, inside one transaction, what a Changes will say."""

    tickets: set[TicketId] = field(default_factory=set)
    customers: set[CustomerId] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    own: set[tuple[AgentId, TicketId]] = field(default_factory=set)

    def frozen(self, origin: str) -> Changes:
        return Changes(
            frozenset(self.tickets),
            frozenset(self.customers),
            frozenset(self.areas),
            origin,
            frozenset(self.own),
        )
