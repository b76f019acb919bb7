"""Who bought, and where it goes: contact, both addresses, the note on the order."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from deskapp.domain.order_rows import OrderDetail
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions

_TOP = Qt.AlignmentFlag.AlignTop


class PeopleCard(Card):
    """``bill_to`` is only said where it differs."""

    def __init__(self, detail: OrderDetail, shell: ShellActions) -> None:
        super().__init__()
        self._row, self._shell = detail.row, shell
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        who = self._row.name or self._row.email or self.tr("Customer not known")
        head.addWidget(ElidedLabel(who, size="strong"), 1)
        if self._row.customer_id is not None:
            head.addWidget(push_button(self.tr("Open customer"), self._open))
        column.addLayout(head)
        mail = self._row.email if self._row.name else ""
        if reached := " · ".join(part for part in (mail, self._row.phone) if part):
            column.addWidget(label(reached, wrap=True, selectable=True))
        column.addLayout(self._addresses(detail))
        if detail.note:
            note = Card("note", "note_edge")
            inner = QVBoxLayout(note)
            inner.setContentsMargins(12, 8, 8, 8)
            said = self.tr("Note: {text}").replace("{text}", detail.note)
            inner.addWidget(label(said, wrap=True, selectable=True))
            column.addWidget(note)

    def _addresses(self, detail: OrderDetail) -> QGridLayout:
        sent = detail.ship_to.text if detail.ship_to else detail.address
        billed = detail.bill_to.text if detail.bill_to else ""
        told = [(self.tr("Goes to"), sent)]
        if billed and billed != sent:
            told.append((self.tr("Billed to"), billed))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        for place, (name, address) in enumerate(one for one in told if one[1]):
            grid.addWidget(label(name, tone="muted", size="small"), 0, place)
            grid.addWidget(label(address, wrap=True, selectable=True), 1, place, _TOP)
            grid.setColumnStretch(place, 1)
        return grid

    def _open(self) -> None:
        self._shell.open_customer(self._row.customer_id)
