"""Lets replies and notes go, and takes them back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from deskapp.domain.cautions import Caution
from deskapp.domain.draft_joining import add_below
from deskapp.domain.ids import AgentId, MailboxId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import REVIEW, Draft
from deskapp.ui.work import Work

from .. import clock
from .doubts import of_another, told_elsewhere
from .draft_keeper import DraftKeeper
from .draft_line import DraftLine, Ending, Way
from .send_button import SendChoice
from .undo_bar import Leaving

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.desk.sending import Sent


@dataclass(frozen=True, slots=True)
class Gone:
    """A reply that was queued, for the windows around."""

    sent: "Sent"
    leaving: Leaving
    choice: SendChoice


class Sender(QObject):
    """Every answer names its ticket: the composer may show another one by then. Its window may be
    gone too: why a reply did not leave is told all the same, by ``Work.left_behind``.
    """

    gone = Signal(object)  # Gone
    noted = Signal(object)  # TicketId
    stopped = Signal(object, object)  # DraftLine, Problem
    doubted = Signal(object, object)  # DraftLine, what of it is odd: a tuple of Caution
    news_came = Signal(object, object)  # DraftLine, a tuple of News and Deed
    not_ours = Signal(object)  # Draft: a colleague's, which is theirs again
    returned = Signal(object)  # Draft
    not_brought = Signal(object)  # Problem
    other_came = Signal(object, object)  # DraftLine, Draft
    discarded = Signal(object)  # Draft
    handed_in = Signal(object, object)  # TicketId, SendChoice: it waits for a senior
    given_back = Signal(object)  # TicketId: a colleague's reply is theirs again
    offline = Signal(bool)

    def __init__(self, work: Work, keeper: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._keeper = work, keeper
        self._me: AgentId | None = None

    def send(
        self,
        line: DraftLine,
        number: int,
        choice: SendChoice,
        delay: timedelta,
        way: Way,
    ) -> None:
        """Queues the reply, unless something about it is odd: then ``doubted`` tells.

        ``number`` is the ticket's, for the words of the countdown.
        """
        wanted, queued_at = line.shown, clock.now()

        def send(desk: "Desk") -> "Sent | tuple[Caution, ...] | None":
            if not way.anyway and not line.unsure and (found := desk.replies.cautions(wanted)):
                return found
            if wanted.reviews is None and desk.approvals.needed():
                line.hand_in(desk, wanted, choice.status, way)
                return None
            return line.send(desk, wanted, choice.status, delay, way=way)

        def gone(sent: "Sent | tuple[Caution, ...] | None") -> None:
            self._ended(line)
            if not isValid(self):
                self._gone_alone(line, sent)
                return
            if sent is None:
                self._keeper.done(line)
                self.handed_in.emit(line.ticket, choice)
                return
            if isinstance(sent, tuple):
                self._keeper.flush()
                self.doubted.emit(line, sent)
                return
            self._keeper.done(line)
            leaving = Leaving(
                line.ticket, number, sent.outbox_id, queued_at, sent.not_before, wanted.kind
            )
            self.gone.emit(Gone(sent, leaving, choice))

        self._begun(line, Ending.SENT)
        # Not for this window alone: while the desk is away it may close before the answer.
        self._work.do(send, gone, self._stopper(line), owner=self._work)

    def _gone_alone(self, line: DraftLine, sent: "Sent | tuple[Caution, ...] | None") -> None:
        if not isinstance(sent, tuple):
            self._keeper.done_alone(line)
            return
        wanted, late = line.shown, self._work.left_behind
        late.emit(of_another("reply_in_doubt", wanted))
        if line.unsaved:
            work = self._work
            work.do(lambda desk: line.save(desk, wanted), None, late.emit, owner=work, told="")

    def read_news(self, line: DraftLine) -> None:
        """Asks what others put on the ticket since the reply was begun."""
        draft = line.shown
        self._work.ask(
            lambda desk: desk.replies.news(draft),
            lambda news: self.news_came.emit(line, news),
            owner=self,
        )

    def note(self, line: DraftLine) -> None:
        wanted = line.shown

        def noted(_ticket: object) -> None:
            self._ended(line)
            self._keeper.done(line)
            self.noted.emit(line.ticket)

        self._begun(line, Ending.NOTED)
        self._work.do(lambda desk: line.note(desk, wanted), noted, self._stopper(line), owner=self)

    def give_back(self, line: DraftLine, comment: str) -> None:
        """Returns a colleague's reply to its writer."""
        wanted = line.shown

        def given_back(_nothing: None) -> None:
            self._ended(line)
            self._keeper.done(line)
            self.given_back.emit(line.ticket)

        self._begun(line, Ending.RETURNED)
        job = partial(line.give_back, wanted=wanted, comment=comment)
        self._work.do(job, given_back, self._stopper(line), owner=self)

    def discard(self, line: DraftLine) -> None:
        """Ends a draft on purpose. ``discarded`` carries it as a new one, ready to be put back."""
        wanted = line.shown

        def discarded(_nothing: None) -> None:
            self._ended(line)
            line.saved = line.shown  # what is thrown away on purpose is not saved again
            self._keeper.done(line)
            self.discarded.emit(replace(wanted, id=None, version=1))

        self._begun(line, Ending.DISCARDED)
        self._work.do(line.discard, discarded, self._stopper(line), owner=self)

    def put_back(self, draft: Draft) -> None:
        """Brings a discarded draft back, behind whatever was typed since."""
        self._bring(draft.ticket_id, draft.kind, lambda desk: desk.replies.save(draft))

    def take_back(self, leaving: Leaving) -> None:
        """Undoes a send."""
        outbox = leaving.outbox_id
        self._bring(leaving.ticket, leaving.kind, lambda desk: desk.replies.undo(outbox))

    def bring_back(self, draft: Draft) -> None:
        """Opens a draft that the Desk has reopened already."""
        self._bring(draft.ticket_id, draft.kind, lambda _desk: draft)

    def ask_whether_offline(self, mailbox: MailboxId | None) -> None:
        """Whether the mail server is out of reach, so that a waiting reply can say why."""
        self._work.ask(
            lambda desk: any(
                one.state == ProblemKind.OFFLINE and mailbox in (None, one.id)
                for one in desk.mailboxes.list()
            ),
            self.offline.emit,
            owner=self,
            topic="offline",
        )

    def read_other(self, line: DraftLine) -> None:
        """Asks for what was saved elsewhere under the same draft."""
        draft = line.shown
        self._work.ask(
            lambda desk: desk.replies.draft(draft.ticket_id, draft.kind),
            lambda other: self.other_came.emit(line, other),
            lambda problem: self.stopped.emit(line, problem),
            owner=self,
        )

    def _bring(self, ticket: TicketId, kind: str, job: "Callable[[Desk], Draft]") -> None:
        typed = self._keeper.line(kind) if self._keeper.ticket == ticket else None
        if typed is not None and (typed.blank or kind == REVIEW):
            typed = None
        wanted = typed.shown if typed is not None else None

        def bring(desk: "Desk") -> Draft:
            back = job(desk)
            self._me = desk.agent
            if typed is None or wanted is None or back.agent_id != desk.agent:
                return back
            both = add_below(back, wanted.body, wanted.html)
            joined = desk.replies.save(replace(both, files=(*back.files, *wanted.files)))
            typed.discard(desk)
            return joined

        def brought(draft: Draft) -> None:
            if draft.agent_id != self._me:
                self.not_ours.emit(draft)
                return
            self._keeper.put(draft, wanted.body if wanted is not None else "")
            self.returned.emit(draft)

        self._work.do(bring, brought, self.not_brought.emit, owner=self)

    def _stopper(self, line: DraftLine) -> Callable[[Problem], None]:
        def stopped(problem: Problem) -> None:
            self._ended(line)
            if not isValid(self):
                self._work.left_behind.emit(told_elsewhere(problem, line.shown))
                return
            self._keeper.flush()  # what was typed meanwhile
            self.stopped.emit(line, problem)

        return stopped

    @staticmethod
    def _begun(line: DraftLine, ending: Ending) -> None:
        line.writes += 1
        line.ending = ending

    @staticmethod
    def _ended(line: DraftLine) -> None:
        line.writes -= 1
        line.ending = None
