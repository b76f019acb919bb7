"""Below the list while several tickets are selected: how many, truly, and what is done to them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.ui import text
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label

from .ticket_actions import TicketActions


class ManyBar(QWidget):
    """``all_wanted``: what the list has no room for is to be selected too."""

    all_wanted = Signal()

    def __init__(self, actions: TicketActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.said = label(size="strong")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.said)
        row.addStretch(1)
        for words, act in (
            (self.tr("Set status"), actions.status),
            (self.tr("Assign"), actions.assign),
            (self.tr("Tag"), actions.tags),
        ):
            row.addWidget(push_button(words, act.trigger))
        self.more = QWidget()
        self.more_said = label(tone="muted", size="small", wrap=True)
        self.take_all = push_button(self.tr("Select all that match"), self.all_wanted.emit)
        below = QHBoxLayout(self.more)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self.more_said, 1)
        below.addWidget(self.take_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.more)
        column.addLayout(row)
        self.hide()

    def show_selected(self, count: int, listed: int, *, whole: bool) -> None:
        """``listed``: tickets of the list; not ``whole``: more match than it holds."""
        everything = count == listed
        said = self.tr("All %n selected", "", count) if everything and whole else ""
        self.said.setText(said or self.tr("%n selected", "", count))
        self.more_said.setText(
            self.tr("The list holds the first {count} that match.").format(
                count=text.number(listed)
            )
        )
        self.more.setVisible(everything and not whole)
        self.setVisible(count > 1)
