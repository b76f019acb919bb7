"""The tickets that an opened one goes on from, and those that go on from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.domain.linking import LinkedTicket
from deskapp.domain.tickets import Conversation
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear

_SHOWN = 3


class LinkedStrip(QWidget):
    """``ticket_wanted`` carries the TicketId of the link that was clicked."""

    ticket_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 4)
        self.hide()

    def show_links(self, conversation: Conversation) -> None:
        """Hides itself where there are none."""
        clear(self._row)
        before = conversation.follows
        if before is not None:
            self._add(self.tr("Continues ticket {number}"), before)
        for after in conversation.followed_by[-_SHOWN:]:
            self._add(self.tr("Continued in ticket {number}"), after)
        self._row.addStretch(1)
        self.setVisible(before is not None or bool(conversation.followed_by))

    def _add(self, words: str, one: LinkedTicket) -> None:
        button = push_button(words.replace("{number}", str(one.number)), self._clicked, kind="link")
        button.setProperty("ticket", one.id)
        button.setToolTip(one.subject.replace("<", "&lt;"))
        self._row.addWidget(button)

    def _clicked(self) -> None:
        self.ticket_wanted.emit(self.sender().property("ticket"))
