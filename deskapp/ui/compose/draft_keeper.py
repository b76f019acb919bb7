"""Keeps what is being written: asks for drafts, saves them, and loses none on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from deskapp.domain.draft_joining import add_below, with_early, with_more
from deskapp.domain.ids import BlobHash, MessageId, TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import FORWARD, REVIEW, Draft
from deskapp.ui.work import Work

from .draft_line import DraftLine, File
from .early_text import EarlyText
from .journal import Place
from .pauses import Pauses
from .safe_keeping import SafeKeeping

if TYPE_CHECKING:
    from deskapp.desk import Desk

    Write = Callable[[Desk, Draft], Draft]

REPLY, NOTE = "reply", "note"


class DraftKeeper(QObject):
    """The drafts of the open ticket, and those of left tickets that are not saved yet.

    What is typed before a ticket's drafts have come is ``early``: it joins the draft at its caret.

    ``opened``: there is another draft to be shown, or none until it has come. ``state_changed``:
    something was saved, or was not. ``trouble``: a Problem that needs a person, and its line.
    """

    opened = Signal()
    collecting = Signal()  # what the editor holds is about to be saved
    not_opened = Signal(object)  # Problem
    not_joined = Signal(object)  # Problem: early text of a left ticket is kept, and not saved yet
    state_changed = Signal()
    trouble = Signal(object, object)  # DraftLine, Problem

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._ticket: TicketId | None = None
        self._newest: MessageId | None = None
        self._event = 0
        self.begin: Callable[[Draft], Draft] = lambda draft: draft  # what a fresh one begins with
        self._lines: dict[Place, DraftLine] = {}
        self._early = EarlyText(work, self)
        self._early.joined.connect(self._joined)
        self._early.not_joined.connect(self.not_joined)
        self.safe = SafeKeeping(work, self)
        self.safe.returned.connect(self._returned)
        self._pauses = Pauses(self)
        self._pauses.over.connect(self._in_time)

    @property
    def ticket(self) -> TicketId | None:
        return self._ticket

    @property
    def seen_event(self) -> int:
        """The newest of the open ticket's events, as far as it was shown."""
        return self._event

    def line(self, kind: str) -> DraftLine | None:
        """The open ticket's draft of a kind; None until it has come."""
        return None if self._ticket is None else self._lines.get((self._ticket, kind))

    def early(self, kind: str) -> str:
        """What was typed for the open ticket before its draft was here."""
        return "" if self._ticket is None else self._early.of((self._ticket, kind))

    def type_early(self, kind: str, text: str) -> None:
        """The editor's text while the draft has not come."""
        if self._ticket is not None and self._early.type((self._ticket, kind), text):
            self._pauses.typed()

    def expect(self, ticket: TicketId) -> None:
        """Another ticket is on its way: what is typed from now on is for that one."""
        if ticket != self._ticket:
            self.leave()
            self._ticket, self._newest, self._event = ticket, None, 0
            self._forget_left()

    def open(self, ticket: TicketId, newest: MessageId | None, seen_event: int = 0) -> None:
        """Saves what is open and asks for this ticket's drafts."""
        self.expect(ticket)
        self.flush()
        self._newest, self._event = newest, seen_event
        self.ask_again()

    def ask_again(self) -> None:
        """Reads the open ticket's drafts: those not here yet, and those changed elsewhere."""
        ticket = self._ticket
        if ticket is None or self._early.is_joining(ticket):
            return
        self._work.ask(
            lambda desk: (
                desk.replies.draft(ticket, REPLY),
                desk.replies.draft(ticket, NOTE),
                desk.side_threads.open_draft(ticket),
                desk.reviewing.open_draft(ticket),
            ),
            self._came,
            self.not_opened.emit,
            owner=self,
            topic="drafts",
        )

    def close(self) -> None:
        self.leave()
        self._ticket = None
        self._forget_left()

    def leave(self) -> None:
        """Hands everything to the write lane, also what waits for a draft that has not come."""
        self.flush()
        self._early.join()

    def _joined(self, ticket: TicketId) -> None:
        if ticket == self._ticket:
            self.ask_again()

    def saw(self, newest: MessageId | None, event: int = 0, *, on_purpose: bool = False) -> None:
        """The ticket is shown up to here. A begun reply builds on it only when asked to."""
        self._newest, self._event = newest, event
        for line in filter(None, map(self.line, (REPLY, FORWARD, REVIEW))):
            if line.blank or on_purpose:
                line.shown = replace(line.shown, base=newest, seen_event=event)

    def touch(self, kind: str, body: str, caret: int) -> None:
        """A letter was typed. All else is asked of the editor when it is saved: a keystroke has
        16 ms, and reading the forms of a long text takes some of them."""
        line = self.line(kind)
        if line is None:
            return
        before = line.unsaved
        line.touched = True
        line.shown = replace(line.shown, body=body, caret=caret)
        self._saves_soon(line)
        if not before:
            self.state_changed.emit()

    def _saves_soon(self, line: DraftLine) -> None:
        if line.unsaved:
            self._pauses.typed()

    def change(self, kind: str, **fields: Any) -> None:
        """What the editor holds now. It is saved after a pause, and at the latest in a second."""
        line = self.line(kind)
        if line is None:
            return
        line.shown = replace(line.shown, **fields)
        line.touched &= "body" not in fields  # until then the editor alone has the forms
        self._saves_soon(line)
        self.state_changed.emit()

    def flush(self, *, unless_writing: bool = False) -> None:
        """Hands what is unsaved to the write lane; ``unless_writing``: not what it has already."""
        self._pauses.stop()
        self._keep_safe()
        for line in list(self._lines.values()):
            if line.unsaved and not line.resting and not (unless_writing and line.writes):
                self.write(line, line.save)

    def _keep_safe(self) -> None:
        self.safe.keep(self._lines, self._early.all())

    def _returned(self, draft: Draft) -> None:
        """An ended window's text is in the Desk: what was read without it is old."""
        if draft.ticket_id == self._ticket:
            self.ask_again()

    def keep_ours(self, line: DraftLine) -> None:
        """Settles a conflict: this text stands, the one saved elsewhere gives way."""
        self.collecting.emit()
        self.write(line, line.save_over)

    def attach(
        self, line: DraftLine, name: str, content_type: str, data: bytes, content_id: str = ""
    ) -> None:
        file = File(name, content_type, data, content_id)
        self.write(line, lambda desk, wanted: line.attach(desk, wanted, file), files=1)

    def detach(self, line: DraftLine, sha256: BlobHash) -> None:
        self.write(line, lambda desk, wanted: line.detach(desk, wanted, sha256))

    def write(self, line: DraftLine, job: "Write", *, files: int = 0) -> None:
        """Runs a write of what is shown now, which puts ``files`` on and gives what is stored."""
        wanted = line.shown

        def written(stored: Draft) -> None:
            line.writes -= 1
            line.files_coming -= files
            line.take(stored)
            self._saves_soon(line)  # what was typed while it was in conflict
            self._settled()

        def failed(problem: Problem) -> None:
            line.writes -= 1
            line.files_coming -= files
            line.files_missed |= files > 0
            self._failed(line, problem)

        line.writes += 1
        line.files_coming += files
        self._work.do(
            lambda desk: job(desk, wanted), written, failed, owner=self, told="", waits=False
        )
        self.state_changed.emit()

    def put(self, draft: Draft, joined: str = "") -> None:
        """A draft that came back from the outbox or the bin takes its place again.

        What was typed while it came stands below it; ``joined`` is what it holds of that already.
        """
        place = (draft.ticket_id, draft.kind)
        before, early = self._lines.get(place), self._early.take(place)
        if before is not None and before.shown.reviews != draft.reviews:
            self.flush()  # another colleague's reply: it stays a draft of its own
            before = None
        typed = (before.shown.body if before else early).removeprefix(joined)
        line = self._lines[place] = DraftLine(draft)
        if typed.strip():
            line.shown = with_more(draft, typed) if joined else add_below(draft, typed)
            self._pauses.typed()
        self._settled()
        if draft.ticket_id == self._ticket:
            self.opened.emit()

    def done(self, line: DraftLine) -> None:
        """The line has ended: sent, noted or discarded. A fresh draft takes its place."""
        self._drop(line)
        if line.ticket == self._ticket:
            self.open(line.ticket, self._newest, self._event)
            self.opened.emit()

    def done_alone(self, line: DraftLine) -> None:
        """The same once the window is gone: no part of Qt is touched. What it kept of the line on
        this computer goes, else the next window would bring it back."""
        self._drop(line)
        self._keep_safe()

    def _drop(self, line: DraftLine) -> None:
        place = (line.ticket, line.shown.kind)
        if self._lines.get(place) is line:  # else a draft that came back has its place
            del self._lines[place]

    def _came(self, drafts: tuple[Draft | None, ...]) -> None:
        came = False
        self.collecting.emit()
        for draft in filter(None, drafts):
            if draft.ticket_id != self._ticket:
                return
            # What is here and on its way to the Desk is newer than what was read there.
            line = self._lines.get((draft.ticket_id, draft.kind))
            if line is None or line.is_behind(draft):
                self._lines[draft.ticket_id, draft.kind] = self._begun(draft)
                came = True
        if came:
            self.opened.emit()

    def _begun(self, draft: Draft) -> DraftLine:
        if draft.id is None:
            draft = replace(self.begin(draft), base=self._newest, seen_event=self._event)
        line = DraftLine(draft)
        if text := self._early.take((draft.ticket_id, draft.kind)):
            line.shown = with_early(draft, text)
            self._pauses.typed()
        return line

    def _failed(self, line: DraftLine, problem: Problem) -> None:
        line.problem = problem
        if line.unsaved and not line.resting:
            self._pauses.failed()
        self.trouble.emit(line, problem)
        self.state_changed.emit()

    def _settled(self) -> None:
        self._forget_left()
        self._keep_safe()
        self.state_changed.emit()

    def _forget_left(self) -> None:
        for place, line in list(self._lines.items()):
            if place[0] != self._ticket and not line.unsaved and not line.writes:
                del self._lines[place]

    def _in_time(self) -> None:
        self.collecting.emit()
        self.flush(unless_writing=True)
