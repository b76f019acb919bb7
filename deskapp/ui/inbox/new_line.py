"""The line in a conversation above what came since its reader looked last."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from deskapp.domain.ids import AgentId, MessageId
from deskapp.domain.tickets import MessageRow
from deskapp.ui.pieces.labels import label


class NewLine(QWidget):
    """Words between two thin rules."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        words = label(self.tr("New since you looked"), tone="accent", size="small")
        for part, stretch in ((_rule(), 1), (words, 0), (_rule(), 1)):
            row.addWidget(part, stretch, Qt.AlignmentFlag.AlignVCenter)


def first_new(
    messages: Sequence[MessageRow], seen: MessageId | None, me: AgentId | None
) -> MessageId | None:
    """The message above which the line belongs; None where all is new, nothing is, or only what
    the reader wrote."""
    if seen is None or all(one.id > seen for one in messages):
        return None
    theirs = (one.id for one in messages if one.id > seen and (not me or one.agent_id != me))
    return next(theirs, None)


def _rule() -> QFrame:
    made = QFrame()
    made.setProperty("role", "rule")
    return made
