"""The top of a record: who it is, how long we know them, and what nobody may overlook."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from deskapp.domain.people import CustomerRecord
from deskapp.domain.timeline import Contacted
from deskapp.ui import text
from deskapp.ui.compose.must_know import no_mail_words
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import label

from .customer_look import shown_name


class RecordHead(QWidget):
    """``edit_wanted``, ``window_wanted``, ``merge_wanted``: the buttons beside the name;
    ``export_wanted`` and ``erase_wanted`` stand in the menu behind them."""

    edit_wanted = Signal()
    window_wanted = Signal()
    merge_wanted = Signal()
    export_wanted = Signal()
    erase_wanted = Signal()

    def __init__(
        self, record: CustomerRecord, contacted: Contacted, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = record.row
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(shown_name(row), size="title", wrap=True, selectable=True), 1)
        top = Qt.AlignmentFlag.AlignTop
        if row.vip:
            line.addWidget(vip_chip(self), 0, top)
        for button in (
            push_button(self.tr("Edit"), self.edit_wanted.emit),
            push_button(self.tr("Own window"), self.window_wanted.emit),
            push_button(self.tr("Merge…"), self.merge_wanted.emit),
        ):
            line.addWidget(button, 0, top)
        line.addWidget(self._more(), 0, top)
        column.addLayout(line)
        column.addWidget(label(self._figures(record, contacted), tone="muted", wrap=True))
        if refused := no_mail_words(self, record):
            column.addWidget(_noted("", refused, "bad"))
        for name, said in (
            (self.tr("Must know"), row.must_know),
            (record.company, record.company_must_know),
        ):
            if said:
                column.addWidget(_noted(name, said))

    def _more(self) -> QWidget:
        """What is rarely wanted, and once in a life for one person."""
        more = IconButton("more", self.tr("More about this customer"))
        menu = QMenu(more)
        menu.addAction(self.tr("Export all about this customer…"), self.export_wanted.emit)
        menu.addAction(self.tr("Erase this customer…"), self.erase_wanted.emit)
        more.setMenu(menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        return more

    def _figures(self, record: CustomerRecord, contacted: Contacted) -> str:
        row, now = record.row, datetime.now(UTC)
        since = contacted.first or row.created_at
        said = [
            self.tr("customer since {date}").replace("{date}", text.day(since)),
            self.tr("%n ticket(s)", "", row.ticket_count),
            self.tr("%n open", "", row.open_count),
            self.tr("%n order(s)", "", row.order_count),
        ]
        if contacted.last_in is not None:
            wrote = self.tr("they wrote: {when}")
            said.append(wrote.replace("{when}", text.age(contacted.last_in, now)))
        if contacted.last_out is not None:
            wrote = self.tr("we wrote: {when}")
            said.append(wrote.replace("{when}", text.age(contacted.last_out, now)))
        return " · ".join(said)


def vip_chip(owner: QWidget) -> Chip:
    """The mark of somebody important."""
    chip = Chip(owner.tr("VIP"), tone="accent", ground="accent_soft", picture="star")
    chip.setToolTip(owner.tr("An important customer"))
    return chip


def _noted(name: str, said: str, edge: str = "note_edge") -> Card:
    card = Card("note", edge)
    card.setAccessibleName(name or said)
    inner = QVBoxLayout(card)
    inner.setContentsMargins(14, 8, 12, 8)
    inner.setSpacing(2)
    if name:
        inner.addWidget(label(name, size="small", tone="muted"))
    inner.addWidget(label(said, wrap=True, selectable=True))
    return card
