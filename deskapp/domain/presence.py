"""Who is on which ticket, and who asks whom to hand one over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ids import AgentId, DraftId, TakeOverId, TicketId


class Doing(StrEnum):
    """What somebody does on a ticket; what stands later matters more to colleagues."""

    LOOKING = "looking"
    NOTING = "noting"
    WRITING = "writing"


_WEIGHT = {doing: weight for weight, doing in enumerate(Doing)}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one window stands."""

    ticket: TicketId
    doing: Doing


@dataclass(frozen=True, slots=True)
class Colleague:
    """One window of somebody's program. ``left``: seconds from the read on for which this holds
    unless the program is heard again."""

    agent: AgentId
    name: str
    ticket: TicketId
    doing: Doing
    since: datetime
    left: float


@dataclass(frozen=True, slots=True)
class OnTicket:
    """Somebody on a ticket, once however many windows they have there."""

    agent: AgentId
    name: str
    doing: Doing
    since: datetime


class Answer(StrEnum):
    """How a request to take over ended; nothing ends it twice."""

    WAITING = ""
    GIVEN = "given"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class TakeOver:
    """One request. ``left``: seconds from the read on until it expires; ``taken``: what was given
    stands in the asker's reply. ``copy``: the holder's draft of it, while it still stands as it
    was taken."""

    id: TakeOverId
    ticket: TicketId
    number: int
    asker: AgentId
    asker_name: str
    holder: AgentId
    holder_name: str
    answer: Answer
    left: float
    taken: bool
    copy: DraftId | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody whose program has the desk open, on a ticket or on none. ``left`` as above."""

    agent: AgentId
    name: str
    left: float


@dataclass(frozen=True, slots=True)
class Room:
    """Who else is on the desk's tickets, the requests that concern ``me``, and who else has the
    desk open, as of one read."""

    me: AgentId | None
    colleagues: tuple[Colleague, ...] = ()
    requests: tuple[TakeOver, ...] = ()
    here: tuple[Here, ...] = ()


def by_ticket(
    colleagues: Iterable[Colleague], me: AgentId | None
) -> dict[TicketId, tuple[OnTicket, ...]]:
    """Who but ``me`` is on which ticket: those who write first, the longest of them before all."""
    found: dict[TicketId, dict[AgentId, OnTicket]] = defaultdict(dict)
    for one in colleagues:
        if one.agent == me:
            continue
        before = found[one.ticket].get(one.agent)
        if before is None or _order(one) < _order(before):
            found[one.ticket][one.agent] = OnTicket(one.agent, one.name, one.doing, one.since)
    return {
        ticket: tuple(sorted(people.values(), key=lambda one: (*_order(one), one.agent)))
        for ticket, people in found.items()
    }


def _order(one: Colleague | OnTicket) -> tuple[int, datetime]:
    return -_WEIGHT[one.doing], one.since


def initials(name: str) -> str:
    """Two letters for a name: of its first and last word, or the last two of one written in Han."""
    words = name.split()
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][-2:] if words[0][0] >= "\u2e80" else words[0][:2].upper()
    return (words[0][0] + words[-1][0]).upper()
