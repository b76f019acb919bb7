"""One message of a conversation on its card: who, when, what, files, how far it came."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from deskapp.domain.ids import OutboxId
from deskapp.domain.kinds import Direction
from deskapp.domain.mail import Address
from deskapp.domain.tickets import MessageRow
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .attachments import AttachmentChip
from .delivery_line import DeliveryLine, needs_a_line, sent_words
from .links import follow_link
from .message_body import MessageBody
from .original import show_original
from .quoted import quoted_lines, quoted_start

GROUNDS = {
    Direction.IN: ("surface", ""),
    Direction.OUT: ("ours", "ours_edge"),
    Direction.NOTE: ("note", "note_edge"),
}
_PAD = 14


class MessageCard(Card):
    """``changed`` comes after its delivery was settled; ``taken_back`` carries a Draft."""

    changed = Signal()
    taken_back = Signal(object)

    def __init__(
        self,
        message: MessageRow,
        now: datetime,
        width: int,
        work: Work,
        shell: ShellActions,
        counted_elsewhere: Callable[[OutboxId], bool] = lambda _outbox: False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(*GROUNDS[message.direction], parent)
        self.message = message
        self._work, self._shell, self._whole = work, shell, False
        self._images: Mapping[str, bytes] = {}
        self.setAccessibleName(f"{self._who()}, {text.stamp(message.at, now)}")
        self.body = MessageBody(max(width - 2 * _PAD, 100))
        self.body.setAccessibleName(self.tr("Message text"))
        self.body.order_clicked.connect(shell.open_order)
        self.body.link_clicked.connect(self._follow)
        self._fold = push_button("", self._toggle, kind="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 9, _PAD, 10)
        column.setSpacing(4)
        column.addLayout(self._head(now))
        self._add_remarks(column)
        column.addWidget(self.body)
        row = QHBoxLayout()
        row.addWidget(self._fold)
        row.addStretch(1)
        column.addLayout(row)
        self._add_files(column)
        if message.delivery is not None and needs_a_line(message.delivery):
            line = DeliveryLine(message.delivery, work, shell, counted_elsewhere)
            line.taken_back.connect(self.taken_back)
            line.settled.connect(self.changed)
            column.addWidget(line)
        self.show_content()
        if any(part.inline and part.content_id for part in message.attachments):
            self._ask_images()

    def settle(self) -> None:
        """Places its parts anew, now, when its text has another height."""
        if (layout := self.layout()) is not None:
            layout.activate()

    def show_content(self) -> None:
        """Writes the text anew, as after a change of theme."""
        message, folded = self.message, quoted_lines(self.message)
        self._fold.setVisible(bool(folded))
        self._fold.setText(
            self.tr("hide quoted text")
            if self._whole
            else self.tr("quoted text, %n line(s)", "", folded)
        )
        html = message.html if self._whole else (message.reply_html or message.html)
        if html:
            self.body.show_html(html, self._images, message.language)
        elif self._whole or not folded:
            start = quoted_start(message) if self._whole else None
            self.body.show_text(message.text.rstrip(), message.language, start)
        else:
            self.body.show_text(message.reply_text.rstrip(), message.language)

    def _who(self) -> str:
        message = self.message
        if message.direction is Direction.NOTE:
            return self.tr("Note · {name}").replace("{name}", message.agent_name)
        if message.direction is Direction.OUT and message.agent_name:
            mailbox = message.sender.address.partition("@")[0] + "@"
            told = self.tr("{name} for {mailbox}").replace("{mailbox}", mailbox)
            return told.replace("{name}", message.agent_name)
        return message.sender.name or message.sender.address

    def _head(self, now: datetime) -> QHBoxLayout:
        message = self.message
        who = ElidedLabel(size="strong")
        who.say(self._who(), message.language)
        detail = ElidedLabel(tone="muted")
        if message.direction is Direction.IN and message.sender.name:
            detail.setText(message.sender.address)
        elif message.direction is Direction.OUT:
            detail.setText(sent_words(message.delivery))
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
        row.addWidget(detail, 1)
        row.addWidget(when)
        row.addWidget(more)
        return row

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.addAction(self.tr("Copy text"), self._copy)
        original = menu.addAction(self.tr("Show original…"), self._show_original)
        original.setEnabled(self.message.sha256 is not None)
        if filed := words.joined_by(self.message.joined_by):
            told = menu.addAction(self.tr("How it was filed: {how}").replace("{how}", filed))
            told.setEnabled(False)
        return menu

    def _add_remarks(self, column: QVBoxLayout) -> None:
        message = self.message
        if message.marked:
            column.addWidget(label(words.warning(message), tone="warn", size="small", wrap=True))
        people = [(self.tr("To"), message.to), (self.tr("Cc"), message.cc)]
        shown = [f"{name} {_addresses(them)}" for name, them in people if them]
        if len(message.to) + len(message.cc) > 1:
            line = ElidedLabel("  ·  ".join(shown), tone="muted", size="small")
            column.addWidget(line)

    def _add_files(self, column: QVBoxLayout) -> None:
        files = [part for part in self.message.attachments if not part.inline]
        if not files:
            return
        holder = QWidget()
        flow = FlowLayout(6, holder)
        for part in files:
            flow.addWidget(AttachmentChip(part, self._work, self._shell))
        column.addWidget(holder)

    def _toggle(self) -> None:
        self._whole = not self._whole
        self.show_content()

    def _ask_images(self) -> None:
        message = self.message.id
        self._work.ask(
            lambda desk: desk.tickets.inline_images(message), self._images_came, owner=self
        )

    def _images_came(self, images: Mapping[str, bytes]) -> None:
        if images:
            self._images = images
            self.show_content()

    def _follow(self, address: str, shown: str) -> None:
        follow_link(self, address, shown)

    def _copy(self) -> None:
        self.body.selectAll()
        self.body.copy()
        self.body.moveCursor(self.body.textCursor().MoveOperation.Start)

    def _show_original(self) -> None:
        show_original(self.message, self._work, self._shell, self.window())


def _addresses(people: tuple[Address, ...]) -> str:
    return ", ".join(one.name or one.address for one in people)
