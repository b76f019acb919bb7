"""The keys that lead through the Inbox: from ticket to ticket, into one, and back to the list."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import TicketId
from deskapp.ui.keys.keymap import make_action

from .list_pane import ListPane
from .panes import Panes

if TYPE_CHECKING:
    from .conversation_pane import ConversationPane


class Walking(QObject):
    """``conversation`` gives the pane, which may be made when first needed; ``apart`` opens a
    ticket in a window of its own."""

    def __init__(
        self,
        page: QWidget,
        tickets: ListPane,
        panes: Panes,
        conversation: Callable[[], "ConversationPane"],
        apart: Callable[[TicketId], object],
    ) -> None:
        super().__init__(page)
        self._tickets, self._panes = tickets, panes
        self._conversation, self._open_apart = conversation, apart
        self._read = make_action("inbox.open", tickets.list, self._into_ticket)
        self._read.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._apart = make_action("ticket.window", page, self._put_apart)
        tickets.list.apart_wanted.connect(self._put_apart)
        self._steps = [
            make_action("inbox.next", page, lambda: tickets.list.step(1)),
            make_action("inbox.previous", page, lambda: tickets.list.step(-1)),
            make_action("inbox.list", page, self._back_to_list),
            make_action("inbox.pane", page, panes.focus_next),
        ]

    def all(self) -> list[QAction]:
        """In menu order."""
        return [self._apart, self._read, *self._steps]

    def _into_ticket(self) -> None:
        """The keyboard goes from the list to the messages, once they are there."""
        lines = self._tickets.list
        if not lines.selected():
            lines.step(0)
        pane = self._conversation()
        if pane.ticket is None:
            return
        if pane.conversation is not None and pane.conversation.ticket.id == pane.ticket:
            self._arrived(None)
        else:
            pane.opened.connect(self._arrived, Qt.ConnectionType.SingleShotConnection)

    def _arrived(self, _conversation: object) -> None:
        if self._tickets.list.hasFocus():  # whoever went on meanwhile is not called back
            self._conversation().messages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_list(self) -> None:
        """From anywhere into the list; there, from many to one, and from a search to the view."""
        lines = self._tickets.list
        if self._panes.held_shown:
            return
        if not lines.hasFocus():
            self._tickets.take_keys()
        elif len(lines.selected()) > 1 and (current := lines.current()) is not None:
            lines.choose(current)
        elif self._tickets.searching:
            self._tickets.show_this_view()

    def _put_apart(self) -> None:
        ticket = self._tickets.list.current() or self._conversation().ticket
        if ticket is not None:
            self._open_apart(ticket)
