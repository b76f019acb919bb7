"""How approvals stand on the open ticket: the strip above the text, and the send button's word."""

from PySide6.QtCore import QObject

from deskapp.domain.approvals import Standing
from deskapp.domain.ids import ApprovalId, TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import Draft
from deskapp.ui.compose.composer import Composer
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work


class OnTicket(QObject):
    """Reads again whenever it is told to; a desk that is away leaves what is shown."""

    def __init__(self, work: Work, shell: ShellActions, composer: Composer) -> None:
        super().__init__(composer)
        self._work, self._composer = work, composer
        self._ticket: TicketId | None = None
        composer.at.approval.open_wanted.connect(shell.approvals_wanted)
        composer.at.approval.back_wanted.connect(self._take_back)

    def read(self, ticket: TicketId | None) -> None:
        if ticket != self._ticket:
            self._composer.at.approval.show_standing(None)
        self._ticket = ticket
        if ticket is None:
            return

        def came(found: Standing) -> None:
            if ticket == self._ticket:
                self._composer.at.approval.show_standing(found)
                self._composer.at.send.set_approval(found.junior)

        self._work.ask(
            lambda desk: desk.approvals.standing(ticket),
            came,
            lambda _problem: None,  # the window says itself that the desk is away
            owner=self,
            topic="approvals of the ticket",
        )

    def _take_back(self, one: ApprovalId) -> None:
        def back(draft: Draft) -> None:
            self._composer.bring_back(draft)

        self._work.do(lambda desk: desk.approvals.withdraw(one), back, self._stopped, owner=self)

    def _stopped(self, problem: Problem) -> None:
        self._composer.after.tell(problem)
        self.read(self._ticket)
