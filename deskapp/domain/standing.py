"""Where a ticket stands, from the messages on it: whose turn it is and since when.

Computed from the times of the messages and not from the order of their arrival: a first import
files the newest mail first, and a Sent folder may be read after the answers to it.
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from .kinds import ENDED, WAITS_FOR_US, Direction, MailKind, TicketStatus

_REOPENED_BY_ANSWER = (
    TicketStatus.NEW,
    TicketStatus.OPEN,
    TicketStatus.WAITING,
    TicketStatus.ON_HOLD,
    TicketStatus.SOLVED,
    TicketStatus.CLOSED,
)

BY_MAIL, BY_REPLY, BY_HAND, BY_UNDO = "mail", "reply", "", "undo"
"""What changed a status: the ``reason`` of its event."""
BY_MERGE, BY_UNMERGE = "merge", "unmerge"  # its customer's two records were made one, or two again
BY_MACRO = "canned "
"""Begins the reason of what a canned reply set, its name behind it; it counts as by hand."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What matters about one message. ``id`` counts up as messages come onto the ticket.

    ``written_here``: by somebody who saw what the desk had at that moment, and nothing else.
    ``settled``: nobody waits for an answer to it, as it is history, or the ticket was ended since.
    ``undelivered``: the report that an answer of ours did not arrive and never will. ``side``: in a
    side thread with a third party; it neither answers the customer nor is it their word.
    """

    at: datetime
    id: int
    direction: Direction
    kind: MailKind
    written_here: bool = False
    settled: bool = False
    undelivered: bool = False
    side: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A change of status. ``newest``: the id of the ticket's newest message then, 0 for none."""

    at: datetime
    old: TicketStatus
    new: TicketStatus
    reason: str
    newest: int


@dataclass(frozen=True, slots=True)
class Turns:
    """``ended_after``: the newest message when the ticket last ended, at ``ended_at``.

    ``reopened_at``: when it was reopened by hand.
    """

    ended_after: int = 0
    reopened_at: datetime | None = None
    ended_at: datetime | None = None


def turns(changes: Iterable[Change]) -> Turns:
    """Sums up a ticket's changes of status, oldest first."""
    now, before = Turns(), [Turns()]
    for change in changes:
        if change.reason == BY_UNDO:  # as if the last one had not been; undone again, it had
            now, before[-1] = before[-1], now
            continue
        before.append(now)
        if change.new in (*ENDED, TicketStatus.SPAM):
            now = Turns(max(now.ended_after, change.newest), None, change.at)
        elif change.new not in WAITS_FOR_US:
            now = Turns(now.ended_after, None, now.ended_at)
        elif change.reason not in (BY_MAIL, BY_REPLY) and change.old not in WAITS_FOR_US:
            now = Turns(now.ended_after, change.at, now.ended_at)
    return now


@dataclass(frozen=True, slots=True)
class Standing:
    """What the list shows of a ticket's messages. ``newest_id`` came last, whatever its date.

    ``waiting_since``: the first message that neither an answer nor an end of the ticket covers.
    ``side_since``: the first of a third party that nothing of ours came after.
    """

    last_in_at: datetime | None
    last_out_at: datetime | None
    waiting_since: datetime | None
    newest_id: int | None
    updated_at: datetime | None
    count: int
    side_since: datetime | None = None


class Course:
    """A ticket's messages in the order of their times, and its standing kept up as they come.

    A message that is the newest costs the same however many there are; an older one, which comes
    late, is put in its place and the whole is gone through again.
    """

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._ordered = sorted(facts, key=_in_time)
        self._newest_id: int | None = None
        self._begin()

    def add(self, fact: Fact) -> None:
        """One more message."""
        if not self._ordered or _in_time(fact) > _in_time(self._ordered[-1]):
            self._ordered.append(fact)
            self._follow(fact)
        else:
            insort(self._ordered, fact, key=_in_time)
            self._begin()

    def now(self) -> Standing:
        """Automatic mail counts as a message, never as a turn."""
        return Standing(
            last_in_at=self._last_in,
            last_out_at=self._last_out,
            waiting_since=self._first.at if self._first is not None else None,
            newest_id=self._newest_id,
            updated_at=self._ordered[-1].at if self._ordered else None,
            count=len(self._ordered),
            side_since=self._aside[0].at if self._aside else None,
        )

    def _begin(self) -> None:
        self._last_in: datetime | None = None
        self._last_out: datetime | None = None
        self._waiting: list[Fact] = []
        self._first: Fact | None = None  # of those waiting, who is not settled
        self._aside: list[Fact] = []  # of third parties, who wait for us
        for fact in self._ordered:
            self._follow(fact)

    def _follow(self, fact: Fact) -> None:
        self._newest_id = max(self._newest_id or fact.id, fact.id)
        if not speaks(fact.kind):
            return
        if fact.direction is Direction.OUT:
            # Who wrote here saw what had come by then, whatever its date.
            self._aside = [one for one in self._aside if fact.written_here and one.id > fact.id]
        if fact.side:
            if fact.direction is Direction.IN and not fact.settled:
                self._aside.append(fact)
        elif fact.direction is Direction.OUT:
            self._last_out, self._waiting = fact.at, _not_answered(self._waiting, fact)
            self._first = next((one for one in self._waiting if not one.settled), None)
        elif fact.direction is Direction.IN:
            self._last_in = fact.at
            self._waiting.append(fact)
            if self._first is None and not fact.settled:
                self._first = fact


def standing(facts: Iterable[Fact]) -> Standing:
    """Sums up a ticket's messages."""
    return Course(facts).now()


def _in_time(fact: Fact) -> tuple[datetime, int]:
    return fact.at, fact.id


def quiet_since(facts: Iterable[Fact], turned: Turns) -> datetime | None:
    """The end of a ticket that has ended, or our last word on it since: reopening counts from here.

    Mail that was filed as history has no event of its end; its last message stands for it.
    """
    facts = [fact for fact in facts if not fact.side]
    ours = [fact.at for fact in facts if fact.direction is Direction.OUT and speaks(fact.kind)]
    ends = [turned.ended_at] if turned.ended_at is not None else [fact.at for fact in facts]
    return max((*ours, *ends), default=None)


def waiting_since(status: TicketStatus, now: Standing, turned: Turns) -> datetime | None:
    """Since when somebody waits for us: nobody does unless the ticket is new or open.

    Without a message of the customer's to answer it is the moment when a third party answered us,
    or when the ticket was reopened by hand, until we write. A ticket that a failed delivery
    reopened has no time.
    """
    if status not in WAITS_FOR_US:
        return None
    since = now.waiting_since or now.side_since
    if since is not None or turned.reopened_at is None:
        return since
    answered = now.last_out_at is not None and now.last_out_at >= turned.reopened_at
    return None if answered else turned.reopened_at


def _not_answered(waiting: list[Fact], answer: Fact) -> list[Fact]:
    """What ``answer`` leaves open: mail that crossed it, dated before it and here only after.

    Such a mail is answered nevertheless when it is older than one that the writer had seen.
    """
    if not answer.written_here:
        return []
    seen = sum(1 for _ in dropwhile(lambda fact: fact.id > answer.id, reversed(waiting)))
    return waiting[seen:]


def speaks(kind: MailKind) -> bool:
    """Whether a mail of this kind is somebody waiting for an answer."""
    return kind in (MailKind.HUMAN, MailKind.BULK, MailKind.COMPLAINT)


def status_after(before: TicketStatus, arrived: Fact, now: Standing) -> TicketStatus:
    """The status once ``arrived`` is on the ticket; ``now`` already counts it.

    An older message than the last turn changes nothing. Machines never reopen, but for one: the
    report that our last answer never arrived, as somebody must act. A third party's answer opens a
    ticket, so that somebody reads it; what we write to them turns nothing.
    """
    if before not in _REOPENED_BY_ANSWER:
        return before
    if arrived.side and arrived.kind is not MailKind.BOUNCE:
        news = arrived.direction is Direction.IN and speaks(arrived.kind)
        waits = news and now.side_since is not None and arrived.at >= now.side_since
        return TicketStatus.OPEN if waits and before is not TicketStatus.NEW else before
    if arrived.direction is Direction.OUT:
        answered = now.waiting_since is None and arrived.at == now.last_out_at
        ours = before in (TicketStatus.NEW, TicketStatus.OPEN)
        return TicketStatus.WAITING if answered and ours else before
    if arrived.kind is MailKind.BOUNCE:
        # What the customer was told since does not reach the third party of a side thread.
        latest = arrived.side or now.last_out_at is None or arrived.at >= now.last_out_at
        return TicketStatus.OPEN if arrived.undelivered and latest else before
    if not speaks(arrived.kind) or now.waiting_since is None:
        return before
    if arrived.at < now.waiting_since:
        return before
    return TicketStatus.NEW if now.last_out_at is None and _untouched(before) else TicketStatus.OPEN


def _untouched(status: TicketStatus) -> bool:
    return status is TicketStatus.NEW


def first_status(first: Fact, old: bool) -> TicketStatus:
    """The status of a ticket that ``first`` begins. ``old``: mail from before the desk's time."""
    if old:
        return TicketStatus.CLOSED
    if first.direction is Direction.OUT:
        return TicketStatus.WAITING
    if first.kind in (MailKind.AUTO_REPLY, MailKind.OUT_OF_OFFICE):
        return TicketStatus.SOLVED
    return TicketStatus.NEW
