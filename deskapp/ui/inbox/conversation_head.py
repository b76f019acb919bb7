"""Above the messages: the subject, the facts of the ticket, the most used actions."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from deskapp.domain.kinds import WAITS_FOR_US, TicketStatus
from deskapp.domain.tickets import Conversation, TicketRow
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.labels import ElidedLabel, plain_tip

from .row_look import shown_subject
from .ticket_actions import TicketActions

_MOST_TAGS = 2
_NAME = 110  # points that a colleague's name may take on its button


class ConversationHead(QWidget):
    """Subject; then status, tags, number, mailbox, language, how joined; status, assign, tags.

    ``card_wanted``: the customer card, which a narrow window folds away, is to come back.
    """

    card_wanted = Signal()

    def __init__(self, actions: TicketActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._subject = ElidedLabel(size="title")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._facts = ElidedLabel(tone="muted")
        self._facts.setMinimumWidth(30)
        status = _menu_button(self.tr("Status"), actions.status, actions.status_menu)
        self._assignee = _menu_button("", actions.assign, actions.assign_menu)
        more = IconButton("more", self.tr("More actions"))
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addActions([actions.forward, actions.forward_all])
        menu.addActions([actions.snooze, actions.tags, actions.close, actions.unread])
        more.setMenu(menu)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addLayout(self._chips)
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
        above.addWidget(self._card)
        column.addLayout(above)
        column.addLayout(line)

    def _want_card(self) -> None:
        self.card_wanted.emit()

    def card_there(self, shown: bool) -> None:
        """Whether the customer card stands beside the conversation."""
        self._card.setVisible(not shown)

    def show_ticket(self, conversation: Conversation) -> None:
        row = conversation.ticket
        self._subject.say(shown_subject(row.subject), row.language)
        self._show_chips(row)
        joined = next(
            (words.joined_by(one.joined_by) for one in conversation.messages[-1:] if one.joined_by),
            "",
        )
        local = row.mailbox_address.partition("@")[0]
        language = text.language_name(row.language)
        facts = [str(row.number), f"{local}@" if local else "", language, joined]
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._name_assignee(row.assignee_name or self.tr("Assign"))

    def _name_assignee(self, name: str) -> None:
        """Long names are cut with a mark, and the button is never narrower than its words."""
        cut = self._assignee.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME)
        self._assignee.setText(cut.replace("&", "&&"))
        self._assignee.setMinimumWidth(self._assignee.sizeHint().width())

    def _add_firm(self, chip: Chip) -> None:
        """Tags give way, this does not."""
        chip.setMinimumWidth(chip.sizeHint().width())
        self._chips.addWidget(chip)

    def _show_chips(self, row: TicketRow) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        tone, ground = ("accent", "accent_soft") if row.status in WAITS_FOR_US else ("muted", "")
        if row.status is TicketStatus.SPAM:
            tone = "bad"
        status = Chip(words.status(row.status), tone=tone, ground=ground or "sunken")
        self._add_firm(status)
        now = datetime.now(UTC)
        if row.is_back(now):
            self._add_firm(Chip(self.tr("Came back"), tone="accent", ground="accent_soft"))
        elif row.snooze:
            until = row.snooze.until
            said = self.tr("Snoozed until a reply")
            if until is not None:
                said = self.tr("Snoozed until {time}").format(time=text.ahead(until, now))
            chip = Chip(said)
            chip.setToolTip(plain_tip(words.snooze_words(row.snooze)))
            self._add_firm(chip)
        if row.returned:
            self._chips.addWidget(Chip(words.delivery_failed(), tone="bad"))
        for tag in row.tags[:_MOST_TAGS]:
            self._chips.addWidget(Chip(tag))
        if len(row.tags) > _MOST_TAGS:
            more = Chip(f"+{len(row.tags) - _MOST_TAGS}")
            more.setToolTip(plain_tip(", ".join(row.tags[_MOST_TAGS:])))
            self._chips.addWidget(more)


def _menu_button(text: str, action: QAction, menu: QMenu) -> QPushButton:
    button = QPushButton(text)
    button.setMenu(menu)
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{action.text()} ({key})")
    return button
