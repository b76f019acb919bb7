"""One message of a conversation on its card: who, when, what, files, how far it came."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from deskapp.domain.ids import OutboxId
from deskapp.domain.kinds import Direction, MailKind
from deskapp.domain.language_choice import same_language
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.senders import shown_address, shown_name
from deskapp.domain.tickets import MessageRow
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label, plain_tip
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .approved_line import add_approved
from .delivery_line import DeliveryLine, needs_a_line, sent_words
from .filed_remarks import add_filed_remarks
from .filed_words import show_how_filed
from .message_body import MessageBody
from .message_files import MessageFiles
from .message_source import MessageSource, StoredMessage
from .message_text import MessageText
from .newcomer_line import NewcomerLine
from .original import show_original
from .remarks import add_remarks, side_line

GROUNDS = {
    Direction.IN: ("surface", ""),
    Direction.OUT: ("ours", "ours_edge"),
    Direction.NOTE: ("note", "note_edge"),
}
_SIDE = ("side", "side_edge")  # whoever wrote it: words say the rest
_PAD = 14
_NARROW = 440  # pixels: below that a name and an address do not stand side by side
_OURS_NARROW = 520  # the same for a name with its mailbox and how far the mail came


class MessageCard(Card):
    """``changed`` comes after its delivery was settled; ``taken_back`` carries a Draft.

    ``source`` gives the bytes behind a message that is not one of the desk's own.
    ``told_language`` stands above the conversation already; another one is told here.
    ``fold_long``: of a long text the beginning is enough.
    ``forward_wanted`` and ``move_wanted`` carry its MessageId, ``side_answer_wanted`` that and its
    side thread's.
    """

    changed = Signal()
    taken_back = Signal(object)
    forward_wanted = Signal(object)
    move_wanted = Signal(object)
    side_answer_wanted = Signal(object, object)

    def __init__(
        self,
        message: MessageRow,
        now: datetime,
        width: int,
        work: Work,
        shell: ShellActions,
        counted_elsewhere: Callable[[OutboxId], bool] = lambda _outbox: False,
        parent: QWidget | None = None,
        *,
        source: MessageSource | None = None,
        told_language: str = "",
        fold_long: bool = False,
    ) -> None:
        grounds = _SIDE if message.side is not None else GROUNDS[message.direction]
        super().__init__(*grounds, parent)
        self.message = message
        self._work, self._shell = work, shell
        self._told_language = told_language
        self._is_loose = source is not None
        self._source = source or StoredMessage(message.id)
        self.setAccessibleName(f"{self._who()}, {text.stamp(message.at, now)}")
        room = width - 2 * _PAD
        self.text = MessageText(message, self._source, room, work, shell, fold_long=fold_long)
        self.text.body.setAccessibleName(self.accessibleName())
        self.ring_for(self.text.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 9, _PAD, 10)
        column.setSpacing(4)
        self._detail = self._detail_words()
        self._beside: ElidedLabel | None = None
        self._below: ElidedLabel | None = None
        self._top = self._head(now)
        column.addLayout(self._top)
        self._place_detail(width, column)
        self._add_side_line(column)
        add_remarks(message, column)
        add_filed_remarks(message, now, column)
        add_approved(message, shell, column)
        if message.ask is not None:
            question = NewcomerLine(message.ask, message.ticket_id, work, shell)
            question.settled.connect(self.changed)
            column.addWidget(question)
        self.text.lay_out(column)
        if files := [part for part in message.attachments if not part.inline]:
            column.addWidget(MessageFiles(files, self._source, work, shell))
        if message.delivery is not None and needs_a_line(message.delivery):
            automatic = message.kind is MailKind.AUTO_REPLY
            line = DeliveryLine(
                message.delivery, work, shell, counted_elsewhere, automatic=automatic
            )
            line.taken_back.connect(self.taken_back)
            line.settled.connect(self.changed)
            column.addWidget(line)
        self.text.start()

    @property
    def body(self) -> MessageBody:
        """The text itself."""
        return self.text.body

    def settle(self) -> None:
        """Places its parts anew, now, when its text has another height."""
        if (layout := self.layout()) is not None:
            layout.activate()

    def show_content(self) -> None:
        """Writes the text anew, as after a change of theme."""
        self.text.show_content()

    def _who(self) -> str:
        message = self.message
        if message.direction is Direction.NOTE:
            return self.tr("Note · {name}").replace("{name}", message.agent_name)
        if message.direction is Direction.OUT and message.agent_name:
            mailbox = message.sender.address.partition("@")[0] + "@"
            told = self.tr("{name} for {mailbox}").replace("{mailbox}", mailbox)
            return told.replace("{name}", message.agent_name)
        return shown_name(message.sender.name) or shown_address(message.sender.address)

    def _address(self) -> str:
        """Where it really came from: always to be seen beside a name that anybody can choose."""
        message = self.message
        if message.direction is not Direction.IN or not message.sender.name:
            return ""
        return shown_address(message.sender.address)

    def _detail_words(self) -> str:
        """Where a message of theirs came from, how far one of ours came."""
        message = self.message
        is_ours = message.direction is Direction.OUT
        return sent_words(message.delivery) if is_ours else self._address()

    def _place_detail(self, width: int, column: QVBoxLayout) -> None:
        """Beside the name, or below it where there is no room for both. Each is made when it is
        first seen: of most messages only one ever is."""
        is_ours = self.message.direction is Direction.OUT
        is_below = width < (_OURS_NARROW if is_ours else _NARROW)
        if not self._detail:
            return
        if is_below and self._below is None:
            self._below = ElidedLabel(self._detail, tone="muted", size="small")
            column.insertWidget(1, self._below)
        if not is_below and self._beside is None:
            self._beside = ElidedLabel(self._detail, tone="muted")
            self._top.insertWidget(self._name_parts, self._beside, 1)
        for line, shown in ((self._below, is_below), (self._beside, not is_below)):
            if line is not None:
                line.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        self._place_detail(event.size().width(), column)

    def _head(self, now: datetime) -> QHBoxLayout:
        message = self.message
        who = ElidedLabel(size="strong")
        who.say(self._who(), message.language)
        when = label(text.stamp(message.at, now), tone="muted")
        when.setToolTip(text.full(message.at))
        more = IconButton("more", self.tr("More about this message"))
        more.setFixedSize(24, 20)
        more.setMenu(self._menu(more))
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(who)
        if kind := words.mail_kind(message.kind):
            row.addWidget(Chip(kind, tone="warn"))
        if message.origin is not None:
            row.addWidget(_origin_chip(message.origin))
        self._name_parts = row.count()  # behind them stands the detail
        row.addStretch()  # for when the detail stands below
        if language := self._other_language():
            row.addWidget(label(language, tone="muted", size="small"))
        row.addWidget(when)
        row.addWidget(more)
        return row

    def _other_language(self) -> str:
        """By its own name, where it is not the conversation's."""
        message = self.message
        if message.direction is not Direction.IN or not message.language:
            return ""
        known = self._told_language
        alike = not known or same_language(message.language, known)
        return "" if alike else text.language_name(message.language)

    def _add_side_line(self, column: QVBoxLayout) -> None:
        """That it is none of the customer's conversation, and the way to answer it."""
        message, side = self.message, self.message.side
        if side is None:
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(ElidedLabel(side_line(message), tone="side", size="small"), 1)
        if not self._is_loose:
            answer = push_button(self.tr("Answer here"), self._want_side_answer, kind="quiet")
            answer.setToolTip(self.tr("Write to them in this side thread"))
            row.addWidget(answer)
        column.addLayout(row)

    def _want_side_answer(self) -> None:
        self.side_answer_wanted.emit(self.message.id, self.message.side)

    def _want_forward(self) -> None:
        self.forward_wanted.emit(self.message.id)

    def _want_move(self) -> None:
        self.move_wanted.emit(self.message.id)

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        if not self._is_loose and self.message.direction is not Direction.NOTE:
            menu.addAction(self.tr("Forward to a third party…"), self._want_forward)
        if not self._is_loose:
            menu.addAction(self.tr("Split off or move…"), self._want_move)
        menu.addAction(self.tr("Copy text"), self.text.copy)
        has_source = self._is_loose or self.message.sha256 is not None
        browser = menu.addAction(self.tr("Open in browser"), self.text.open_in_browser)
        browser.setEnabled(bool(self.message.html) and has_source)
        if not self._is_loose:
            menu.addAction(self.tr("How it was filed…"), self._show_filing)
        source = menu.addAction(self.tr("Show source…"), self._show_source)
        source.setEnabled(has_source)
        return menu

    def _show_filing(self) -> None:
        show_how_filed(self.message, self.window())

    def _show_source(self) -> None:
        show_original(self._source.raw, self._work, self._shell, self.window())


def _origin_chip(origin: LinkedTicket) -> Chip:
    """The ticket that a message was on first, before a merge, a split or a move."""
    said = QCoreApplication.translate("MessageCard", "from #{number}")
    chip = Chip(said.replace("{number}", str(origin.number)))
    came = QCoreApplication.translate(
        "MessageCard", "It came onto ticket {number} first: {subject}"
    )
    came = came.replace("{number}", str(origin.number)).replace("{subject}", origin.subject)
    chip.setToolTip(plain_tip(came))
    chip.setAccessibleName(came)
    return chip
