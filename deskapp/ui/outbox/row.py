"""One reply on its way: where it stands, the server's own words, and what can be done."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.kinds import OutboxState
from deskapp.domain.outbox_trouble import is_partly_sent
from deskapp.domain.replies import OutboxRow
from deskapp.ui.fault_words import fault_words, raw_words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import ElidedLabel, label, plain_tip

from .words import recipient_words, state_words

_MOST_RECIPIENTS = 6


class OutboxCard(Card):
    """Each signal carries the OutboxRow."""

    opened = Signal(object)
    retried = Signal(object)
    edited = Signal(object)
    cancelled = Signal(object)
    settled = Signal(object, bool)  # whether the customer has it

    def __init__(self, row: OutboxRow, now: datetime, parent: QWidget | None = None) -> None:
        said, tone = state_words(row, now)
        super().__init__("surface", "bad" if tone == "bad" else "", parent)
        self.row = row
        titled = (
            self.tr("Automatic reply · Ticket {number} · {subject}")
            if row.automatic
            else self.tr("Ticket {number} · {subject}")
        )
        title = titled.replace("{number}", str(row.ticket_number))
        subject = ElidedLabel(title.replace("{subject}", row.subject))
        self.state = label(said, tone=tone, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(subject)
        column.addWidget(self.state)
        if words := fault_words(row.fault, row.last_error):
            self.why = label(words, size="small", tone="muted", wrap=True, selectable=True)
            self.why.setToolTip(plain_tip(raw_words(row.fault, row.last_error)))
            column.addWidget(self.why)
        for one in row.results[:_MOST_RECIPIENTS]:
            tone = "bad" if one.state == "refused" else "muted"
            column.addWidget(label(recipient_words(one), size="small", tone=tone, wrap=True))
        if len(row.results) > _MOST_RECIPIENTS:
            more = self.tr("%n more recipient(s)", "", len(row.results) - _MOST_RECIPIENTS)
            column.addWidget(label(more, size="small", tone="muted"))
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row, state = QHBoxLayout(), self.row.state
        row.setSpacing(6)
        row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        if state is OutboxState.UNCERTAIN:
            row.addWidget(push_button(self.tr("It was sent"), self._was_sent))
            row.addWidget(push_button(self.tr("Send it again"), self._was_not))
        if state in (OutboxState.FAILED, OutboxState.QUEUED):
            again = state is OutboxState.FAILED
            words = self.tr("Try again") if again else self.tr("Send now")
            row.addWidget(push_button(words, self._retry))
            if is_partly_sent(self.row):
                row.addWidget(push_button(self.tr("Leave it at that"), self._cancel))
            else:
                if not self.row.automatic:
                    row.addWidget(push_button(self.tr("Edit"), self._edit))
                row.addWidget(push_button(self.tr("Do not send"), self._cancel))
        row.addWidget(push_button(self.tr("Show ticket"), self._open, kind="link"))
        row.addStretch(1)
        return row

    def _retry(self) -> None:
        self.retried.emit(self.row)

    def _edit(self) -> None:
        self.edited.emit(self.row)

    def _cancel(self) -> None:
        self.cancelled.emit(self.row)

    def _open(self) -> None:
        self.opened.emit(self.row)

    def _was_sent(self) -> None:
        self.settled.emit(self.row, True)

    def _was_not(self) -> None:
        self.settled.emit(self.row, False)
