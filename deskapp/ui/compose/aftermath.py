"""What follows once a reply, a note or a discarded draft has been dealt with."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import MailboxId, TicketId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import Draft
from deskapp.ui.announce import announce

from .draft_keeper import DraftKeeper
from .layout import Layout
from .send_button import SendChoice
from .send_steps import SendSteps
from .sender import Gone, Sender


class Aftermath(QObject):
    """The signals are the composer's, except ``kind_wanted``: the kind of draft to be shown.

    ``mailbox``: the open ticket's, whose line tells whether we are offline.
    """

    sent = Signal(object)
    ticket_changed = Signal(object)
    failed = Signal(object)
    next_wanted = Signal()
    ticket_wanted = Signal(object)
    kind_wanted = Signal(str)

    def __init__(
        self, keeper: DraftKeeper, sender: Sender, steps: SendSteps, at: Layout, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._keeper, self._sender, self._steps, self._at = keeper, sender, steps, at
        self.mailbox: MailboxId | None = None
        keeper.not_opened.connect(self._not_opened)
        keeper.not_joined.connect(self.failed)
        sender.gone.connect(self._gone)
        sender.noted.connect(self._noted)
        sender.handed_in.connect(self._handed_in)
        sender.given_back.connect(self._given_back)
        sender.returned.connect(self._returned)
        sender.not_brought.connect(self.tell)
        sender.offline.connect(at.undo.set_offline)
        sender.discarded.connect(self._discarded)

    def tell(self, problem: Problem) -> None:
        """Says it above the draft, or to the windows around where none is open."""
        if self._keeper.ticket is None:
            self.failed.emit(problem)
        else:
            self._at.notice.say_problem(problem)

    def _gone(self, gone: Gone) -> None:
        self._steps.rest()
        self._at.undo.add(gone.leaving)
        self._sender.ask_whether_offline(self.mailbox)
        self.sent.emit(gone.sent)
        self.ticket_changed.emit(gone.leaving.ticket)
        if gone.choice.then_next:
            self.next_wanted.emit()

    def _noted(self, ticket: TicketId) -> None:
        self._steps.rest()
        announce(self._at.editor, self._at.editor.tr("The note is on the ticket."))
        self.ticket_changed.emit(ticket)

    def _handed_in(self, ticket: TicketId, choice: SendChoice) -> None:
        self._steps.rest()
        said = self.tr("Handed in. It leaves when a senior approves it.")
        self._at.notice.say(said)
        announce(self._at.editor, said)
        self.ticket_changed.emit(ticket)
        if choice.then_next:
            self.next_wanted.emit()

    def _given_back(self, ticket: TicketId) -> None:
        self._steps.rest()
        said = self.tr("Returned, with your comment. What you changed went along.")
        self._at.notice.say(said)
        announce(self._at.editor, said)
        self.ticket_changed.emit(ticket)

    def _returned(self, draft: Draft) -> None:
        self.ticket_changed.emit(draft.ticket_id)
        if draft.ticket_id != self._keeper.ticket:
            self.ticket_wanted.emit(draft.ticket_id)
        else:
            self.kind_wanted.emit(draft.kind)

    def _discarded(self, draft: Draft) -> None:
        if draft.ticket_id == self._keeper.ticket:
            undo = (self.tr("Undo"), lambda: self._sender.put_back(draft))
            self._at.notice.say(self.tr("The draft was discarded."), undo)

    def _not_opened(self, problem: Problem) -> None:
        self._at.notice.say_problem(problem, (self.tr("Try again"), self._keeper.ask_again))
