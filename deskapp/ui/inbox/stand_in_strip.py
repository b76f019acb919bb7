"""Above the messages of a ticket whose assignee is away: until when, and who stands in."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.domain.ids import AgentId
from deskapp.domain.tickets import TicketRow
from deskapp.ui import clock
from deskapp.ui.assigned_words import stand_in_words
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label


class StandInStrip(QWidget):
    """Hidden while whoever has the ticket is here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label(wrap=True, size="small")
        card = Card("accent_soft")
        inside = QHBoxLayout(card)
        inside.setContentsMargins(12, 5, 12, 5)
        inside.addWidget(self.words)
        around = QHBoxLayout(self)
        around.setContentsMargins(20, 6, 16, 6)
        around.addWidget(card)
        self.hide()

    def show_ticket(self, row: TicketRow, me: AgentId | None) -> None:
        said = stand_in_words(row, me, clock.now())
        self.words.setText(said)
        self.setVisible(bool(said))
