"""Counts what becomes of canned replies: put in, and sent as they were or edited before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskapp.domain.ids import CannedId, DraftId, TicketId
from deskapp.ui.work import Work

from .draft_line import DraftLine

if TYPE_CHECKING:
    from deskapp.desk import Desk


@dataclass(slots=True)
class _Use:
    """One insertion. ``number`` is the Desk's, written and read on the write lane alone."""

    text: str
    number: int = 0


class CannedCount(QObject):
    """Tells the Desk of each insertion, under the draft it is in: sending that draft judges it, in
    whatever window and after whatever restart. What is known here is only for undoing."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._here: dict[TicketId, list[_Use]] = {}
        self._discarded: dict[TicketId, list[_Use]] = {}

    def put_in(self, line: DraftLine, canned: CannedId, language: str, text: str) -> None:
        """``line`` has been handed to the write lane: it is stored before this is noted."""
        use, ticket = _Use(text), line.ticket
        self._here.setdefault(ticket, []).append(use)

        def note(desk: "Desk") -> None:
            draft = line.stored_id
            use.number = desk.canned.used(canned, ticket, language, draft=draft, text=text)

        def noted(_done: None) -> None:
            # The list of the next ";" is made now, and not while somebody types.
            self._work.ask(lambda desk: desk.canned.list("", ticket), _nothing, owner=self)

        self._work.do(note, noted, owner=self, told="")

    def taken_out(self, ticket: TicketId, text: str) -> None:
        """An insertion was undone: it will not be sent, edited or not."""
        kept = self._here.get(ticket, [])
        for use in reversed(kept):
            if use.text == text:
                kept.remove(use)
                self._place([use], None)
                return

    def sent(self, ticket: TicketId) -> None:
        """The Desk has judged them; the list shows it from now on."""
        self._here.pop(ticket, None)
        self._work.do(lambda desk: desk.canned.sent(), owner=self, told="")

    def discarded(self, ticket: TicketId) -> None:
        """The draft ended without being sent."""
        self._discarded[ticket] = self._here.pop(ticket, [])

    def returned(self, ticket: TicketId, draft: DraftId | None) -> None:
        """A draft came back; one that had been discarded has another id since."""
        uses = self._discarded.pop(ticket, [])
        self._here[ticket] = [*uses, *self._here.get(ticket, [])]
        if uses:
            self._place(uses, draft)

    def _place(self, uses: Sequence[_Use], draft: DraftId | None) -> None:
        """On the write lane, where each has its number by then."""
        self._work.do(
            lambda desk: desk.canned.placed([use.number for use in uses], draft),
            owner=self,
            told="",
        )


def _nothing(_rows: Sequence[object]) -> None:
    """The answer is only wanted to be known to the Desk."""
