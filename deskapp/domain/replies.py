"""What we write: drafts, outgoing mail, canned replies, as windows and commands hold them."""

from dataclasses import dataclass
from datetime import datetime

from .ids import (
    AgentId,
    ApprovalId,
    BlobHash,
    CannedId,
    DraftId,
    MailboxId,
    MessageId,
    OrderId,
    OutboxId,
    TicketId,
)
from .kinds import Direction, OutboxPhase, OutboxState, TicketStatus
from .mail import Address
from .snoozing import NO_WISH, SnoozeWish

FORWARD = "forward"
"""The kind of a draft that goes to a third party."""

REVIEW = "review"
"""The kind of a draft in which a senior edits a reply that waits for approval."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file that goes out with a reply; ``sha256`` names its bytes in the desk.

    ``content_id`` is the name under which the text shows it; "" for one that only hangs on.
    """

    filename: str
    content_type: str
    size: int
    sha256: BlobHash
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """All that ``mail.compose`` needs to build the bytes of a reply. Ids carry no brackets.

    ``html`` is the same text as markup, "" for a plain mail. Of ``files`` those whose
    ``content_id`` the markup shows go beside it, the others hang on. ``automatic``: no person
    wrote it, and its headers say so. ``unsubscribe``: makes it mail to many, with the addresses
    (mailto: or https:) where its readers get rid of it.
    """

    message_id: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    subject: str
    text: str
    date: datetime
    in_reply_to: str
    references: tuple[str, ...]
    files: tuple[tuple[OutgoingFile, bytes], ...]
    html: str = ""
    automatic: bool = False
    unsubscribe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A reply as it would leave now: read back from bytes that were built for this."""

    text: str
    html: str
    pictures: tuple[tuple[str, bytes], ...]  # (Content-ID, bytes) of what the markup shows


@dataclass(frozen=True, slots=True)
class Signing:
    """What stands below a reply. ``carried``: an earlier one of ours on this ticket has it.

    ``others``: what else could stand there, (name, text).
    """

    text: str
    carried: bool
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OthersDraft:
    """What a colleague is writing: to be seen, and changed by nobody else. ``writer``: "" when no
    agent was named."""

    id: DraftId
    writer: str
    kind: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply or note being written. One per ticket, agent and kind; never overwritten unseen.

    ``base`` is the newest message the writer had seen, ``seen_event`` the newest of the ticket's
    events. ``html``: the forms of ``body``, see
    ``domain.rich_text``. ``plain``: it leaves as text alone. ``quote_all``: with ``quote``, the
    whole conversation and not the last message. ``signature``: None is what the rules give.
    ``status``: what a canned reply wants the ticket to be once this is sent.
    ``sender``: the address of ours it leaves from, "" for the one the customer wrote to.
    ``leave_at``: when it is to leave, None for at once; ``unless_answered`` as in ``send``.
    ``order``: the one that the agent picked for this ticket, None for what stands in without.

    A forward goes to a third party: ``side`` names the side thread it goes on with; without one
    it begins its own, with the message ``forwards`` below it, or with the whole conversation.

    ``reviews``: the reply that a senior edits in it; it leaves in that one's writer's name.
    """

    id: DraftId | None
    ticket_id: TicketId
    agent_id: AgentId | None
    kind: str  # reply, note, forward, review
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    body: str
    quote: bool
    caret: int
    base: MessageId | None
    files: tuple[OutgoingFile, ...]
    updated_at: datetime | None
    version: int
    html: str = ""
    plain: bool = False
    quote_all: bool = False
    signature: str | None = None
    status: TicketStatus | None = None
    seen_event: int = 0
    forwards: MessageId | None = None
    side: MessageId | None = None
    sender: str = ""
    leave_at: datetime | None = None
    unless_answered: bool = False
    order: OrderId | None = None
    reviews: ApprovalId | None = None

    @property
    def is_forward(self) -> bool:
        """Whether it goes to a third party and not to the customer."""
        return self.kind == FORWARD

    @property
    def hands_on(self) -> bool:
        """Whether it begins a side thread, with what it forwards below it."""
        return self.is_forward and self.side is None


@dataclass(frozen=True, slots=True)
class News:
    """A message that came onto a ticket after a draft of a reply was begun. ``snippet``: its
    first words.
    """

    id: MessageId
    at: datetime
    author: str
    direction: Direction
    snippet: str


@dataclass(frozen=True, slots=True)
class RecipientResult:
    """What the server said of one recipient: state waiting, accepted, deferred or refused."""

    address: str
    state: str
    code: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A reply on its way. ``unless_answered``: taken back when the customer writes first."""

    id: OutboxId
    ticket_id: TicketId
    ticket_number: int
    subject: str
    to: tuple[str, ...]
    state: OutboxState
    phase: OutboxPhase
    attempts: int
    not_before: datetime
    last_error: str
    created_at: datetime | None = None
    agent_name: str = ""
    mailbox: str = ""
    unless_answered: bool = False
    results: tuple[RecipientResult, ...] = ()
    due_at: datetime | None = None  # when it was first to leave, whatever put it off since
    fault: str = ""  # whose words last_error is: domain.outbox_trouble.SendFault
    automatic: bool = False  # nobody wrote it, so there is no draft to go back to


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """What the postman holds while sending: the bytes are final and never built again."""

    id: OutboxId
    mailbox_id: MailboxId
    message_id: str
    envelope_from: str
    recipients: tuple[str, ...]
    raw: bytes
    fence: int
    attempts: int


@dataclass(frozen=True, slots=True)
class CannedActions:
    """What a canned reply does to its ticket beside its text. ``to_me``: to whoever inserts it."""

    status: TicketStatus | None = None
    to_me: bool = False
    assignee: AgentId | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    snooze: SnoozeWish = NO_WISH


NO_ACTIONS = CannedActions()


@dataclass(frozen=True, slots=True)
class CannedRow:
    """A canned reply in a list. ``languages`` are the variants it has; ``uses`` counts inserts.

    ``edited`` counts the uses whose text was changed before it left, out of ``sent``;
    ``last_used`` is None for one that never was put in.
    """

    id: CannedId
    name: str
    folder: str
    languages: tuple[str, ...]
    preview: str
    uses: int
    version: int
    owner: AgentId | None = None
    mailbox_id: MailboxId | None = None
    acts: bool = False
    files: int = 0
    sent: int = 0
    edited: int = 0
    last_used: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A canned reply with all its texts by language.

    ``owner``: whose own it is, None for the team's. ``mailbox_id``: where alone it is offered.
    """

    id: CannedId | None
    name: str
    folder: str
    texts: tuple[tuple[str, str], ...]  # (language, Liquid text)
    version: int
    owner: AgentId | None = None
    mailbox_id: MailboxId | None = None
    actions: CannedActions = NO_ACTIONS
    files: tuple[OutgoingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Includers:
    """Who includes a reply: names of the team's and of the asking agent's own, and how many there
    are of other agents' own.
    """

    team: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    elsewhere: int = 0
