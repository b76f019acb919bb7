"""Replies of juniors, which leave when a senior approves them; and what a senior changed."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from .ids import AgentId, ApprovalId, DraftId, MessageId, OutboxId, TicketId
from .kinds import TicketStatus
from .replies import Draft

JUNIOR = "junior"
HANDED_IN = "submitted"
"""What a ticket's history calls the beginning of a round; its end is called as the state is."""
_LONGEST = 20_000  # words; a text beyond it is shown as one that was replaced
# A word, a run of space, or one sign: Chinese, kana and hangul are compared letter by letter.
_WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]|"
    r"[^\W_\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+(?:[\u0300-\u036f]+\w*)*|\s+|.",
    re.DOTALL,
)

CHANGED = "changed"
"""How the end of a round is called whose words a senior changed before they were sent."""


class ApprovalState(StrEnum):
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Edit(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    edit: Edit
    text: str


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
    body: str
    submitted_at: datetime
    senior_name: str
    decided_at: datetime | None
    comment: str
    final_body: str
    message_id: MessageId | None
    outbox_id: OutboxId | None
    status: TicketStatus | None
    version: int
    in_draft: bool = False  # its writer has it open again

    @property
    def changed(self) -> bool:
        """Whether what was sent is not what was handed in."""
        return self.state is ApprovalState.APPROVED and self.final_body != self.body


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


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What to take out of ``before`` and put in to get ``after``, word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _LONGEST:
        whole = (Piece(Edit.REMOVED, before), Piece(Edit.ADDED, after))
        return whole if before != after else (Piece(Edit.KEPT, before),)
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece(Edit.KEPT, "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece(Edit.REMOVED, "".join(old[a:b])))
        if c < d:
            found.append(Piece(Edit.ADDED, "".join(new[c:d])))
    return tuple(found)
