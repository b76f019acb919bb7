"""How many tickets each view has, and the mail that was held back: kept up to date."""

from PySide6.QtCore import QObject, Signal

from deskapp.domain.mailboxes import HeldMail
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import ViewCount
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.work import LATER, Work

_AFTER_SECONDS = 0.5


class Counting(QObject):
    """``came`` carries the counts and the held mails each time; ``asked`` comes before."""

    came = Signal(object, object)
    asked = Signal()

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._again = ReadAgain(self, _AFTER_SECONDS)
        self._again.due.connect(self.ask)

    def want(self, *, ours: bool) -> None:
        """Something changed that may count. ``ours``: in this window."""
        self._again.want(soon=ours)

    def ask(self) -> None:
        """Now."""
        self._again.asked()
        self._work.ask(
            lambda desk: (desk.tickets.counts(), desk.mailboxes.held()),
            self._came,
            self._failed,
            owner=self,
            lane=LATER,
            topic="counts",
        )
        self.asked.emit()

    def _came(self, came: tuple[tuple[ViewCount, ...], tuple[HeldMail, ...]]) -> None:
        self._again.answered()
        self.came.emit(*came)

    def _failed(self, problem: Problem) -> None:
        self._again.answered()
        self._work.troubled.emit(problem)
