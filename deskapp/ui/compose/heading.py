"""Which of our addresses a reply leaves from, and what is odd about its From and its To."""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.recipients import Heading
from deskapp.domain.replies import FORWARD, Draft
from deskapp.domain.senders import shown_address
from deskapp.ui.pieces.labels import set_tone
from deskapp.ui.translatable import N
from deskapp.ui.work import Work

from .draft_keeper import REPLY, DraftKeeper
from .screen import Screen

_FROM = N("Heading", "It leaves from {sender}; the customer wrote to {usual}.")
_ELSEWHERE = N("Heading", "It goes to {asked}: the mail of {sender} asks for its answer there.")
_STRANGER = N(
    "Heading",
    "Look twice: the mail of {sender} asks for its answer at {asked}, which is another domain.",
)


class HeadingCare(QObject):
    """``chosen``: another sender. ``failed``: a Problem."""

    chosen = Signal()
    failed = Signal(object)

    def __init__(self, work: Work, keeper: DraftKeeper, page: Screen, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        self._heading: Heading | None = None
        self._of: TicketId | None = None
        keeper.opened.connect(self._opened)
        keeper.state_changed.connect(self._show)
        page.shown.connect(self._show)
        page.at.recipients.leaves_from.chosen.connect(self._choose)

    @property
    def chosen_sender(self) -> str:
        """What the open reply's draft says: "" for the address the customer wrote to."""
        line = self._keeper.line(REPLY)
        return "" if line is None else line.shown.sender

    def _opened(self) -> None:
        ticket = self._keeper.ticket
        self._show()
        if ticket is None or self._keeper.line(REPLY) is None:
            return
        self._work.ask(
            lambda desk: (ticket, desk.replies.heading(ticket)),
            self._came,
            self._not_come,
            owner=self,
            topic="heading",
        )

    def _came(self, answer: tuple[TicketId, Heading]) -> None:
        self._of, self._heading = answer
        self._show()

    def _not_come(self, problem: Problem) -> None:
        if problem.kind is not ProblemKind.NOT_FOUND:  # no mailbox yet: nothing to leave from
            self.failed.emit(problem)

    def _choose(self, address: str) -> None:
        if self._heading is not None:
            usual = self._heading.usual
            self._keeper.change(REPLY, sender="" if address == usual else address)
            self._show()
            self.chosen.emit()

    def _show(self) -> None:
        line, at = self._keeper.line(REPLY), self._page.at
        if self._page.kind == FORWARD:  # what stands above that is said by ``side_writing``
            at.recipients.leaves_from.offer((), "")
            return
        known = self._heading if self._of == self._keeper.ticket else None
        if line is None or known is None or self._page.kind != REPLY:
            at.head_note.say("")
            at.recipients.leaves_from.offer((), "")
            return
        at.recipients.leaves_from.offer(known.senders, line.shown.sender or known.usual)
        told, warns = heading_words(known, line.shown)
        set_tone(at.head_note, "warn" if warns else "muted")
        at.head_note.say(told)


def heading_words(known: Heading, draft: Draft) -> tuple[str, bool]:
    """What is to be said above a reply, "" for nothing, and whether it is a warning."""
    told, warns = [], False
    if draft.sender and draft.sender != known.usual:
        told.append(_filled(_FROM, sender=draft.sender, usual=known.usual))
        warns = True
    elsewhere = known.elsewhere
    going = {one.key for one in (*draft.to, *draft.cc, *draft.bcc)}
    asked = [one for one in elsewhere.asked if one.key in going] if elsewhere else []
    if elsewhere is not None and asked:
        words = _STRANGER if elsewhere.stranger else _ELSEWHERE
        where = ", ".join(shown_address(one.address) for one in asked)
        told.append(_filled(words, sender=shown_address(elsewhere.sender.address), asked=where))
        warns = warns or elsewhere.stranger
    return " ".join(told), warns


def _filled(sentence: str, **facts: str) -> str:
    return QCoreApplication.translate("Heading", sentence).format(**facts)
