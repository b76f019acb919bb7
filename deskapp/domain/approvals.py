"""Replies of juniors, which leave when a senior approves them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ids import AgentId, ApprovalId, DraftId, MessageId, OutboxId, TicketId
from .kinds import TicketStatus
from .replies import Draft
from .reply_changes import Version, is_other

JUNIOR = "junior"
HANDED_IN = "submitted"
"""What a ticket's history calls the beginning of a round; its end is called as the state is."""

CHANGED = "changed"
"""How the end of a round is called whose words a senior changed before they were sent."""

TAKEN_BACK = "taken_back"
"""An approved reply was taken back before it left, and waits again."""

HEARD_FIRST = "heard_first"
"""So did one that was to leave unless the customer writes first: they did."""


class ApprovalState(StrEnum):
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One round of one reply. ``number``: its ticket's; names are "" for nobody."""

    id: ApprovalId
    ticket_id: TicketId
    number: int
    subject: str
    draft_id: DraftId
    writer: AgentId
    writer_name: str
    round: int
    state: ApprovalState
    given: Version  # as it was handed in
    submitted_at: datetime
    senior_name: str
    decided_at: datetime | None
    comment: str
    final: Version | None  # as it was sent, or as a senior proposed it who returned it
    message_id: MessageId | None
    outbox_id: OutboxId | None
    status: TicketStatus | None
    version: int
    in_draft: bool = False  # its writer has it open again
    customer: str = ""
    leave_at: datetime | None = None  # when its writer wants it to leave, None for at once

    @property
    def body(self) -> str:
        """The words that were handed in."""
        return self.given.body

    @property
    def final_body(self) -> str:
        """The words that were sent; "" while none were."""
        return "" if self.final is None else self.final.body

    @property
    def changed(self) -> bool:
        """Whether a senior made something else of it: words, forms, recipients or files."""
        return self.final is not None and is_other(self.given, self.final)


@dataclass(frozen=True, slots=True)
class Standing:
    """Rounds as ``me`` stands to them. ``junior``: what I write waits for a senior too."""

    me: AgentId | None
    junior: bool
    rows: tuple[ApprovalRow, ...]

    def last_rounds(self) -> tuple[ApprovalRow, ...]:
        """Of each reply its newest round; of one that was returned only while it is a draft."""
        newest = {row.draft_id: row for row in self.rows}
        ended = ApprovalState.RETURNED
        return tuple(row for row in newest.values() if row.state is not ended or row.in_draft)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A round as a senior opens it: the reply as it was handed in, and the rounds before it."""

    row: ApprovalRow
    draft: Draft
    rounds: tuple[ApprovalRow, ...]
    mine: Draft | None = None  # the acting senior's own version
    editing: tuple[str, ...] = ()  # names of others who have a version of their own open
