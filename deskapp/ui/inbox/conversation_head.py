"""Above the messages: the subject, the facts of the ticket, the most used actions."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from deskapp.domain.presence import Doing, OnTicket
from deskapp.domain.tickets import Conversation, TicketRow
from deskapp.ui import text, words
from deskapp.ui.announce import announce
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.presence_words import sentences

from .head_chips import head_chips
from .row_look import shown_subject
from .ticket_actions import TicketActions

_NAME = 110  # points that a colleague's name may take on its button


class ConversationHead(QWidget):
    """Subject; number, mailbox, language, how joined, with the most used actions; facts as chips.

    ``card_wanted``: the customer card, which a narrow window folds away, is to come back.
    """

    card_wanted = Signal()

    def __init__(self, actions: TicketActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row: TicketRow | None = None
        self._people: tuple[OnTicket, ...] = ()
        self._subject = ElidedLabel(size="title")
        self._chips = FlowLayout(6)
        self._facts = ElidedLabel(tone="muted", size="small")
        self._star = IconButton("star", self.tr("Star"), checked_token="warn")
        self._star.setCheckable(True)
        self._star.clicked.connect(actions.facts.star.trigger)
        status = _menu_button(self.tr("Status"), actions.status, actions.status_menu)
        self._assignee = _menu_button("", actions.assign, actions.assign_menu)
        more = IconButton("more", self.tr("More actions"))
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addActions([actions.hand_over, actions.forward, actions.forward_all])
        menu.addSeparator()
        menu.addActions([actions.snooze, actions.tags, *actions.facts.all()])
        menu.addSeparator()
        menu.addActions([actions.close, actions.unread])
        more.setMenu(menu)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._facts, 1)
        for button in (status, self._assignee, more):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 16, 10)
        column.setSpacing(6)
        self._card = push_button(self.tr("Customer"), self._want_card, kind="quiet")
        self._card.setToolTip(self.tr("Show the customer and their orders (Ctrl+Shift+K)"))
        above = QHBoxLayout()
        above.addWidget(self._subject, 1)
        above.addWidget(self._star)
        above.addWidget(self._card)
        column.addLayout(above)
        column.addLayout(line)
        column.addLayout(self._chips)

    def _want_card(self) -> None:
        self.card_wanted.emit()

    def card_there(self, shown: bool) -> None:
        """Whether the customer card stands beside the conversation."""
        self._card.setVisible(not shown)

    def fold(self, *, low: bool) -> None:
        """In a low window one line of facts has to do: whoever writes here stands first."""
        self._chips.keep_to(1 if low else 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its chips need: a splitter does not ask how many lines they take."""
        if (layout := self.layout()) is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def show_ticket(self, conversation: Conversation) -> None:
        row = conversation.ticket
        self._subject.say(shown_subject(row.subject), row.language)
        self._star.setChecked(row.starred)
        self._row = row
        self._show_chips()
        joined = next(
            (words.joined_by(one.joined_by) for one in conversation.messages[-1:] if one.joined_by),
            "",
        )
        local = row.mailbox_address.partition("@")[0]
        language = text.language_name(row.language)
        facts = [str(row.number), f"{local}@" if local else "", language, joined]
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._name_assignee(row.assignee_name or self.tr("Assign"))

    def show_people(self, people: Sequence[OnTicket]) -> None:
        """Colleagues on the ticket now; a screen reader hears of those who begin to write."""
        before, self._people = sentences(self._people), tuple(people)
        if (now := sentences(people)) == before:
            return
        if self._row is not None:
            self._show_chips()
        for said in now:
            if said not in before and said.doing is not Doing.LOOKING:
                announce(self, said.words)

    def _show_chips(self) -> None:
        self._chips.clear()
        if self._row is not None:
            for chip in head_chips(self._row, datetime.now(UTC), self._people):
                self._chips.addWidget(chip)
        self._fit()

    def _name_assignee(self, name: str) -> None:
        """Long names are cut with a mark, and the button is never narrower than its words."""
        cut = self._assignee.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME)
        self._assignee.setText(cut.replace("&", "&&"))
        self._assignee.setMinimumWidth(self._assignee.sizeHint().width())


def _menu_button(text: str, action: QAction, menu: QMenu) -> QPushButton:
    button = QPushButton(text)
    button.setMenu(menu)
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{action.text()} ({key})")
    return button
