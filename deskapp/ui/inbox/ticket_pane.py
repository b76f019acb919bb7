"""One ticket with its customer beside it: what stands in a ticket's own window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.tickets import Conversation
from deskapp.ui.bridge import Bridge
from deskapp.ui.keys.keymap import make_action
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .card_beside import BesideOrders, stand_beside
from .conversation_pane import ConversationPane
from .customer_card import CustomerCard
from .panes import focus_next
from .reading_actions import ReadingActions
from .row_look import shown_subject
from .ticket_actions import TicketActions


class TicketPane(QWidget, BesideOrders):
    """Stays with its ticket whatever the Inbox shows. ``titled`` carries the window's title."""

    titled = Signal(str)

    def __init__(self, work: Work, bridge: Bridge, shell: ShellActions, ticket: TicketId) -> None:
        super().__init__()
        self._shell = shell
        self.setProperty("role", "surface")
        self._actions = TicketActions(work, shell, self)
        self.conversation = ConversationPane(work, shell, self._actions)
        self.card = CustomerCard(work, shell)
        stand_beside(self.card, self.conversation, shell, bridge)
        self._reading = ReadingActions(self, self._pane, shell)
        self._reading.undo_wanted.connect(self._actions.joining.undo_move)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self.card.setMinimumWidth(240)
        for part in (self.conversation, self.card):
            self._split.addWidget(part)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([800, 292])
        shell.remembered.place_splitter("ticket/panes", self._split)
        shell.remembered.place_splitter("ticket/composer", self.conversation.split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self._steps = [
            make_action("inbox.list", self, self._to_messages),
            make_action("inbox.pane", self, self._next_pane),
        ]
        self._order_keys = self.order_keys(self)
        self._card_fold = make_action("inbox.card", self)
        self._card_fold.setCheckable(True)
        self._card_fold.setChecked(shell.remembered.flag("ticket/card", True))
        self._card_fold.toggled.connect(self._show_card)
        self._show_card(self._card_fold.isChecked())
        self._connect(bridge)
        first = Qt.ConnectionType.SingleShotConnection
        self.conversation.opened.connect(lambda _conversation: self._to_messages(), first)
        self.conversation.open_ticket(ticket)

    @property
    def ticket(self) -> TicketId | None:
        return self.conversation.ticket

    def fill_menu(self, menu: QMenu) -> None:
        """Its window's Ticket menu."""
        menu.addActions(self._actions.all())
        menu.addSeparator()
        menu.addActions([*self._reading.all(), self._steps[1], *self._order_keys, self._card_fold])

    def save_places(self) -> None:
        """Called before the window closes."""
        remembered = self._shell.remembered
        remembered.put_splitter("ticket/panes", self._split)
        remembered.put_splitter("ticket/composer", self.conversation.split)
        remembered.put_flag("ticket/card", self._card_fold.isChecked())

    def _connect(self, bridge: Bridge) -> None:
        bridge.changed.connect(self._changed)
        self.conversation.opened.connect(self._opened)
        self.conversation.head.card_wanted.connect(self._card_fold.trigger)
        self._actions.edited.connect(self._edited)

    def _pane(self) -> ConversationPane:
        return self.conversation

    def _to_messages(self) -> None:
        """Out of what is being written; here the messages are what the Inbox's list is there."""
        self.conversation.messages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_pane(self) -> None:
        focus_next([self.conversation.messages, self.conversation.composer, self.card])

    def _show_card(self, shown: bool) -> None:
        self.card.setVisible(shown)
        self.conversation.head.card_there(shown)

    def _opened(self, conversation: Conversation) -> None:
        row = conversation.ticket
        self._actions.aim([row.id], row)
        self.card.show_customer(row.customer_id, row.id, row.language)
        self.titled.emit(f"{row.number} · {shown_subject(row.subject)}")

    def _edited(self, _tickets: object) -> None:
        self.conversation.read_again()

    def _changed(self, changes: Changes) -> None:
        self.conversation.changed(changes)
        if self.card.customer in changes.customers or "orders" in changes.areas:
            self.card.again.want()
        if "agents" in changes.areas:
            self._actions.learn_agents()
