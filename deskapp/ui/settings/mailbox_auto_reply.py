"""The automatic reply of one mailbox: which text, how it stands, and on again after a pause."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.auto_reply import AutoReply
from deskapp.domain.ids import CannedId
from deskapp.domain.replies import CannedRow
from deskapp.ui import auto_reply_words
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.conflict import Difference
from deskapp.ui.pieces.form_values import words
from deskapp.ui.pieces.labels import label, set_tone

_WIDEST = 320


class MailboxAutoReply(QWidget):
    """A choice acts at once. ``chosen`` carries a canned reply's id, None for off."""

    chosen = Signal(object)
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = form.choice((), name=self.tr("Automatic reply"))
        self.text.setMaximumWidth(_WIDEST)
        self.text.activated.connect(self._activated)
        self.resume = push_button(self.tr("Resume"), self.resume_wanted.emit)
        self.state = label(size="small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.tr("Automatic reply")))
        row.addWidget(self.text)
        row.addWidget(self.resume)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.state)
        self.seen: AutoReply | None = None
        self._offered: list[tuple[str, object]] = []
        self.setVisible(False)

    def show_row(self, row: AutoReply, canned: Sequence[CannedRow], now: datetime) -> None:
        """``canned``: all that there are; the team's own that this mailbox may use are offered."""
        fitting = [
            one for one in canned if one.owner is None and one.mailbox_id in (None, row.mailbox)
        ]
        offered: list[tuple[str, object]] = [(self.tr("Off"), None)]
        offered += sorted((one.name, one.id) for one in fitting)
        if row.on and row.canned not in [value for _, value in offered]:
            offered.append((row.canned_name, row.canned))  # archived since
        if offered != self._offered and not self.text.view().isVisible():
            self._offered = offered
            self.text.clear()
            for shown, value in offered:
                self.text.addItem(shown, value)
        self.seen = row
        form.choose(self.text, row.canned if row.on else None)
        said, tone = auto_reply_words.standing(row, now)
        self.state.setText(said)
        set_tone(self.state, tone)
        self.resume.setVisible(row.needs_a_person)
        self.setVisible(True)

    def beside(self, theirs: AutoReply, mine: CannedId | None) -> Difference:
        """What a colleague set, and what was chosen here on what was seen."""

        def told(row: AutoReply | None) -> str:
            return row.canned_name if row is not None and row.on else self.tr("Off")

        name = f"{theirs.address} · {self.tr('Automatic reply')}"
        return Difference(name, told(theirs), words(self.text, mine), told(self.seen))

    def _activated(self, place: int) -> None:
        self.chosen.emit(self.text.itemData(place))
