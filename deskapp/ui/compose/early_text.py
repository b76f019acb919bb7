"""What was typed on a ticket before its draft had come, until the draft has it."""

from PySide6.QtCore import QObject, Signal

from deskapp.domain.draft_joining import with_early
from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem
from deskapp.ui.work import Work

from .journal import Place


class EarlyText(QObject):
    """By ticket and kind of draft. That of a left ticket is joined to its draft in the Desk.

    ``joined``: the text for this ticket is in the Desk, or no longer on its way there.
    """

    joined = Signal(object)  # TicketId
    not_joined = Signal(object)  # Problem: the text is kept, and not saved yet

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._typed: dict[Place, str] = {}
        self._joining: dict[Place, str] = {}  # on its way to the Desk

    def of(self, place: Place) -> str:
        return self._typed.get(place, "")

    def type(self, place: Place, text: str) -> bool:
        """Takes the editor's text; False where there was none and is none."""
        if not text and place not in self._typed:
            return False
        self._typed[place] = text
        return True

    def take(self, place: Place) -> str:
        """The text, for a draft that has come."""
        return self._typed.pop(place, "")

    def all(self) -> dict[Place, str]:
        """Every text that no stored draft has yet."""
        return {**self._joining, **self._typed}

    def is_joining(self, ticket: TicketId) -> bool:
        return any(place[0] == ticket for place in self._joining)

    def join(self) -> None:
        """Puts every text into its draft, which was left before it came."""
        for place, text in list(self._typed.items()):
            if text:
                self._join(place, text)
        self._typed.clear()

    def _join(self, place: Place, text: str) -> None:
        def joined(_outcome: object) -> None:
            self._joining.pop(place, None)
            self.joined.emit(place[0])

        def failed(problem: Problem) -> None:
            self._typed.setdefault(place, text)  # tried again when the next ticket is left
            joined(None)
            self.not_joined.emit(problem)

        self._joining[place] = text
        self._work.do(
            lambda desk: desk.replies.save(with_early(desk.replies.draft(*place), text)),
            joined,
            failed,
            owner=self,
            told="",
            waits=False,
        )
