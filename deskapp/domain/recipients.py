"""Who somebody is on a ticket, for the chips of a reply: so that nobody is mailed by mistake."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .mail import Address
from .sites import site_of


class Role(StrEnum):
    CUSTOMER = "customer"
    COLLEAGUE = "colleague"
    TAKES_PART = "takes_part"  # was on the ticket before the last message
    NEW = "new"  # the last message brought them in
    THIRD_PARTY = "third_party"  # only on a side thread, which the customer does not see
    UNKNOWN = "unknown"  # never was on the ticket


@dataclass(frozen=True, slots=True)
class OnTicket:
    """Address keys: the customer's, ours (mailboxes and agents), and those of the messages.

    ``last``: who is on the newest message of others; ``before``: on all earlier ones, empty for
    the first. ``bounced``: addresses of customers that mail came back from for good. ``third``: on
    the side threads.
    """

    customer: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    bounced: frozenset[str] = frozenset()
    third: frozenset[str] = frozenset()


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
    return Role.THIRD_PARTY if key in on.third else Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A mail whose Reply-To names somebody else than its From (RFC 5322, 3.6.2).

    ``stranger``: the address is of another site than the sender's, and none that is known of the
    customer: how a fraud catches an answer.
    """

    sender: Address
    asked: tuple[Address, ...]
    stranger: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a reply besides its people. ``usual``: the address the customer wrote to;
    ``senders``: all of ours, of which one may be chosen; ``elsewhere``: see there.
    """

    usual: str
    senders: tuple[str, ...]
    elsewhere: Elsewhere | None = None


def answers_elsewhere(
    sender: Address, asked: Sequence[Address], known: Collection[str]
) -> Elsewhere | None:
    """Whether a mail asks for its answer at another address than it came from.

    ``known``: address keys of the customer, as kept before and in spite of this mail.
    """
    others = tuple(one for one in asked if one.address and one.key != sender.key)
    if not others:
        return None
    home = site_of(sender.key.rpartition("@")[2])
    strange = any(
        one.key not in known and site_of(one.key.rpartition("@")[2]) != home for one in others
    )
    return Elsewhere(sender, others, strange)
