"""The one primary button, which names what it does, and its other ways to send."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from deskapp.domain.kinds import TicketStatus
from deskapp.ui.icons import icon
from deskapp.ui.keys.keymap import keymap
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.theme import theme

from .send_words import Say, Sending, send_tip, send_words, status_words


@dataclass(frozen=True, slots=True)
class SendChoice:
    """What becomes of the ticket, and whether the next one is opened.

    Without ``status`` it is the draft's own, which a canned reply may have set, else waiting.
    """

    status: TicketStatus | None = None
    then_next: bool = False
    later: bool = False  # at a time that is asked for


USUAL = SendChoice()
WAIT = SendChoice(TicketStatus.WAITING)
HOLD = SendChoice(TicketStatus.ON_HOLD)
CLOSE = SendChoice(TicketStatus.CLOSED)
KEEP_OPEN = SendChoice(TicketStatus.OPEN)
NEXT = SendChoice(then_next=True)
LATER = SendChoice(later=True)
CLOSE_NEXT = SendChoice(TicketStatus.CLOSED, then_next=True)
_KEY = "reply.send"
_KEYS = {Say.CLOSE_NEXT: "reply.send_close_next", Say.LATER: "reply.send_later"}


class SendButton(QWidget):
    """``wanted`` carries the SendChoice; for a note the choice has no meaning. ``renamed``: what
    it does with a mail is another thing now, see ``sending``. ``return_wanted``: back to the writer
    with a comment."""

    wanted = Signal(object)
    renamed = Signal()
    return_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.main = push_button("", self._main_clicked, kind="primary")
        self.more = push_button("", self._nothing, kind="primary")
        self.more.setFixedWidth(26)
        self.more.setIconSize(QSize(12, 12))
        self.more.setProperty("part", "right")
        self.main.setProperty("part", "left")
        self._menu = QMenu(self)
        self.more.setMenu(self._menu)
        self._status: TicketStatus | None = None
        self._note = self._aside = self._junior = self._reviews = False
        self._usual = self._add(USUAL)
        self._wait = self._add(WAIT)
        self._hold = self._add(HOLD)
        self._others = {
            Say.CLOSE: self._add(CLOSE),
            Say.OPEN: self._add(KEEP_OPEN),
            Say.NEXT: self._add(NEXT),
            Say.CLOSE_NEXT: self._add(CLOSE_NEXT),
            Say.LATER: self._add(LATER),
        }
        self._menu.addSeparator()
        self._back = self._menu.addAction(self.tr("Return with a comment…"))
        self._back.triggered.connect(self.return_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.main)
        row.addWidget(self.more)
        theme().changed.connect(self._dress)
        self._dress()
        self.set_note(False)

    def set_note(self, note: bool) -> None:
        self._note = note
        self._name()
        self.main.setProperty("part", "" if note else "left")
        self.main.style().unpolish(self.main)
        self.main.style().polish(self.main)
        self._keep_wide()
        self.more.setVisible(not note)

    def set_aside(self, aside: bool) -> None:
        """Whether it goes to a third party: what waited for us is on hold then."""
        self._aside = aside
        self._name()
        self._keep_wide()

    def set_approval(self, approval: bool) -> None:
        """Whether what is written here goes to a senior first."""
        self._turn(approval, self._reviews)

    def set_review(self, reviews: bool) -> None:
        """Whether it is a colleague's reply that waits for approval."""
        self._turn(self._junior, reviews)

    @property
    def menu(self) -> QMenu:
        """The other ways."""
        return self._menu

    @property
    def sending(self) -> Sending:
        """What it does with a mail."""
        if self._reviews:
            return Sending.APPROVES
        return Sending.HANDS_IN if self._junior and not self._aside else Sending.SENDS

    def _turn(self, junior: bool, reviews: bool) -> None:
        if (junior, reviews) == (self._junior, self._reviews):
            return
        self._junior, self._reviews = junior, reviews
        self._name()
        self._keep_wide()
        self.renamed.emit()

    def set_status(self, status: TicketStatus | None) -> None:
        """What the ticket becomes unless another way is picked; None is waiting."""
        self._status = None if status is TicketStatus.WAITING else status
        self._name()
        self._keep_wide()

    def _name(self) -> None:
        sending, words = self.sending, self._words()
        self.main.setText(self.tr("Add note") if self._note else words)
        self._usual.setVisible(self._status is not None or self._aside)
        self._usual.setText(_with_key(words, _KEY))
        wait = send_words(sending, Say.WAIT)
        other = self._status is not None or self._aside
        self._wait.setText(wait if other else _with_key(wait, _KEY))
        self._wait.setVisible(not self._aside)  # nothing goes to the customer, who waits for us
        self._hold.setText(self.tr("Send and hold until they answer"))
        self._hold.setVisible(self._aside)
        for what, action in self._others.items():
            said = send_words(sending, what)
            action.setText(_with_key(said, _KEYS[what]) if what in _KEYS else said)
        self._back.setVisible(self._reviews)
        self.more.setAccessibleName(send_words(sending, Say.OTHER_WAYS))
        self.more.setToolTip(self.more.accessibleName())
        told = [send_tip(sending)]
        if self._status is not None:
            told.append(
                self.tr("The canned reply wants this status. The menu beside has the others.")
            )
        self.main.setToolTip("" if self._note else " ".join(filter(None, told)))

    def _words(self) -> str:
        if self._aside and self._status is None:
            return self.tr("Send aside")
        return status_words(self.sending, self._status)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_wide()

    def _keep_wide(self) -> None:
        """Others in the row give way, never the words of this button. Known once it is dressed."""
        self.main.ensurePolished()
        self.main.setMinimumWidth(self.main.sizeHint().width())
        row = self.layout()
        if row is not None:
            self.setMinimumWidth(row.minimumSize().width())

    def _add(self, choice: SendChoice) -> QAction:
        action = self._menu.addAction("")
        action.triggered.connect(lambda: self.wanted.emit(choice))
        return action

    def _main_clicked(self) -> None:
        self.wanted.emit(USUAL)

    def _nothing(self) -> None:
        """The menu opens by itself."""

    def _dress(self) -> None:
        self.more.setIcon(icon("down", "on_accent"))


def _with_key(text: str, key: str) -> str:
    """The composer holds the keys; here they are only shown, so that none is taken twice."""
    return f"{text}\t{keymap().first(key)}"
