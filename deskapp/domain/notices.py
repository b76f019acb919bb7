"""What is worth a notice on the screen of one agent, and when it is kept quiet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from .act_states import ActState
from .approvals import CHANGED, HANDED_IN, ApprovalState
from .ids import AgentId, TicketId
from .kinds import ENDED, EventKind, TicketStatus


class NoticeKind(StrEnum):
    """Each has a switch in the settings. Values are stored there."""

    NEW_TICKET = "new_ticket"  # from a customer, nobody's or mine
    ANSWER = "answer"  # on a ticket of mine, or one that I follow
    ASSIGNED = "assigned"  # to me, by somebody else
    HANDED_OVER = "handed_over"  # to my team, by somebody else
    CAME_BACK = "came_back"  # from a snooze or for a follow-up, mine or nobody's
    MENTION = "mention"
    ASKED = "asked"  # a colleague asks for the ticket that I write on
    SEND_FAILED = "send_failed"  # or may have been sent: a person has to look
    APPROVAL = "approval"  # a colleague's reply, or act in a shop, waits for a second one
    DECIDED = "decided"  # a senior approved or returned a reply of mine
    ACT_UNCLEAR = "act_unclear"  # nobody knows whether a shop did it: a person has to look


@dataclass(frozen=True, slots=True)
class Happened:
    """One event with what there is to know of its ticket. ``calls_me``: a note names me."""

    event: int
    kind: EventKind
    ticket: TicketId
    number: int
    subject: str
    customer: str
    status: TicketStatus
    assignee: AgentId | None
    by: AgentId | None
    calls_me: bool
    followed: bool
    mailbox: str = ""  # the ticket's address
    to_my_team: bool = False  # a hand-over to the team that I am in
    step: str = ""  # what became of something done in a shop, or of a junior's reply
    wanted_by_me: bool = False  # that something
    i_decide: bool = False  # about juniors' replies


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said of one ticket."""

    kind: NoticeKind
    ticket: TicketId
    number: int
    subject: str
    customer: str
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to be told. ``off``: kinds; ``silent``: mailboxes whose new tickets and
    answers are not told, as they are not meant for this person alone."""

    off: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()

    def heeds(self, notice: "Notice") -> bool:
        from_all = notice.kind in (NoticeKind.NEW_TICKET, NoticeKind.ANSWER)
        return notice.kind.value not in self.off and not (
            from_all and notice.mailbox in self.silent
        )


_FAILED = (EventKind.SEND_FAILED, EventKind.SEND_UNCERTAIN)
_CAME_IN = (EventKind.RECEIVED, EventKind.SIDE_ANSWER)
TOLD = (
    EventKind.CREATED,
    EventKind.NOTED,
    EventKind.ASSIGNED,
    EventKind.HANDED_OVER,
    EventKind.WOKE,
    EventKind.ORDER_ACT,
    EventKind.APPROVAL,
    *_CAME_IN,
    *_FAILED,
)


def notices_for(me: AgentId | None, happened: Iterable[Happened]) -> tuple[Notice, ...]:
    """What I am to be told, each thing once per ticket; nothing of what I did myself."""
    found: dict[tuple[NoticeKind, TicketId], Notice] = {}
    for one in happened:
        kind = _kind(me, one)
        if kind is not None:
            found[kind, one.ticket] = Notice(
                kind, one.ticket, one.number, one.subject, one.customer, one.mailbox
            )
    # The mail that began a ticket is news once, and so is what was handed to my team and me.
    for kind, ticket in list(found):
        if kind is NoticeKind.NEW_TICKET:
            found.pop((NoticeKind.ANSWER, ticket), None)
        if kind is NoticeKind.ANSWER:  # it came back because of the answer
            found.pop((NoticeKind.CAME_BACK, ticket), None)
        if kind is NoticeKind.HANDED_OVER:
            found.pop((NoticeKind.ASSIGNED, ticket), None)
    return tuple(found.values())


def _kind(me: AgentId | None, one: Happened) -> NoticeKind | None:
    mine = me is not None and one.assignee == me
    if one.status in (TicketStatus.SPAM, TicketStatus.MERGED):
        return None
    if one.kind in _FAILED:
        return NoticeKind.SEND_FAILED if mine or (one.by is not None and one.by == me) else None
    if one.kind is EventKind.ORDER_ACT and one.step == ActState.UNCLEAR:
        return NoticeKind.ACT_UNCLEAR if mine or one.wanted_by_me else None
    if me is not None and one.by == me:
        return None
    if one.kind is EventKind.ORDER_ACT:
        return NoticeKind.APPROVAL if one.step == ActState.WAITING else None
    if one.kind is EventKind.APPROVAL:
        return _of_a_reply(one)
    if one.calls_me:
        return NoticeKind.MENTION
    if one.kind is EventKind.CREATED:
        from_outside = one.by is None and one.status not in ENDED  # old mail comes in ended
        return NoticeKind.NEW_TICKET if from_outside and (mine or one.assignee is None) else None
    if one.kind in _CAME_IN:
        return NoticeKind.ANSWER if mine or one.followed else None
    if one.kind is EventKind.WOKE:
        return NoticeKind.CAME_BACK if mine or one.assignee is None or one.followed else None
    if one.kind is EventKind.HANDED_OVER:
        return NoticeKind.HANDED_OVER if one.to_my_team else None
    return NoticeKind.ASSIGNED if one.kind is EventKind.ASSIGNED and mine else None


def _of_a_reply(one: Happened) -> NoticeKind | None:
    if one.step == HANDED_IN:
        return NoticeKind.APPROVAL if one.i_decide else None
    decided = one.step in (ApprovalState.APPROVED, ApprovalState.RETURNED, CHANGED)
    return NoticeKind.DECIDED if decided and one.wanted_by_me else None


def is_quiet(now: time, begins: str, ends: str) -> bool:
    """Whether "HH:MM" to "HH:MM" holds now; over midnight too. Never where one is missing."""
    first, last = _clock(begins), _clock(ends)
    if first is None or last is None or first == last:
        return False
    return first <= now < last if first < last else now >= first or now < last


def _clock(written: str) -> time | None:
    try:
        return time.fromisoformat(written) if written else None
    except ValueError:
        return None
