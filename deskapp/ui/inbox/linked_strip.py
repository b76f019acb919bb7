"""The tickets that an opened one has to do with, each a step away."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ENDED
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.moving import MoveKind
from deskapp.domain.tickets import Conversation, TicketEdit
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import label, plain_tip

from .link_words import link_words

_SHOWN, _LINKS = 3, 8


class LinkedStrip(QWidget):
    """``ticket_wanted`` carries the TicketId of the link that was clicked; ``end_wanted`` the ids
    of a parent's open children and the TicketEdit that ends them."""

    ticket_wanted = Signal(object)
    end_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links = FlowLayout(14, down=0)
        self._children = QWidget()
        self._row = QHBoxLayout(self._children)
        self._row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 4, 16, 2)
        column.setSpacing(2)
        column.addLayout(self._links)
        column.addWidget(self._children)
        self.hide()

    def show_links(self, conversation: Conversation) -> None:
        """Hides itself where there are none."""
        self._links.clear()
        before = conversation.follows
        if before is not None:
            self._add(self.tr("Continues ticket {number}"), before)
        for after in conversation.followed_by[-_SHOWN:]:
            self._add(self.tr("Continued in ticket {number}"), after)
        for link in conversation.links[:_LINKS]:
            self._put(link_words(link), link.id, link.subject)
        rest = len(conversation.links) - _LINKS
        if rest > 0:
            more = self.tr("and %n more", "", rest)
            self._links.addWidget(label(more, tone="muted", size="small"))
        self._add_moves(conversation)
        self._tell_children(conversation)
        self.setVisible(self._links.count() > 0)

    def _add_moves(self, conversation: Conversation) -> None:
        """Tickets that single messages came from or went to; a split has its link."""
        here, seen = conversation.ticket.id, set[tuple[TicketId, bool]]()
        for move in conversation.moves[-_LINKS:]:
            came = move.target.id == here
            other = move.source if came else move.target
            if move.kind is MoveKind.MOVE and (other.id, came) not in seen:
                seen.add((other.id, came))
                came_from = self.tr("Messages came from #{number}")
                self._add(came_from if came else self.tr("Messages went to #{number}"), other)

    def _tell_children(self, conversation: Conversation) -> None:
        """A matter that has ended while parts of it have not is told, whoever ended it."""
        clear(self._row)
        row = conversation.ticket
        left = [link.id for link in conversation.links if link.is_open_child]
        told = bool(left) and row.status in ENDED
        self._children.setVisible(told)
        if told:
            said = self.tr("It has ended; %n child ticket(s) have not.", "", len(left))
            self._row.addWidget(label(said, tone="warn", size="small"))
            ends = TicketEdit(status=row.status, label_id=row.label_id)
            ask = partial(self.end_wanted.emit, left, ends)
            self._row.addWidget(push_button(self.tr("End them too"), ask, kind="link"))
            self._row.addStretch(1)

    def _add(self, words: str, one: LinkedTicket) -> None:
        self._put(words.replace("{number}", str(one.number)), one.id, one.subject)

    def _put(self, words: str, one: TicketId, subject: str) -> None:
        button = push_button(words, partial(self.ticket_wanted.emit, one), kind="link")
        button.setToolTip(plain_tip(subject))
        self._links.addWidget(button)
