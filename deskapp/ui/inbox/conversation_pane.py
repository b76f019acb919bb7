"""One ticket opened: its head, its messages, and the composer docked below."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from deskapp.domain.changes import NAMED_ON_TICKETS, Changes
from deskapp.domain.ids import AgentId, MessageId, TicketId
from deskapp.domain.kinds import Direction
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.problem import Problem
from deskapp.domain.replies import Draft, OthersDraft
from deskapp.domain.tickets import Conversation
from deskapp.settings import Settings
from deskapp.ui.approvals.on_ticket import OnTicket
from deskapp.ui.compose.composer import Composer
from deskapp.ui.compose.signature_line import MOST_LINES
from deskapp.ui.pieces.settled import settle_around
from deskapp.ui.pieces.states import Stated
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .conversation_head import ConversationHead
from .find_bar import FindBar
from .linked_strip import LinkedStrip
from .message_column import MessageColumn
from .new_line import first_new
from .stand_in_strip import StandInStrip
from .ticket_actions import TicketActions
from .together import Together

_COMPOSER_HEIGHT = 190
_LOW, _VERY_LOW = 540, 420  # px: then some parts make do with less
_LEAST_MESSAGES = 48
_BETWEEN_SECONDS = 0.5  # from reading to reading of the open ticket while others write


class ConversationPane(QWidget):
    """``opened`` carries the Conversation each time it was read; ``seen`` comes once the desk
    knows that it was."""

    opened = Signal(object)
    seen = Signal(object)

    def __init__(
        self,
        work: Work,
        shell: ShellActions,
        actions: TicketActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._ticket: TicketId | None = None
        self._conversation: Conversation | None = None
        self._seen: MessageId | None = None  # what had been seen when the ticket was opened
        self._again = ReadAgain(self, 0.0, _BETWEEN_SECONDS)
        self._again.due.connect(self.read_again)
        self._drafts_again = ReadAgain(self, 0.0, _BETWEEN_SECONDS)
        self._drafts_again.due.connect(self.read_drafts)
        self.head = ConversationHead(actions)
        self.composer = Composer(work, self)
        self.composer.writing.remember_in(shell.remembered)
        self.composer.keeper.safe.begin(shell.outside.settings.home / "unsaved")
        self.messages = MessageColumn(work, shell, self.composer.at.undo.has)
        self.messages.changed.connect(self.read_again)
        self.messages.taken_back.connect(self._taken_back)
        self.messages.text_wanted.connect(self.insert_text)
        self.messages.setMinimumHeight(_LEAST_MESSAGES)
        self.stand_in = StandInStrip()
        self.links = LinkedStrip()
        self.links.ticket_wanted.connect(shell.open_ticket)
        self.find_bar = FindBar(self.messages)
        read = QWidget()
        column = QVBoxLayout(read)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.stand_in, self.links, self.messages, self.find_bar):
            column.addWidget(part)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setHandleWidth(1)
        self.split.setProperty("role", "bare")  # the composer draws its own upper line
        self.split.setChildrenCollapsible(False)
        # The composer stays while a ticket is read: what is typed meanwhile is kept for it.
        self._stated = Stated(read, row_height=120)
        self._stated.setProperty("role", "surface")
        self._stated.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.split.addWidget(self._stated)
        self.split.addWidget(self.composer)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([600, _COMPOSER_HEIGHT])
        self._connect_composer(actions)
        self._approvals = OnTicket(work, shell, self.composer)
        self._together = Together(work, shell.colleagues, self.head, self.composer)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        self.close_ticket()

    def _connect_composer(self, actions: TicketActions) -> None:
        actions.reply_wanted.connect(self.composer.focus_reply)
        actions.note_wanted.connect(self.composer.focus_note)
        actions.forward_wanted.connect(self._forward_newest)
        actions.forward_all_wanted.connect(lambda: self.composer.side.forward(None))
        self.messages.forward_wanted.connect(self.composer.side.forward)
        self.messages.side_answer_wanted.connect(self.composer.side.answer)
        self.messages.move_wanted.connect(actions.joining.choose_messages)
        self.links.end_wanted.connect(actions.joining.end_children)
        self.composer.sent.connect(self._sent)
        self.composer.ticket_changed.connect(self._sent)
        self.composer.failed.connect(self._shell.trouble)
        self.composer.news_wanted.connect(self.messages.show_message)
        self.composer.ticket_wanted.connect(self._shell.open_ticket)
        self._take_settings(self._shell.outside.settings)
        self._shell.settings_changed.connect(self._take_settings)

    def _forward_newest(self) -> None:
        """What the customer's side wrote last; what we wrote, where they never did."""
        told = self._conversation.messages if self._conversation is not None else ()
        mails = [one for one in told if one.side is None and one.direction is not Direction.NOTE]
        theirs = [one for one in mails if one.direction is Direction.IN] or mails
        if theirs:
            self.composer.side.forward(theirs[-1].id)

    def _take_settings(self, settings: Settings) -> None:
        self.composer.set_undo_seconds(settings.undo_seconds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = event.size().height()
        self.head.fold(low=high < _VERY_LOW)
        settle_around(self.head, self)
        signed = 0 if high < _VERY_LOW else 1 if high < _LOW else MOST_LINES
        self.composer.at.room_is(self.window().height(), signed)
        settle_around(self.composer, self)

    @property
    def ticket(self) -> TicketId | None:
        return self._ticket

    @property
    def conversation(self) -> Conversation | None:
        """What is shown, None while nothing is or it is being read."""
        return self._conversation

    def open_ticket(self, ticket: TicketId) -> None:
        """Reads and shows a ticket; the one before stays until this one is here."""
        if ticket == self._ticket:
            return
        self._ticket = ticket
        self.read_again()
        self.composer.expect_ticket(ticket)
        self._stated.show_loading()

    def close_ticket(self, selected: int = 0) -> None:
        """Nothing, or many tickets at once, are selected."""
        self._ticket = self._conversation = None
        self.composer.close_ticket()
        self._together.stand_on(None)
        self._approvals.read(None)
        if selected > 1:
            self._stated.show_words(
                self.tr("%n ticket(s) selected", "", selected),
                self.tr("Change them together with the buttons below the list."),
            )
        else:
            self._stated.show_words(
                self.tr("No ticket is open."), self.tr("Choose one from the list.")
            )

    def changed(self, changes: Changes, *, ours: bool = False) -> None:
        """Reads anew what of the open ticket these touch. ``ours``: made in this window."""
        if self._ticket in changes.tickets or changes.areas & (NAMED_ON_TICKETS | {"outbox"}):
            self._again.want(soon=ours)
        if "drafts" in changes.areas:
            self._drafts_again.want(soon=ours)

    def read_again(self) -> None:
        """Reads the ticket that is open anew, as after a change."""
        ticket = self._ticket
        if ticket is None:
            return
        self._again.asked()
        self._work.ask(
            lambda desk: (desk.tickets.conversation(ticket), desk.agent),
            self._came,
            self._failed,
            owner=self,
            topic="conversation",
        )

    def read_drafts(self) -> None:
        """What colleagues write on the open ticket, as after a change of drafts."""
        if (ticket := self._ticket) is not None:
            self._approvals.read(ticket)
            self._drafts_again.asked()
            self._work.ask(
                lambda desk: desk.tickets.drafts_of_others(ticket),
                partial(self._drafts_came, ticket),
                self._drafts_failed,
                owner=self,
                topic="others' drafts",
            )

    def _drafts_failed(self, problem: Problem) -> None:
        self._drafts_again.answered()
        self._work.troubled.emit(problem)

    def _drafts_came(self, ticket: TicketId, drafts: tuple[OthersDraft, ...]) -> None:
        self._drafts_again.answered()
        if ticket == self._ticket:
            self.messages.show_drafts(drafts)

    def insert_text(self, text: str) -> None:
        """Puts text into the reply being written."""
        self.composer.insert_text(text)

    def _came(self, came: tuple[Conversation, AgentId | None]) -> None:
        conversation, me = came
        self._again.answered()
        if conversation.heir is not None:
            self._go_on_in(conversation.heir, conversation.ticket.number)
            return
        before, self._conversation = self._conversation, conversation
        same = before is not None and before.ticket.id == conversation.ticket.id
        if not same:
            self._seen = conversation.seen
        self.head.show_ticket(conversation)
        self.stand_in.show_ticket(conversation.ticket, me)
        self.links.show_links(conversation)
        if not same or before is None or _shown(before) != _shown(conversation):
            self.messages.show_messages(
                conversation.messages,
                conversation.events,
                keep_place=same,
                language=conversation.ticket.language,
                first_new=first_new(conversation.messages, self._seen, me),
            )
        self._stated.show_content()
        self._stated.repaint()  # before more is asked for: lanes at work keep the interpreter busy
        self.read_drafts()
        self.composer.open_ticket(conversation)
        self._together.stand_on(conversation.ticket.id)
        self.opened.emit(conversation)
        newest = conversation.newest
        if conversation.ticket.unread and newest is not None and not same:
            ticket = conversation.ticket.id
            self._work.do(
                lambda desk: desk.tickets.seen(ticket, newest), self._told, owner=self, told=""
            )

    def _go_on_in(self, heir: LinkedTicket, merged: int) -> None:
        """The ticket was merged away: what is being written goes along, once it is stored."""
        said = self.tr("Ticket {number} was merged into ticket {other}, which is shown.")
        said = said.replace("{number}", str(merged)).replace("{other}", str(heir.number))
        left = self._ticket
        self.composer.flush()

        def go_on(_nothing: None) -> None:
            if self._ticket == left:
                self._shell.tell(said)
                self.open_ticket(heir.id)

        self._work.do(lambda _desk: None, go_on, owner=self, told="")

    def _told(self, _nothing: None) -> None:
        self.seen.emit(self._ticket)

    def _failed(self, problem: Problem) -> None:
        self._conversation = None
        self._again.answered()
        self._stated.show_problem(problem, self.read_again)

    def _sent(self, _what: object) -> None:
        self.read_again()

    def _taken_back(self, draft: Draft) -> None:
        self._shell.tell(self.tr("Taken back. Your text is in the reply again."))
        self.composer.bring_back(draft)
        self.read_again()


def _shown(conversation: Conversation) -> tuple[object, ...]:
    return conversation.messages, conversation.events
