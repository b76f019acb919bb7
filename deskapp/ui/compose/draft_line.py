"""One draft on its way between the editor and the Desk."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from deskapp.domain.ids import ApprovalId, BlobHash, DraftId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.ui.pieces.once import Once

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.desk.sending import Sent

    from .send_button import SendChoice

_UNSURE = (ProblemKind.DATABASE_UNREACHABLE, ProblemKind.OUTCOME_UNKNOWN)
_Left = TypeVar("_Left")
_ONE_EACH = ("reply", "note")  # of these an agent has one open draft on a ticket


@dataclass(frozen=True, slots=True)
class File:
    """A file on its way onto a draft; ``content_id`` where the text shows it."""

    name: str
    kind: str
    data: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """How a reply is sent. ``force``: though the ticket moved on; ``anyway``: though something
    about it is odd. ``at``: then, and with ``unless_answered`` only while the customer is silent.
    """

    force: bool = False
    anyway: bool = False
    at: datetime | None = None
    unless_answered: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """How a reply was sent off, for who has to press once more. ``number``: its ticket's."""

    number: int
    choice: "SendChoice"
    way: Way


class Ending(Enum):
    """What a draft is on its way to."""

    SENT = auto()
    NOTED = auto()
    RETURNED = auto()  # to the colleague who wrote it
    DISCARDED = auto()


class DraftLine:
    """A draft as it is shown, as it is saved, and the writes between the two.

    The methods that take a Desk run on the write lane, one after the other, and they alone know
    the stored version: so a slow save and the next one never meet as strangers, and what belongs
    to this ticket can land on no other. Everything else is the GUI thread's.
    """

    def __init__(self, draft: Draft) -> None:
        self.shown = draft
        self.saved = draft
        self.writes = 0  # under way
        self.ending: Ending | None = None  # a save now would meet a draft that has ended
        self.press: Press | None = None  # the last one
        self.files_coming = 0  # being read, or on their way into the Desk
        self.files_missed = False  # one of them could not be put on
        self.touched = False  # the editor holds more than ``shown`` was told of
        self.problem: Problem | None = None
        self._stored = draft
        self._unsure: tuple[tuple[object, ...], str] | None = None  # a press: its text and act
        self._unsaved: str | None = None  # a save of unknown end: its act
        self._note = Once()
        self._noted = ""  # stands as a note; its draft is still there

    @property
    def ticket(self) -> TicketId:
        return self.shown.ticket_id

    @property
    def unsaved(self) -> bool:
        """Whether the screen holds what the Desk was not told yet."""
        return self.touched or _kept(self.shown) != _kept(self.saved)

    @property
    def stored_id(self) -> DraftId | None:
        """Under which the Desk has it; for jobs of the write lane."""
        return self._stored.id

    @property
    def resting(self) -> bool:
        """Whether it may not be saved now: it is ending, or saved differently elsewhere."""
        kind = None if self.problem is None else self.problem.kind
        return self.ending is not None or kind is ProblemKind.CHANGED_MEANWHILE

    @property
    def unsure(self) -> bool:
        """Whether an earlier press may have queued this text already."""
        return self._unsure is not None

    @property
    def blank(self) -> bool:
        return not self.shown.body.strip() and not self.shown.files

    def is_behind(self, read: Draft) -> bool:
        """Whether ``read``, just come from the Desk, is newer and takes no letter from here."""
        if self.unsaved or self.writes or self.problem is not None or read.id is None:
            return False
        if read.id == self.saved.id:
            return read.version > self.saved.version
        return self.blank  # a reply of this ticket was taken back

    def take(self, stored: Draft) -> None:
        """The Desk's answer to a write: version and files are its own, the text is ours."""
        self.saved = stored
        self.problem = None
        self.shown = replace(
            self.shown,
            id=stored.id,
            version=stored.version,
            files=stored.files,
            updated_at=stored.updated_at,
        )

    def save(self, desk: "Desk", wanted: Draft) -> Draft:
        if self._unsaved is not None:  # what stands may be our own, and no other's
            act, self._unsaved = self._unsaved, None
            if self._is_ours(desk, act) and wanted.kind in _ONE_EACH:
                self._stored = desk.replies.draft(wanted.ticket_id, wanted.kind)
        try:
            self._stored = desk.replies.save(self._onto(desk, wanted))
        except Problem as problem:
            if problem.kind is ProblemKind.OUTCOME_UNKNOWN:
                self._unsaved = str(problem.details.get("act"))
            raise
        return self._stored

    def _is_ours(self, desk: "Desk", act: str) -> bool:
        try:
            return desk.changes.was_written(act)
        except Problem:
            self._unsaved = act
            raise

    def save_over(self, desk: "Desk", wanted: Draft) -> Draft:
        """Saves on top of what somebody else made of the draft, on purpose."""
        self._stored = desk.replies.draft(wanted.ticket_id, wanted.kind)
        return self.save(desk, wanted)

    def attach(self, desk: "Desk", wanted: Draft, file: File) -> Draft:
        self._stored = desk.replies.attach(
            self._onto(desk, wanted), file.name, file.kind, file.data, file.content_id
        )
        return self._stored

    def detach(self, desk: "Desk", wanted: Draft, sha256: BlobHash) -> Draft:
        self._stored = desk.replies.detach(self._onto(desk, wanted), sha256)
        return self._stored

    def send(
        self,
        desk: "Desk",
        wanted: Draft,
        status: TicketStatus | None,
        delay: timedelta,
        *,
        way: "Way",
    ) -> "Sent":
        """Saves first, so that an undo brings back the caret too.

        The same text pressed again, when it is not known what became of the first press, is the
        same act: it leaves once.
        """
        one = wanted.reviews
        if one is not None:
            return self._once(
                desk, wanted, lambda act: self._approve(desk, one, status, delay, way, act)
            )
        return self._once(
            desk,
            wanted,
            lambda act: desk.replies.send(
                self._stored,
                status=status,
                delay=delay,
                force=way.force,
                act=act,
                anyway=way.anyway,
                at=way.at,
                unless_answered=way.unless_answered,
            ),
        )

    def hand_in(self, desk: "Desk", wanted: Draft, status: TicketStatus | None, way: "Way") -> None:
        """To a senior instead of to the customer: what a junior sends."""
        self._once(
            desk,
            wanted,
            lambda act: desk.approvals.submit(
                self._stored, status=status, force=way.force, anyway=way.anyway, act=act
            ),
        )

    def _approve(
        self,
        desk: "Desk",
        one: ApprovalId,
        status: TicketStatus | None,
        delay: timedelta,
        way: "Way",
        act: str,
    ) -> "Sent":
        """A colleague's reply, as it was edited here, in their name."""
        final = self._stored
        if way.at is not None:
            final = replace(final, leave_at=way.at, unless_answered=way.unless_answered)
        version = desk.approvals.open(one).row.version
        return desk.approvals.approve(
            one, version, final, status=status, force=way.force, delay=delay, act=act
        )

    def give_back(self, desk: "Desk", wanted: Draft, comment: str) -> None:
        """A colleague's reply to its writer again, with a comment and what was made of it here."""
        one = wanted.reviews
        if one is not None:
            proposal = self.save(desk, wanted)
            version = desk.approvals.open(one).row.version
            desk.approvals.give_back(one, version, comment, proposal)

    def _once(self, desk: "Desk", wanted: Draft, leave: Callable[[str], _Left]) -> _Left:
        """Lets what is stored go, under an act of its own as long as its end is not known."""
        content = _content(wanted)
        if self._unsure is None or self._unsure[0] != content:
            self.save(desk, wanted)
            self._unsure = content, str(uuid4())
        try:
            left = leave(self._unsure[1])
        except Problem as problem:
            if problem.kind not in _UNSURE:
                self._unsure = None
            raise
        self._unsure = None
        return left

    def note(self, desk: "Desk", wanted: Draft) -> TicketId:
        """Puts the text on the ticket as a note. Nothing is built and nothing is queued."""
        words = wanted.body.strip()
        if self._noted != words:  # else only its draft is left to be thrown away
            self._note.do(desk, words, lambda: desk.tickets.note(wanted.ticket_id, words))
            self._noted = words
        self.discard(desk)
        self._noted = ""
        return wanted.ticket_id

    def discard(self, desk: "Desk") -> None:
        if self._stored.id is not None:
            desk.replies.discard(self._stored.id)

    def _onto(self, desk: "Desk", wanted: Draft) -> Draft:
        stored = self._stored
        if stored.id is None and wanted.kind in _ONE_EACH:
            # A second one would hide a reply that was taken back meanwhile.
            there = desk.replies.draft(wanted.ticket_id, wanted.kind)
            if there.id is not None:
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="draft", value=there.id)
        return replace(wanted, id=stored.id, version=stored.version, files=stored.files)


def _kept(draft: Draft) -> tuple[object, ...]:
    """What a save keeps: with where the caret is, how it was to be sent, and the order meant."""
    caret = draft.caret if draft.body else 0
    return *_content(draft), caret, draft.leave_at, draft.unless_answered, draft.order


def _content(draft: Draft) -> tuple[object, ...]:
    forms = (draft.html, draft.plain, draft.quote, draft.quote_all, draft.signature)
    return draft.sender, draft.to, draft.cc, draft.bcc, draft.body, draft.status, *forms
