"""One order on the customer card: number, states, total, what is in it, where it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.orders import OrderStatus
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions

from .links import follow_link

_ROOM = 242  # pixels of a line on a card of the usual width
_TONES = {
    OrderStatus.SHIPPED: "warn",
    OrderStatus.CANCELLED: "bad",
    OrderStatus.REFUNDED: "bad",
}


class OrderCard(Card):
    """The number opens the order; a tracking number leads to the carrier after a question."""

    def __init__(
        self, detail: OrderDetail, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._row, self._shell = detail.row, shell
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 7, 9, 8)
        column.setSpacing(3)
        self._head(column)
        items = ", ".join(
            f"{line.title} ×{line.quantity.normalize():f}" if line.quantity != 1 else line.title
            for line in detail.lines
        )
        if items:
            column.addWidget(ElidedLabel(items, tone="muted"))
        if self._row.tracking_number:
            track = push_button(self._row.tracking_number, self._track, kind="link")
            track.setEnabled(bool(self._row.tracking_url))
            track.setToolTip(self.tr("Track the parcel"))
            column.addWidget(track, 0, Qt.AlignmentFlag.AlignLeft)

    def _head(self, column: QVBoxLayout) -> None:
        """Number, states and total in one line; the states below where that is too long."""
        number = push_button(self._row.number, self._open, kind="number")
        number.setToolTip(self.tr("Open the order"))
        total = label(text.money(self._row.total, self._row.currency))
        chips = self._chips()
        head, states = QHBoxLayout(), QHBoxLayout()
        for row in (head, states):
            row.setSpacing(4)
        taken = sum(part.sizeHint().width() + 4 for part in (number, total, *chips))
        place = head if taken <= _ROOM else states
        head.addWidget(number)
        for chip in chips:
            place.addWidget(chip)
        head.addStretch(1)
        head.addWidget(total)
        column.addLayout(head)
        if place is states:
            states.addStretch(1)
            column.addLayout(states)

    def _chips(self) -> list[Chip]:
        status = self._row.status
        paid = self._row.payment_text.replace("_", " ")  # shops write partially_refunded
        tones = {paid: "muted", words.order_status(status): _TONES.get(status)}
        return [Chip(said, tone=tone or "muted") for said, tone in tones.items() if said]

    def _open(self) -> None:
        self._shell.open_order(self._row.number)

    def _track(self) -> None:
        follow_link(self, self._row.tracking_url, self._row.tracking_number)
