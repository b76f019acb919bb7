"""What colleagues are writing on the open ticket, below its messages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.replies import FORWARD, REVIEW, OthersDraft
from deskapp.ui import text
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import ElidedLabel, label

_LONGEST = 4_000  # letters shown: more than a screen, and a pasted book does not slow the card


class OthersDrafts(QWidget):
    """A card for each. ``wanted`` carries the text that is to be put into one's own reply."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.hide()

    def show_drafts(self, drafts: Sequence[OthersDraft]) -> None:
        """These and no others."""
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        for draft in drafts:
            self._column.addWidget(self._card(draft))
        self.setVisible(bool(drafts))

    def _card(self, draft: OthersDraft) -> Card:
        card = Card("draft", "draft_edge")
        who = self._who(draft)
        card.setAccessibleName(who)
        name, when = ElidedLabel(who, size="strong"), text.stamp(draft.at, datetime.now(UTC))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        head.addWidget(ElidedLabel(self.tr("not sent"), tone="muted"), 1)
        head.addWidget(label(when, tone="muted"))
        body = draft.body.strip()
        cut = body if len(body) <= _LONGEST else body[:_LONGEST] + "…"
        take = push_button(
            self.tr("Put into my reply"), partial(self.wanted.emit, draft.body), kind="quiet"
        )
        take.setToolTip(self.tr("Copies this text to your caret. The draft stays as it is."))
        below = QHBoxLayout()
        below.addWidget(take)
        below.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 9, 14, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(label(cut, wrap=True, selectable=True))
        column.addLayout(below)
        return card

    def _who(self, draft: OthersDraft) -> str:
        if draft.kind == FORWARD:
            known = self.tr("{name} is writing to a third party")
        elif draft.kind == REVIEW:
            known = self.tr("{name} edits the reply that waits for approval")
        else:
            known = self.tr("Draft of {name}")
        return known.replace("{name}", draft.writer or self.tr("the command line"))
