"""Who somebody is on a ticket, for the chips of a reply: so that nobody is mailed by mistake."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    CUSTOMER = "customer"
    COLLEAGUE = "colleague"
    TAKES_PART = "takes_part"  # was on the ticket before the last message
    NEW = "new"  # the last message brought them in
    UNKNOWN = "unknown"  # never was on the ticket


@dataclass(frozen=True, slots=True)
class OnTicket:
    """Address keys: the customer's, ours (mailboxes and agents), and those of the messages.

    ``last``: who is on the newest message of others; ``before``: on all earlier ones, empty for
    the first. ``bounced``: addresses of customers that mail came back from for good.
    """

    customer: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    bounced: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Who:
    """What a chip says of an address."""

    role: Role
    bounced: bool = False


def who_is(key: str, on: OnTicket) -> Who:
    """The rule; ``key`` as ``Address.key`` gives it."""
    return Who(_role(key, on), key in on.bounced)


def _role(key: str, on: OnTicket) -> Role:
    if key in on.customer:
        return Role.CUSTOMER
    if key in on.ours:
        return Role.COLLEAGUE
    if key in on.before:
        return Role.TAKES_PART
    if key in on.last:
        return Role.NEW if on.before else Role.TAKES_PART
    return Role.UNKNOWN
