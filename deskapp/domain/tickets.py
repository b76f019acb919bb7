"""Tickets as windows and commands hold them: frozen rows with just the fields that are shown."""

from dataclasses import dataclass, field
from datetime import datetime

from .assigning import StandIn
from .entries import Entry
from .ids import (
    AgentId,
    BlobHash,
    CustomerId,
    LabelId,
    MailboxId,
    MessageId,
    TeamId,
    TicketId,
)
from .kinds import Direction, EventKind, MailKind, OutboxState, TicketStatus
from .linking import LinkedTicket, TicketLink
from .mail import Address
from .messages import Approved, Ask, AttachmentRow, Delivery, Returned
from .moving import MoveRow
from .snoozing import AWAKE, Snooze, is_due
from .ticket_facts import Priority, TagColour, is_overdue


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One line of a list. ``unread`` is the asking agent's; ``waiting_since`` is the time of the
    first customer message nobody has answered. ``version`` travels back with every edit."""

    id: TicketId
    number: int
    subject: str
    status: TicketStatus
    customer_id: CustomerId | None
    customer_name: str
    assignee_id: AgentId | None
    assignee_name: str
    mailbox_id: MailboxId | None
    mailbox_address: str
    tags: tuple[str, ...]
    snippet: str
    language: str
    created_at: datetime
    updated_at: datetime
    waiting_since: datetime | None
    unread: bool
    has_attachment: bool
    message_count: int
    trouble: OutboxState | None  # failed or uncertain: a reply on it needs a person
    version: int
    returned: bool = False  # our last mail came back for good: delivery failed
    snooze: Snooze = AWAKE  # of one that woke, what it had been snoozed to
    woke: bool = False  # that it is back has been noted, and nobody has seen to it yet
    label_id: LabelId | None = None
    label: str = ""  # the desk's own word for its status
    priority: Priority = Priority.NORMAL
    team_id: TeamId | None = None
    team_name: str = ""
    due_at: datetime | None = None
    tag_colours: tuple[TagColour, ...] = ()  # of ``tags``, in their order
    followers: tuple[AgentId, ...] = ()
    follower_names: tuple[str, ...] = ()
    starred: bool = False  # by the asking agent
    away: StandIn | None = None  # its assignee is, with who stands in

    def is_back(self, now: datetime) -> bool:
        """Whether it was put aside and has come back."""
        return self.woke or is_due(self.snooze, now)

    def is_asleep(self, now: datetime) -> bool:
        return bool(self.snooze) and not self.is_back(now)

    def is_overdue(self, now: datetime) -> bool:
        """Whether its due date has passed and somebody still has to act."""
        return is_overdue(self.status, self.due_at, now)

    def coloured_tags(self) -> tuple[tuple[str, TagColour], ...]:
        """Its tags, each with its colour."""
        bare = (TagColour.NONE,) * (len(self.tags) - len(self.tag_colours))
        return tuple(zip(self.tags, (*self.tag_colours, *bare), strict=True))


@dataclass(frozen=True, slots=True)
class ViewCount:
    """A view by name with the number of tickets in it."""

    view: str
    count: int


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message of a conversation. ``reply_text``/``reply_html`` are the body less what was
    folded; they equal ``text``/``html`` where nothing was. ``dated_at`` is what its Date says, when
    that is another day than ``at``; ``original`` whose mail one of us forwarded with it."""

    id: MessageId
    ticket_id: TicketId
    direction: Direction
    kind: MailKind
    message_id: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    at: datetime
    agent_id: AgentId | None
    agent_name: str
    text: str
    reply_text: str
    html: str
    reply_html: str
    language: str
    attachments: tuple[AttachmentRow, ...]
    sha256: BlobHash | None
    joined_by: str
    marked: bool
    defects: tuple[str, ...]
    delivery: Delivery | None
    dated_at: datetime | None = None
    original: Address | None = None
    claims_id: TicketId | None = None
    ask: Ask | None = None
    returned: tuple[Returned, ...] = ()
    side: MessageId | None = None  # the first message of the side thread that it belongs to
    third_parties: tuple[Address, ...] = ()  # with whom that is
    entry: Entry | None = None  # a note that tells of a call, a chat, a review
    mentions: tuple[str, ...] = ()  # whom a note calls, by name
    origin: LinkedTicket | None = None  # the ticket it was on first, if that is another
    approved: Approved | None = None  # of a junior's reply
    given: "EventRow | None" = None  # that its ticket was given to somebody because it came


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened to a ticket: who, what, when, old and new, and why."""

    kind: EventKind
    at: datetime
    agent_name: str
    old: str
    new: str
    reason: str
    id: int = 0
    message: MessageId | None = None  # the message that it is about, or that brought it about


@dataclass(frozen=True, slots=True)
class Conversation:
    """A ticket opened: its row, its messages oldest first, and its history."""

    ticket: TicketRow
    messages: tuple[MessageRow, ...]
    events: tuple[EventRow, ...]
    follows: LinkedTicket | None = None
    followed_by: tuple[LinkedTicket, ...] = ()
    seen: MessageId | None = None  # the newest that the asking agent had seen before
    links: tuple[TicketLink, ...] = ()
    moves: tuple[MoveRow, ...] = ()  # those that can be undone
    heir: LinkedTicket | None = None  # of a ticket that was merged away: where it lives on

    @property
    def newest(self) -> MessageId | None:
        """The message added last, which the reader has now seen; a reply is checked against it.

        By row and not by date: a mail that arrives late can be dated before the others.
        """
        return max((message.id for message in self.messages), default=None)

    @property
    def newest_event(self) -> int:
        """The last thing that happened to it, which the reader has now seen. 0: nothing has."""
        return max((one.id for one in self.events), default=0)


@dataclass(frozen=True, slots=True)
class TicketEdit:
    """What to change on a ticket. None leaves a field alone; ``unassign`` clears the assignee,
    ``no_team`` the team, ``no_due`` the due date; an AWAKE ``snooze`` wakes it, or takes the mark
    off one that woke. A ``label_id`` sets the status it is a word for; a status without one takes
    the label off, as ``no_label`` does. ``star`` is the acting agent's own: nobody else sees it,
    and no event tells it."""

    status: TicketStatus | None = None
    assignee_id: AgentId | None = None
    unassign: bool = False
    subject: str | None = None
    add_tags: tuple[str, ...] = field(default=())
    remove_tags: tuple[str, ...] = field(default=())
    snooze: Snooze | None = None
    label_id: LabelId | None = None
    no_label: bool = False
    priority: Priority | None = None
    team_id: TeamId | None = None
    no_team: bool = False
    due_at: datetime | None = None
    no_due: bool = False
    add_followers: tuple[AgentId, ...] = ()
    remove_followers: tuple[AgentId, ...] = ()
    star: bool | None = None

    @property
    def is_mark(self) -> bool:
        """Whether it only stars or follows: that is no change that another would overwrite."""
        marks = TicketEdit(
            star=self.star,
            add_followers=self.add_followers,
            remove_followers=self.remove_followers,
        )
        return self == marks
