"""What colleagues do to a ticket beside writing on it, as far as a reply must not pass it by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .ids import AgentId
from .kinds import EventKind, TicketStatus

ENDED = (TicketStatus.SOLVED, TicketStatus.CLOSED, TicketStatus.SPAM)


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. ``words``: the status it was set to, whom it was given to, the customer it
    belongs to now, or the number of the ticket that was merged into it, or that messages of it
    went to.

    ``author`` is "" for nobody named, ``by`` None.
    """

    kind: EventKind
    at: datetime
    author: str
    by: AgentId | None
    words: str


MOVES = (EventKind.MERGED, EventKind.UNMERGED, EventKind.SPLIT, EventKind.MOVED)
DEEDS = (EventKind.STATUS, EventKind.ASSIGNED, EventKind.CUSTOMER, *MOVES)


def deeds_that_stop(
    done: Iterable[Deed],
    me: AgentId | None,
    status: TicketStatus,
    assignee: AgentId | None,
) -> tuple[Deed, ...]:
    """Those that a writer should know of before the reply leaves, of all since they looked.

    A ticket ended or given to somebody else counts while it still is so (``status`` and
    ``assignee`` are today's), and only the last of a kind. What the writer did, what came by mail
    and what the program did by itself stop nothing; only a merge counts whoever made it, unless it
    was undone since.
    """
    last: dict[EventKind, Deed] = {}
    stops: list[Deed] = []
    for deed in _standing(done):
        if deed.kind in (EventKind.STATUS, EventKind.ASSIGNED):
            last[deed.kind] = deed
        elif _is_others(deed, me):
            stops.append(deed)
    ended = last.get(EventKind.STATUS)
    if ended is not None and ended.words == status and status in ENDED and _is_others(ended, me):
        stops.append(ended)
    given = last.get(EventKind.ASSIGNED)
    if given is not None and assignee not in (None, me) and _is_others(given, me):
        stops.append(given)
    return tuple(sorted(stops, key=lambda deed: deed.at))


def _standing(done: Iterable[Deed]) -> list[Deed]:
    """Without merges that were undone, and their undoing: what was there is there."""
    left: list[Deed] = []
    for deed in done:
        merged = [
            one
            for one in left
            if deed.kind is EventKind.UNMERGED
            and (one.kind, one.words) == (EventKind.MERGED, deed.words)
        ]
        if merged:
            left.remove(merged[-1])
        else:
            left.append(deed)
    return left


def _is_others(deed: Deed, me: AgentId | None) -> bool:
    if deed.kind in MOVES:
        return me is None or deed.by != me
    return deed.by is not None and deed.by != me
