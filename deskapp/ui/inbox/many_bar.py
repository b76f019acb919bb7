"""Below the list while several tickets are selected: how many, truly, and what is done to them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.ui import text
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.flow import FlowLayout
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
        self.more = label(tone="muted", size="small", wrap=True)
        self.take_all = push_button(self.tr("Select all that match"), self.all_wanted.emit)
        above = QHBoxLayout()
        above.setSpacing(6)
        above.addWidget(self.said, 1)
        above.addWidget(self.take_all)
        buttons = FlowLayout(6)  # in other languages they may need two lines
        for words, act in (
            (self.tr("Set status"), actions.status),
            (self.tr("Assign"), actions.assign),
            (self.tr("Tag"), actions.tags),
            (self.tr("Reply…"), actions.bulk_reply),
        ):
            button = push_button(words, act.trigger)
            button.setToolTip(act.toolTip())
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(above)
        column.addWidget(self.more)
        column.addLayout(buttons)
        self.hide()

    def show_selected(self, count: int, listed: int, *, whole: bool) -> None:
        """``listed``: tickets of the list; not ``whole``: more match than it holds."""
        everything = count == listed
        said = self.tr("All %n selected", "", count) if everything and whole else ""
        self.said.setText(said or self.tr("%n selected", "", count))
        told = self.tr("The list holds the first {count} that match.")
        self.more.setText(told.replace("{count}", text.number(listed)))
        for part in (self.more, self.take_all):
            part.setVisible(everything and not whole)
        self.setVisible(count > 1)
