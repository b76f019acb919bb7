"""Which of our addresses a reply leaves from, and what is odd about its From and its To."""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.recipients import Heading
from deskapp.domain.replies import Draft
from deskapp.domain.senders import shown_address
from deskapp.ui.pieces.labels import set_tone
from deskapp.ui.translatable import N
from deskapp.ui.work import Work

from .draft_keeper import NOTE, REPLY, DraftKeeper
from .screen import Screen

_FROM = N("Heading", "It leaves from {sender}; the customer wrote to {usual}.")
_FROM_ASIDE = N("Heading", "It leaves from {sender}; they wrote to {usual}.")
_ELSEWHERE = N("Heading", "It goes to {asked}: the mail of {sender} asks for its answer there.")
_STRANGER = N(
    "Heading",
    "Look twice: the mail of {sender} asks for its answer at {asked}, which is another domain.",
)

_IN_SIDE = N("Heading", "In the side thread. The customer sees neither this nor the answer.")
_HANDED_ON = N(
    "Heading",
    "The message is handed on below your words. The customer sees neither this nor the answer.",
)
_ALL_HANDED_ON = N(
    "Heading",
    "The whole conversation is handed on below your words. "
    "The customer sees neither this nor the answer.",
)

_Of = tuple[TicketId, str, MessageId | None]  # ticket, kind of draft, side thread


class HeadingCare(QObject):
    """``chosen``: another sender. ``failed``: a Problem."""

    chosen = Signal()
    failed = Signal(object)

    def __init__(self, work: Work, keeper: DraftKeeper, page: Screen, owner: QWidget) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        self._heading: Heading | None = None
        self._of: _Of | None = None
        keeper.opened.connect(self._opened)
        keeper.state_changed.connect(self._show)
        page.shown.connect(self._turned)
        page.at.recipients.leaves_from.chosen.connect(self._choose)

    @property
    def chosen_sender(self) -> str:
        """What the open reply's draft says: "" for the address the customer wrote to."""
        line = self._keeper.line(REPLY)
        return "" if line is None else line.shown.sender

    @property
    def _draft(self) -> Draft | None:
        """The reply or forward that is shown."""
        line = self._page.mail if self._page.kind != NOTE else None
        return None if line is None else line.shown

    def _turned(self) -> None:
        """Another draft is shown; what is known of one stays right until it is opened anew."""
        draft = self._draft
        if draft is not None and self._of != _of(draft):
            self._opened()
        else:
            self._show()

    def _opened(self) -> None:
        draft = self._draft
        self._show()
        if draft is None:
            return
        self._work.ask(
            lambda desk: (
                _of(draft),
                desk.side_threads.heading(draft)
                if draft.is_forward
                else desk.replies.heading(draft.ticket_id),
            ),
            self._came,
            self._not_come,
            owner=self,
            topic="heading",
        )

    def _came(self, answer: tuple[_Of, Heading]) -> None:
        self._of, self._heading = answer
        self._show()

    def _not_come(self, problem: Problem) -> None:
        if problem.kind is not ProblemKind.NOT_FOUND:  # no mailbox yet: nothing to leave from
            self.failed.emit(problem)

    def _choose(self, address: str) -> None:
        if self._heading is not None:
            usual = self._heading.usual
            self._keeper.change(self._page.mail_kind, sender="" if address == usual else address)
            self._show()
            self.chosen.emit()

    def _show(self) -> None:
        draft, at = self._draft, self._page.at
        if draft is None:
            at.head_note.say("")
            at.recipients.leaves_from.offer((), "")
            return
        told = side_words(draft) if draft.is_forward else ""
        odd, warns = "", False
        known = self._heading if self._of == _of(draft) else None
        if known is None:
            at.recipients.leaves_from.offer((), "")
        else:
            at.recipients.leaves_from.offer(known.senders, draft.sender or known.usual)
            odd, warns = heading_words(known, draft)
        set_tone(at.head_note, "warn" if warns else "muted")
        at.head_note.say(f"{odd} {told}".strip())


def _of(draft: Draft) -> _Of:
    return draft.ticket_id, draft.kind, draft.side


def side_words(draft: Draft) -> str:
    """What a forward, or an answer in a side thread, tells whom."""
    if not draft.hands_on:
        return _filled(_IN_SIDE)
    return _filled(_ALL_HANDED_ON if draft.forwards is None else _HANDED_ON)


def heading_words(known: Heading, draft: Draft) -> tuple[str, bool]:
    """What is to be said above a reply, "" for nothing, and whether it is a warning."""
    told, warns = [], False
    if draft.sender and draft.sender != known.usual:
        words = _FROM if draft.side is None else _FROM_ASIDE
        told.append(_filled(words, sender=draft.sender, usual=known.usual))
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
