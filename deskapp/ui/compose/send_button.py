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


class SendButton(QWidget):
    """``wanted`` carries the SendChoice; for a note the choice has no meaning."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.main = push_button("", self._main_clicked, kind="primary")
        self.more = push_button("", self._nothing, kind="primary")
        self.more.setAccessibleName(self.tr("Other ways to send"))
        self.more.setToolTip(self.tr("Other ways to send"))
        self.more.setFixedWidth(26)
        self.more.setIconSize(QSize(12, 12))
        self.more.setProperty("part", "right")
        self.main.setProperty("part", "left")
        self._menu = QMenu(self)
        self.more.setMenu(self._menu)
        self._status: TicketStatus | None = None
        self._note = self._aside = self._approval = False
        self._usual = self._add("", USUAL)
        self._wait = self._add(self.tr("Send and wait for the customer"), WAIT)
        self._hold = self._add(self.tr("Send and hold until they answer"), HOLD)
        self._add(self.tr("Send and close"), CLOSE)
        self._add(self.tr("Send and keep open"), KEEP_OPEN)
        self._add(self.tr("Send and go to the next"), NEXT)
        self._add(self.tr("Send, close and go to the next"), CLOSE_NEXT, "reply.send_close_next")
        self._add(self.tr("Send later…"), LATER, "reply.send_later")
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
        """Whether it goes to a senior first."""
        if approval == self._approval:
            return
        self._approval = approval
        self._name()
        self._keep_wide()

    def set_status(self, status: TicketStatus | None) -> None:
        """What the ticket becomes unless another way is picked; None is waiting."""
        self._status = None if status is TicketStatus.WAITING else status
        self._name()
        self._keep_wide()

    def _name(self) -> None:
        words_ = self._words()
        self.main.setText(self.tr("Add note") if self._note else words_)
        self._usual.setVisible(self._status is not None or self._aside)
        self._usual.setText(_with_key(words_, _KEY))
        wait = self.tr("Send and wait for the customer")
        other = self._status is not None or self._aside
        self._wait.setText(wait if other else _with_key(wait, _KEY))
        self._wait.setVisible(not self._aside)  # nothing goes to the customer, who waits for us
        self._hold.setVisible(self._aside)
        told = self.tr("The canned reply wants this status. The menu beside has the others.")
        self.main.setToolTip(told if self._status is not None and not self._note else "")
        if self._approval and not self._note:
            self.main.setToolTip(self.tr("A senior reads it first. It leaves when they approve."))

    def _words(self) -> str:
        said = {
            TicketStatus.NEW: self.tr("Send and keep open"),
            TicketStatus.OPEN: self.tr("Send and keep open"),
            TicketStatus.ON_HOLD: self.tr("Send, on hold"),
            TicketStatus.SOLVED: self.tr("Send and solve"),
            TicketStatus.CLOSED: self.tr("Send and close"),
        }
        if self._approval and not self._aside:
            return self.tr("Send for approval")
        if self._status is None or self._status not in said:
            return self.tr("Send aside") if self._aside else self.tr("Send and wait")
        return said[self._status]

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

    def _add(self, text: str, choice: SendChoice, key: str = "") -> QAction:
        action = self._menu.addAction(text)
        action.triggered.connect(lambda: self.wanted.emit(choice))
        if key:
            action.setText(_with_key(text, key))
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
