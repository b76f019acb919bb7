"""Where an answer is written: docked below the conversation, for one ticket at a time."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.replies import Draft
from deskapp.domain.tickets import Conversation
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .aftermath import Aftermath
from .attaching import Attaching
from .canned_use import CannedUse
from .draft_keeper import NOTE, REPLY, DraftKeeper
from .kept_aside import KeptAside
from .keys import Act, add_keys
from .layout import Layout
from .look import composer_sheet
from .marks import Checker
from .mention_names import MentionNames
from .order_pick import OrderPick
from .previewing import Previewing
from .review_writing import ReviewWriting
from .screen import KINDS, Screen
from .send_button import CLOSE_NEXT, LATER, USUAL, SendChoice
from .send_steps import SendSteps
from .sender import Sender
from .side_writing import SideWriting
from .writing import Writing


class Composer(QFrame):
    """Replies and notes on the open ticket.

    ``sent``: a reply was queued (desk.replies.Sent). ``ticket_changed``: a TicketId to read anew,
    because a note, a reply or an undo changed it. ``failed``: a Problem about a ticket that is not
    open here any more. ``news_wanted``: the MessageId somebody added meanwhile, to be shown.
    ``next_wanted``: open the next ticket. ``ticket_wanted``: open this TicketId, its draft is back.
    """

    sent = Signal(object)
    ticket_changed = Signal(object)
    failed = Signal(object)
    news_wanted = Signal(object)
    next_wanted = Signal()
    ticket_wanted = Signal(object)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._number = 0
        self._language = ""
        self._opened: TicketId | None = None  # read, and its drafts asked for
        self.at = Layout(self, work)
        self.keeper = DraftKeeper(work, self)
        self.page = Screen(self.at, self.keeper, self)
        self._sender = Sender(work, self.keeper, self)
        self.steps = SendSteps(self.keeper, self._sender, self.at, self)
        self.after = Aftermath(self.keeper, self._sender, self.steps, self.at, self)
        self.attaching = Attaching(work, self.keeper, self.page, self.at.notice, self)
        self.preview = Previewing(self.keeper, self.page)
        self.writing = Writing(work, self.keeper, self.page, self.attaching, self)
        self.side = SideWriting(work, self.keeper, self.page, self)
        self.review = ReviewWriting(work, self.keeper, self.page, self)
        self.aside = KeptAside(work, self.keeper, self.at, self.bring_back, self)
        self.order = OrderPick(work, self.keeper, self.page, self)
        self.canned = CannedUse(work, self.keeper, self._sender, self.at, self.page)
        self.mentions = MentionNames(self.at.editor, work, lambda: self.page.kind == NOTE)
        self._wire_parts()
        self._wire_desk()
        self._wire_keys()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._quitting)
        theme().changed.connect(self._dress)
        self._dress()
        self.close_ticket()

    def expect_ticket(self, ticket: TicketId) -> None:
        """A ticket was chosen and is being read: from now on what is typed belongs to it."""
        if ticket == self.keeper.ticket:
            return
        self._leave()
        self._opened = None
        self.keeper.expect(ticket)
        self.at.tabs.setCurrentIndex(0)
        self._show_draft()
        self._show_parts()

    def open_ticket(self, conversation: Conversation) -> None:
        """Shows a ticket's drafts. The same ticket again only tells that it was read anew."""
        ticket = conversation.ticket
        self.expect_ticket(ticket.id)
        self._number, self.after.mailbox = ticket.number, ticket.mailbox_id
        if ticket.id == self._opened:
            self.keeper.saw(conversation.newest, conversation.newest_event)
            self.keeper.ask_again()
            self.aside.ask()
            return
        self._opened = ticket.id
        self.at.editor.setFont(theme().fonts.text(language=ticket.language))
        self._language = ticket.language
        self._tell_language()
        self.keeper.open(ticket.id, conversation.newest, conversation.newest_event)
        self.page.show_state()

    def close_ticket(self) -> None:
        """No ticket is open; a countdown that is running stays."""
        self._leave()
        self._opened = None
        self.keeper.close()
        self.aside.ask()
        self._show_draft()
        self._show_parts()

    def flush(self) -> None:
        """Saves what is not saved yet. Called by itself on blur and hiding."""
        self.page.typed()
        self.keeper.flush()

    def insert_text(self, written: str) -> None:
        """Puts text in at the caret, for example an order's tracking number."""
        if not self.page.says_held():
            self.at.editor.insert(written)
        self.preview.to_editor()

    def focus_reply(self) -> None:
        self._focus(REPLY)

    def focus_note(self) -> None:
        self._focus(NOTE)

    def focus_editor(self) -> None:
        """Whatever is being written, reply or note."""
        self.preview.to_editor()

    def check_spelling(self, checker: Checker | None) -> None:
        """Whoever has a dictionary hands it in; it hears the language of what is written."""
        self.at.editor.marks.check_spelling(checker)

    def set_undo_seconds(self, seconds: int) -> None:
        """How long a reply can be taken back, 0 to 120."""
        self.steps.undo_seconds = min(max(seconds, 0), 120)

    def send(self, choice: SendChoice = USUAL) -> None:
        """Sends the reply, or adds the note."""
        if self.at.editor.composing or self.keeper.ticket is None:
            return
        self.at.recipients.finish()
        self.page.typed()
        if self.page.kind == NOTE:
            self.steps.note()
        else:
            self.steps.reply(self._number, choice, kind=self.page.mail_kind)
        self.page.show_state()

    def give_back(self, comment: str) -> None:
        """Returns the colleague's reply that is edited here."""
        self.page.typed()
        self.steps.give_back(comment)
        self.page.show_state()

    def discard(self) -> None:
        """Throws the open draft away; the notice brings it back."""
        self.page.typed()
        line = self.page.line
        if line is None or self.page.says_held():
            return
        if line.shown.id is not None or not line.blank:
            self._sender.discard(line)
            self.page.show_state()

    def bring_back(self, draft: Draft) -> None:
        """A draft whose reply was taken back elsewhere joins what was typed since."""
        self.at.undo.forget(draft.ticket_id)
        self._sender.bring_back(draft)

    def _wire_parts(self) -> None:
        at = self.at
        at.tabs.currentChanged.connect(self._tab_changed)
        at.editor.textChanged.connect(self._typed)
        at.editor.left.connect(self.flush)
        at.editor.nothing_to_undo.connect(at.undo.take_back)
        at.files.removed.connect(self.attaching.remove)
        at.recipients.changed.connect(self._head_changed)
        self.writing.changed.connect(self._head_changed)
        self.writing.failed.connect(self.after.tell)
        self.side.failed.connect(self.after.tell)
        self.review.failed.connect(self.after.tell)
        at.to.clicked.connect(self.page.toggle_recipients)
        at.canned.clicked.connect(self._open_picker)
        at.attach.clicked.connect(self.attaching.choose)
        at.send.wanted.connect(self.send)
        at.undo.undo_wanted.connect(self._sender.take_back)
        at.undo.shown.connect(self._show_parts)

    def _wire_desk(self) -> None:
        self.keeper.opened.connect(self._show_draft)
        self.keeper.state_changed.connect(self.page.show_state)
        self.steps.failed.connect(self.failed)
        self.steps.news_wanted.connect(self.news_wanted)
        self.steps.resting.connect(self.page.show_state)
        self.canned.acted.connect(self.ticket_changed)
        after = self.after
        after.sent.connect(self.sent)
        after.ticket_changed.connect(self.ticket_changed)
        after.failed.connect(self.failed)
        after.next_wanted.connect(self.next_wanted)
        after.ticket_wanted.connect(self.ticket_wanted)
        after.kind_wanted.connect(self._focus)

    def _wire_keys(self) -> None:
        at = self.at
        acts: dict[str, Act] = {
            "canned": self._open_picker,
            "attach": self.attaching.choose,
            "quote": at.quote.next_way,
            "preview": at.preview.toggle,
            "recipients": self.page.toggle_recipients,
            "discard": self.discard,
            "send": self.send,
            "send_close_next": partial(self.send, CLOSE_NEXT),
            "send_later": partial(self.send, LATER),
            "send_anyway": self.steps.send_anyway,
        }
        add_keys(self, at.more_menu, acts, at.editor, at.send)

    def _tab_changed(self, index: int) -> None:
        self.flush()
        self.page.kind = KINDS[index]
        self.canned.close()
        self.at.notice.clear()
        self._dress()
        self._tell_language()
        self._show_draft()

    def _tell_language(self) -> None:
        """A note is for colleagues, in the language of this program."""
        note = self.page.kind == NOTE
        self.at.editor.marks.use_language(QLocale().bcp47Name() if note else self._language)

    def _show_draft(self) -> None:
        self.page.show_draft()
        if self.page.kind == NOTE:
            self.mentions.learn()
        self.preview.to_writing()
        self.page.show_state()
        self.steps.go_on()

    def _show_parts(self) -> None:
        """Without a ticket only a countdown is left, and without that nothing."""
        is_open = self.keeper.ticket is not None
        self.at.body.setVisible(is_open)
        self.setVisible(is_open or self.at.undo.counting)

    def _dress(self) -> None:
        look = theme()
        self.setStyleSheet(composer_sheet(look.colours, look.fonts, self.page.kind))

    def _quitting(self) -> None:
        self.page.typed()
        self.keeper.leave()

    def _focus(self, kind: str) -> None:
        self.at.tabs.setCurrentIndex(KINDS.index(kind))
        self.preview.to_editor()

    def _leave(self) -> None:
        self.flush()
        self.canned.close()
        self.at.notice.clear()
        self.at.recipients.hide()

    def _typed(self) -> None:
        if not self.page.showing:
            self.page.letters()
            self.at.notice.typed()

    def _head_changed(self) -> None:
        self.page.typed()
        self.preview.ask()

    def _open_picker(self) -> None:
        self.preview.to_editor()
        self.canned.open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.at.resized(self.window().height(), note=self.page.kind == NOTE)
        self.canned.close()
