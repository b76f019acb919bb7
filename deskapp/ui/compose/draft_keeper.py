"""Keeps what is being written: asks for drafts, saves them, and loses none on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.domain.ids import BlobHash, MessageId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.ui.work import Work

from .draft_line import DraftLine

if TYPE_CHECKING:
    from deskapp.desk import Desk

REPLY, NOTE = "reply", "note"
PAUSE_MS, LONGEST_MS, AGAIN_MS = 700, 5000, 5000


class DraftKeeper(QObject):
    """The drafts of the open ticket, and those of left tickets that are not saved yet.

    ``opened``: both drafts of the ticket are here. ``state_changed``: something was saved, or was
    not. ``trouble``: a Problem that needs a person, with the line it is about.
    """

    opened = Signal()
    not_opened = Signal(object)  # Problem
    state_changed = Signal()
    trouble = Signal(object, object)  # DraftLine, Problem

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._ticket: TicketId | None = None
        self._newest: MessageId | None = None
        self._lines: dict[tuple[TicketId, str], DraftLine] = {}
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._again = self._timer(AGAIN_MS)

    @property
    def ticket(self) -> TicketId | None:
        return self._ticket

    def line(self, kind: str) -> DraftLine | None:
        """The open ticket's draft of a kind; None until it has come."""
        return None if self._ticket is None else self._lines.get((self._ticket, kind))

    def open(self, ticket: TicketId, newest: MessageId | None) -> None:
        """Saves what is open and asks for another ticket's drafts."""
        self.flush()
        self._ticket, self._newest = ticket, newest
        self._forget_left()
        self.ask_again()

    def ask_again(self) -> None:
        """Reads the open ticket's drafts."""
        ticket = self._ticket
        if ticket is None:
            return
        self._work.ask(
            lambda desk: (desk.replies.draft(ticket, REPLY), desk.replies.draft(ticket, NOTE)),
            self._came,
            self._not_come,
            owner=self,
            topic="drafts",
        )

    def close(self) -> None:
        self.flush()
        self._ticket = None
        self._forget_left()

    def saw(self, newest: MessageId | None, *, on_purpose: bool = False) -> None:
        """The ticket is shown up to here. A begun reply builds on it only when asked to."""
        self._newest = newest
        line = self.line(REPLY)
        if line is not None and (line.blank or on_purpose):
            line.shown = replace(line.shown, base=newest)

    def change(self, kind: str, **fields: Any) -> None:
        """What the editor holds now. It is saved after a pause, and at the latest in 5 s."""
        line = self.line(kind)
        if line is None:
            return
        line.shown = replace(line.shown, **fields)
        if line.unsaved:
            self._pause.start()
            if not self._longest.isActive():
                self._longest.start()
        self.state_changed.emit()

    def flush(self) -> None:
        """Hands everything unsaved to the write lane, now."""
        for timer in (self._pause, self._longest, self._again):
            timer.stop()
        for line in list(self._lines.values()):
            if line.unsaved and not _in_conflict(line):
                self._save(line)

    def _save(self, line: DraftLine) -> None:
        wanted = line.shown
        self.write(line, lambda desk: line.save(desk, wanted))

    def keep_ours(self, line: DraftLine) -> None:
        """Settles a conflict: this text stands, the one saved elsewhere gives way."""
        wanted = line.shown
        self.write(line, lambda desk: line.save_over(desk, wanted))

    def attach(self, line: DraftLine, name: str, content_type: str, data: bytes) -> None:
        wanted = line.shown
        self.write(line, lambda desk: line.attach(desk, wanted, name, content_type, data))

    def detach(self, line: DraftLine, sha256: BlobHash) -> None:
        wanted = line.shown
        self.write(line, lambda desk: line.detach(desk, wanted, sha256))

    def write(self, line: DraftLine, job: "Callable[[Desk], Draft]") -> None:
        """Runs a write that answers with the stored draft."""

        def written(stored: Draft) -> None:
            line.writes -= 1
            line.take(stored)
            self._settled()

        def failed(problem: Problem) -> None:
            line.writes -= 1
            self._failed(line, problem)

        line.writes += 1
        self._work.do(job, written, failed, owner=self)
        self.state_changed.emit()

    def put(self, draft: Draft) -> None:
        """A draft that came back from the outbox or the bin takes its place again."""
        self._lines[draft.ticket_id, draft.kind] = DraftLine(draft)
        self._settled()
        if draft.ticket_id == self._ticket:
            self.opened.emit()

    def done(self, line: DraftLine) -> None:
        """The line has ended: sent, noted or discarded. A fresh draft takes its place."""
        self._lines.pop((line.ticket, line.shown.kind), None)
        if line.ticket == self._ticket:
            self.open(line.ticket, self._newest)

    def _came(self, drafts: tuple[Draft, Draft]) -> None:
        for draft in drafts:
            if draft.ticket_id != self._ticket:
                return
            # What is here and on its way to the Desk is newer than what was read there.
            place = (draft.ticket_id, draft.kind)
            if place not in self._lines:
                fresh = draft.id is None
                self._lines[place] = DraftLine(
                    replace(draft, base=self._newest) if fresh else draft
                )
        self.opened.emit()

    def _not_come(self, problem: Problem) -> None:
        self.not_opened.emit(problem)

    def _failed(self, line: DraftLine, problem: Problem) -> None:
        line.problem = problem
        if line.unsaved and not _in_conflict(line):
            self._again.start()
        self.trouble.emit(line, problem)
        self.state_changed.emit()

    def _settled(self) -> None:
        self._forget_left()
        self.state_changed.emit()

    def _forget_left(self) -> None:
        for place, line in list(self._lines.items()):
            if place[0] != self._ticket and not line.unsaved and not line.writes:
                del self._lines[place]

    def _timer(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(self.flush)
        return timer


def _in_conflict(line: DraftLine) -> bool:
    return line.problem is not None and line.problem.kind is ProblemKind.CHANGED_MEANWHILE
