"""One mailbox: how it stands, how complete each folder is here, and what can be done with it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.mailboxes import HeldMail, MailboxRow, MissingMails
from deskapp.ui import mailbox_words
from deskapp.ui.inbox.held_row import HeldRow
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label, set_tone

from .mailbox_audit import MailboxAudit
from .mailbox_auto_reply import MailboxAutoReply
from .mailbox_folders import MailboxFolders
from .mailbox_import import MailboxImport

_HELD_SHOWN = 3


class MailboxCard(Card):
    """Changed in place while mail pours in, so that the keyboard stays where it is.

    The wishes carry what they are about: a MailboxRow, or a HeldMail. ``stop_wanted`` has
    besides whether the next start goes on by itself, ``auto_reply_chosen`` the canned reply.
    """

    edit_wanted = Signal(object)
    remove_wanted = Signal(object)
    audit_wanted = Signal(object)
    audit_served = Signal(object)
    stop_wanted = Signal(object, bool)
    resume_wanted = Signal(object)
    retry_wanted = Signal(object)
    raw_wanted = Signal(object)
    all_held_wanted = Signal()
    auto_reply_chosen = Signal(object, object)
    auto_reply_resumed = Signal(object)

    def __init__(self, row: MailboxRow, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.row = row
        self._shown_held: tuple[HeldMail, ...] = ()
        self.address = label(size="strong", selectable=True)
        self.name = ElidedLabel(tone="muted")
        self._chip_place = QHBoxLayout()
        self._chip: Chip | None = None
        self.edit = push_button(self.tr("Edit…"), self._edit)
        self.remove = push_button(self.tr("Remove…"), self._remove, kind="danger")
        self.state = label(wrap=True, selectable=True)
        self.lease = ElidedLabel(size="small", tone="muted")
        self.folders = MailboxFolders()
        self.import_ = MailboxImport()
        self.auto_reply = MailboxAutoReply()
        self.audit = MailboxAudit()
        self._held = QVBoxLayout()
        self._held.setSpacing(6)
        self.all_held = push_button("", self.all_held_wanted.emit, kind="link")
        self._lay_out()
        self._connect()
        self.show_row(row, ())

    def show_row(self, row: MailboxRow, held: Sequence[HeldMail]) -> None:
        """Everything as it is now; ``held`` are the mails of this mailbox that cannot be read."""
        now = datetime.now(UTC)
        self.row = row
        settings = row.settings
        self.address.setText(settings.address)
        self.name.setText(settings.name)
        self.edit.setAccessibleName(
            self.tr("Edit {address}").replace("{address}", settings.address)
        )
        self.remove.setAccessibleName(
            self.tr("Remove {address}").replace("{address}", settings.address)
        )
        self._show_chip(*mailbox_words.short_state(row, now))
        self.state.setText(mailbox_words.state(row, now))
        waits = mailbox_words.waits_for_server(row, now)
        bad = mailbox_words.trouble_of(row) is not None and not waits
        set_tone(self.state, "bad" if bad else "warn" if waits else "")
        self.lease.setText(mailbox_words.lease(row, now))
        self.folders.show_folders(row.folders)
        self.import_.show_row(row, now)
        self._show_held(tuple(held))
        self.audit.show_row(row, now)

    def show_audit(self, missing: tuple[MissingMails, ...]) -> None:
        """What the full look found."""
        self.audit.show_result(self.row, missing)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.address)
        head.addWidget(self.name, 1)
        head.addLayout(self._chip_place)
        head.addSpacing(4)
        head.addWidget(self.edit)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.state)
        column.addWidget(self.lease)
        column.addSpacing(2)
        column.addWidget(self.import_)
        column.addWidget(self.folders)
        column.addLayout(self._held)
        column.addWidget(self.all_held)
        column.addWidget(self.auto_reply)
        column.addWidget(self.audit)

    def _connect(self) -> None:
        self.audit.wanted.connect(self._audit)
        self.audit.served.connect(self._audit_served)
        self.auto_reply.chosen.connect(self._auto_reply)
        self.auto_reply.resume_wanted.connect(self._resume_auto_reply)
        self.import_.stop_wanted.connect(self._stop)
        self.import_.resume_wanted.connect(self._resume)

    def _show_chip(self, words: str, tone: str) -> None:
        if self._chip is not None and self._chip.text() == words:
            return
        if self._chip is not None:
            self._chip.hide()
            self._chip.deleteLater()
        self._chip = Chip(words, tone=tone)
        self._chip_place.addWidget(self._chip)

    def _show_held(self, held: tuple[HeldMail, ...]) -> None:
        self.all_held.setText(self.tr("All %n held mail(s)…", "", len(held)))
        self.all_held.setVisible(len(held) > _HELD_SHOWN)
        if held == self._shown_held:
            return
        self._shown_held = held
        clear(self._held)
        for mail in held[:_HELD_SHOWN]:
            row = HeldRow(mail, in_its_mailbox=True)
            row.retry_wanted.connect(self.retry_wanted)
            row.raw_wanted.connect(self.raw_wanted)
            self._held.addWidget(row)

    def _edit(self) -> None:
        self.edit_wanted.emit(self.row)

    def _remove(self) -> None:
        self.remove_wanted.emit(self.row)

    def _audit(self) -> None:
        self.audit_wanted.emit(self.row)

    def _audit_served(self) -> None:
        self.audit_served.emit(self.row)

    def _stop(self, until_start: bool) -> None:
        self.stop_wanted.emit(self.row, until_start)

    def _auto_reply(self, canned: object) -> None:
        self.auto_reply_chosen.emit(self.row, canned)

    def _resume_auto_reply(self) -> None:
        self.auto_reply_resumed.emit(self.row)

    def _resume(self) -> None:
        self.resume_wanted.emit(self.row)
