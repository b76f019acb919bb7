"""One mail that cannot be read yet: why, where it is, another try, and its source as text."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.mailboxes import HeldMail
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .original import OriginalDialog


class HeldRow(Card):
    """``retry_wanted`` and ``raw_wanted`` carry the HeldMail."""

    retry_wanted = Signal(object)
    raw_wanted = Signal(object)

    def __init__(
        self, mail: HeldMail, *, in_its_mailbox: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(ground="surface", edge="warn", parent=parent)
        self._mail, self._in_its_mailbox = mail, in_its_mailbox
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(ElidedLabel(words.held_reason(mail.reason), size="strong"))
        said.addWidget(ElidedLabel(self._place(), size="small", tone="muted"))
        self.again = push_button(self.tr("Try again"), self._retry)
        self.raw = push_button(self.tr("Open raw"), self._open)
        name = f"{mail.folder} UID {mail.uid}"
        self.again.setAccessibleName(self.tr("Try {mail} again").replace("{mail}", name))
        self.raw.setAccessibleName(self.tr("Open the source of {mail}").replace("{mail}", name))
        self.raw.setEnabled(mail.has_bytes)
        if not mail.has_bytes:
            self.raw.setToolTip(self.tr("Only the server has it so far."))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(8)
        row.addLayout(said, 1)
        row.addWidget(self.again)
        row.addWidget(self.raw)

    def _place(self) -> str:
        mail = self._mail
        parts = [f"UID {mail.uid}", text.stamp(mail.first_seen_at, datetime.now(UTC))]
        if mail.attempts > 1:
            parts.append(self.tr("tried %n time(s)", "", mail.attempts))
        parts.append(mail.folder)
        if not self._in_its_mailbox:
            parts.append(mail.mailbox)
        return " · ".join(parts)

    def _retry(self) -> None:
        self.retry_wanted.emit(self._mail)

    def _open(self) -> None:
        self.raw_wanted.emit(self._mail)


def show_held_source(mail: HeldMail, work: Work, shell: ShellActions, parent: QWidget) -> None:
    """The mail as it came, as plain text that does nothing; its bytes are read in a lane."""
    dialog = OriginalDialog(shell, parent)
    work.ask(
        lambda desk: desk.mailboxes.held_raw(mail.id), dialog.show_raw, shell.trouble, owner=dialog
    )
    dialog.open()
