"""The audit of one mailbox: a full look now, and then that all is here, or what is not and why."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.mailboxes import MailboxRow, MissingMails
from deskapp.ui import mailbox_words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label, set_tone

_SHOWN = 12


class MailboxAudit(QWidget):
    """``wanted``: somebody asks for a full look. ``served``: it is done, read what is missing."""

    wanted = Signal()
    served = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish: int | None = None
        self.button = push_button(self.tr("Audit"), self._ask)
        self.button.setToolTip(self.tr("Compare every mail on the server with what is here, now."))
        self.result = label(wrap=True, selectable=True)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.button)
        line.addWidget(self.result, 1)
        self._details = QVBoxLayout()
        self._details.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addLayout(self._details)

    def asked(self, wish: int) -> None:
        """The wish has its number now."""
        self._wish = wish

    def show_row(self, row: MailboxRow, now: datetime) -> None:
        """Waits for the folders to be looked at, and says what for."""
        name = row.settings.address
        self.button.setAccessibleName(self.tr("Audit {name}").replace("{name}", name))
        if self._wish is None:
            return
        if row.looked_at_since(self._wish):
            self._wish = None
            self.served.emit()
        elif not row.lease_holder:
            self._say(self.tr("Waits for a computer that fetches this mailbox."), "muted")
        elif mailbox_words.trouble_of(row) is not None:
            self._say(self.tr("Waits until the server answers: see above."), "warn")
        else:
            self._say(self.tr("Comparing with the server…"), "muted")

    def show_result(self, row: MailboxRow, missing: tuple[MissingMails, ...]) -> None:
        """What the look found."""
        self._say(*mailbox_words.audit(row, missing))
        now = datetime.now(UTC)
        for one in missing[:_SHOWN]:
            line = mailbox_words.missing_line(one, now)
            self._details.addWidget(label(line, size="small", wrap=True, selectable=True))
        self.button.setEnabled(True)

    def stop_waiting(self) -> None:
        """The wish could not be written."""
        self._wish = None
        self._say("", "muted")
        self.button.setEnabled(True)

    def _ask(self) -> None:
        self.button.setEnabled(False)
        self._say(self.tr("Asking for a full look…"), "muted")
        self.wanted.emit()

    def _say(self, sentence: str, tone: str) -> None:
        clear(self._details)
        self.result.setText(sentence)
        set_tone(self.result, tone)
