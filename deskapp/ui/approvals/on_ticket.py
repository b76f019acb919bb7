"""How approvals stand on the open ticket: the strip above the text, the send button's word, and a
colleague's reply to be edited in the composer."""

from PySide6.QtCore import QObject

from deskapp.domain.approvals import ApprovalRow, Standing
from deskapp.domain.ids import ApprovalId, TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import REVIEW, Draft
from deskapp.ui.compose.composer import Composer
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .return_dialog import ReturnDialog


class OnTicket(QObject):
    """Reads again whenever it is told to; a desk that is away leaves what is shown."""

    def __init__(self, work: Work, shell: ShellActions, composer: Composer) -> None:
        super().__init__(composer)
        self._work, self._shell, self._composer = work, shell, composer
        self._ticket: TicketId | None = None
        self._found: Standing | None = None
        self._wanted: ApprovalId | None = None  # to be edited once its ticket is here
        strip = composer.at.approval
        strip.open_wanted.connect(shell.approvals_wanted)
        strip.edit_wanted.connect(composer.review.begin)
        strip.back_wanted.connect(self._take_back)
        strip.discard_wanted.connect(composer.discard)
        composer.at.send.return_wanted.connect(self._ask_for_comment)
        composer.page.shown.connect(self._show)
        shell.review_wanted.connect(self._edit)

    def read(self, ticket: TicketId | None) -> None:
        if ticket != self._ticket:
            self._found = None
            self._show()
        self._ticket = ticket
        if ticket is None:
            return

        def came(found: Standing) -> None:
            if ticket == self._ticket:
                self._found = found
                self._composer.review.know(found)
                self._composer.at.send.set_approval(found.junior)
                self._show()
                self._begin_wanted()

        self._work.ask(
            lambda desk: desk.approvals.standing(ticket),
            came,
            lambda _problem: None,  # the window says itself that the desk is away
            owner=self,
            topic="approvals of the ticket",
        )

    def _show(self) -> None:
        reviewed = self._composer.page.kind == REVIEW
        edited = self._composer.review.row if reviewed else None
        self._composer.at.approval.show_standing(self._found, edited)

    def _edit(self, row: ApprovalRow) -> None:
        self._wanted = row.id
        self._shell.open_ticket(row.ticket_id)
        self._begin_wanted()

    def _begin_wanted(self) -> None:
        rows = () if self._found is None else self._found.rows
        if self._wanted in [row.id for row in rows]:
            one, self._wanted = self._wanted, None
            self._composer.review.begin(one)

    def _ask_for_comment(self) -> None:
        row = self._composer.review.row
        if row is not None:
            dialog = ReturnDialog(row.writer_name, self._composer)
            dialog.said.connect(self._composer.give_back)
            dialog.open()

    def _take_back(self, one: ApprovalId) -> None:
        def back(draft: Draft) -> None:
            self._composer.bring_back(draft)

        self._work.do(lambda desk: desk.approvals.withdraw(one), back, self._stopped, owner=self)

    def _stopped(self, problem: Problem) -> None:
        self._composer.after.tell(problem)
        self.read(self._ticket)
