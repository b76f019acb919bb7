"""The one primary button, which names what it does, and its other ways to send."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from deskapp.domain.kinds import TicketStatus
from deskapp.ui.icons import icon
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.theme import theme


@dataclass(frozen=True, slots=True)
class SendChoice:
    """What becomes of the ticket, and whether the next one is opened."""

    status: TicketStatus
    then_next: bool = False
    later: bool = False  # at a time that is asked for


WAIT = SendChoice(TicketStatus.WAITING)
CLOSE = SendChoice(TicketStatus.CLOSED)
KEEP_OPEN = SendChoice(TicketStatus.OPEN)
WAIT_NEXT = SendChoice(TicketStatus.WAITING, then_next=True)
LATER = SendChoice(TicketStatus.WAITING, later=True)
CLOSE_NEXT = SendChoice(TicketStatus.CLOSED, then_next=True)


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
        self._add(self.tr("Send and wait for the customer"), WAIT, "Ctrl+Return")
        self._add(self.tr("Send and close"), CLOSE)
        self._add(self.tr("Send and keep open"), KEEP_OPEN)
        self._add(self.tr("Send and go to the next"), WAIT_NEXT)
        self._add(self.tr("Send, close and go to the next"), CLOSE_NEXT, "Ctrl+Shift+Return")
        self._add(self.tr("Send later…"), LATER, "Ctrl+Shift+F9")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.main)
        row.addWidget(self.more)
        theme().changed.connect(self._dress)
        self._dress()
        self.set_note(False)

    def set_note(self, note: bool) -> None:
        self.main.setText(self.tr("Add note") if note else self.tr("Send and wait"))
        self.main.setProperty("part", "" if note else "left")
        self.main.style().unpolish(self.main)
        self.main.style().polish(self.main)
        self._keep_wide()
        self.more.setVisible(not note)

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

    def actions_of_menu(self) -> list[QAction]:
        return self._menu.actions()

    def _add(self, text: str, choice: SendChoice, key: str = "") -> None:
        action = self._menu.addAction(text)
        action.triggered.connect(lambda: self.wanted.emit(choice))
        if key:
            # The composer holds the keys; here they are only shown, so that none is taken twice.
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(f"{text}\t{shown}")

    def _main_clicked(self) -> None:
        self.wanted.emit(WAIT)

    def _nothing(self) -> None:
        """The menu opens by itself."""

    def _dress(self) -> None:
        self.more.setIcon(icon("down", "on_accent"))
