"""Counts what became of canned replies: put in, and sent as they were or edited before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from deskapp.domain.ids import CannedId, TicketId
from deskapp.ui.work import Work


@dataclass(slots=True)
class _Use:
    """One insertion. ``number`` is the Desk's, 0 until it has answered."""

    canned: CannedId
    text: str
    number: int = 0


class CannedCount(QObject):
    """Keeps the insertions of each ticket's reply until it leaves. After a restart those of an
    older draft are not known any more: they stay counted as put in, and as neither sent way."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._begun: dict[TicketId, list[_Use]] = {}
        self._ended: dict[TicketId, list[_Use]] = {}

    def put_in(self, canned: CannedId, ticket: TicketId, language: str, text: str) -> None:
        use = _Use(canned, text)
        self._begun.setdefault(ticket, []).append(use)

        def noted(number: int) -> None:
            use.number = number
            # The list of the next ";" is made now, and not while somebody types.
            self._work.ask(lambda desk: desk.canned.list("", ticket), _nothing, owner=self)

        self._work.do(lambda desk: desk.canned.used(canned, ticket, language), noted, owner=self)

    def taken_out(self, ticket: TicketId, text: str) -> None:
        """An insertion was undone: it will not be sent, edited or not."""
        kept = self._begun.get(ticket, [])
        for use in reversed(kept):
            if use.text == text:
                kept.remove(use)
                return

    def sent(self, ticket: TicketId, body: str) -> None:
        """A reply left with this text."""
        uses = self._ended[ticket] = self._begun.pop(ticket, [])
        if not uses:
            return
        whole = _words(body)
        told = [(use, _words(use.text) not in whole) for use in uses]
        self._work.do(
            lambda desk: desk.canned.sent([(use.number, edited) for use, edited in told]),
            owner=self,
        )

    def ended(self, ticket: TicketId) -> None:
        """The draft ended without being sent."""
        self._ended[ticket] = self._begun.pop(ticket, [])

    def returned(self, ticket: TicketId) -> None:
        """A draft came back, by undo: it may yet be edited, and counts when it leaves again."""
        uses = self._ended.pop(ticket, [])
        self._begun[ticket] = [*uses, *self._begun.get(ticket, [])]


def _words(text: str) -> str:
    """The text whatever its spaces and lines: wrapping is no edit."""
    return " ".join(text.split())


def _nothing(_rows: Sequence[object]) -> None:
    """The answer is only wanted to be known to the Desk."""
