"""One order whole: where it stands, what is in it, where the parcels are, who bought it."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.orders import OrderLine, Shipment
from deskapp.ui import text
from deskapp.ui.inbox.links import follow_link
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions

from .actions_row import ActionsRow
from .order_look import states

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_TOP = Qt.AlignmentFlag.AlignTop


class OrderPage(QWidget):
    """``back`` leads to the order sources; ``acts`` is where every room puts its buttons."""

    def __init__(self, detail: OrderDetail, shell: ShellActions, back: Callable[[], None]) -> None:
        super().__init__()
        self._detail, self._row, self._shell = detail, detail.row, shell
        self.setAccessibleName(self.tr("Order {number}").replace("{number}", self._row.number))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head(back))
        column.addWidget(self._chips())
        self.acts = ActionsRow()
        self.acts.add(self.tr("Copy as text"), self._copy)
        column.addWidget(self.acts)
        column.addWidget(self._items())
        for number, shipment in enumerate(detail.shipments, 1):
            column.addWidget(_Parcel(self, number, shipment))
        if not detail.shipments:
            column.addWidget(label(self.tr("No parcel is known yet."), tone="muted"))
        column.addWidget(self._customer())
        seen = text.stamp(detail.seen_at, datetime.now(UTC))
        said = self.tr("From {source}, as it stood on {when}.")
        said = said.replace("{source}", self._row.source).replace("{when}", seen)
        column.addWidget(label(said, size="small", tone="muted", wrap=True))
        column.addStretch(1)

    def as_text(self) -> str:
        """The order in plain lines, to paste elsewhere."""
        row = self._row
        lines = [f"{row.number}  {text.money(row.total, row.currency)}".rstrip()]
        lines += [f"{_quantity(one)} × {one.title}" for one in self._detail.lines]
        lines += [
            " ".join(part for part in (one.carrier, one.tracking_number, one.tracking_url) if part)
            for one in self._detail.shipments
        ]
        return "\n".join(lines)

    def _head(self, back: Callable[[], None]) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        number = ElidedLabel(self._row.number, size="title")
        head.addWidget(number, 1)
        head.addWidget(push_button(self.tr("Order sources"), back))
        return head

    def _chips(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(6, holder)
        for said, tone in states(self._row):
            flow.addWidget(Chip(said, tone=tone))
        if self._row.placed_at is not None:
            placed = self.tr("ordered {date}").replace("{date}", text.day(self._row.placed_at))
            flow.addWidget(label(placed, tone="muted"))
        return holder

    def _items(self) -> Card:
        card = Card()
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        currency = self._row.currency
        for place, one in enumerate(self._detail.lines):
            grid.addWidget(label(f"{_quantity(one)} ×", tone="muted"), place, 0, _RIGHT)
            grid.addWidget(label(one.title or one.sku, wrap=True, selectable=True), place, 1, _TOP)
            grid.addWidget(label(one.sku if one.title else "", tone="muted"), place, 2, _TOP)
            grid.addWidget(label(text.money(one.price, currency)), place, 3, _RIGHT)
        last = len(self._detail.lines)
        if not last:
            grid.addWidget(label(self.tr("The items are not known."), tone="muted"), 0, 0, 1, 2)
        total = text.money(self._row.total, currency) or self.tr("not known")
        grid.addWidget(label(self.tr("Total"), size="strong"), last + 1, 1)
        grid.addWidget(label(total, size="strong", selectable=True), last + 1, 3, _RIGHT)
        return card

    def _customer(self) -> Card:
        row = self._row
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(4)
        head = QHBoxLayout()
        who = row.name or row.email or self.tr("Customer not known")
        head.addWidget(ElidedLabel(who, size="strong"), 1)
        if row.customer_id is not None:
            head.addWidget(push_button(self.tr("Open customer"), self._open_customer))
        column.addLayout(head)
        reached = " · ".join(part for part in (row.email if row.name else "", row.phone) if part)
        for said in (reached, self._detail.address):
            if said:
                column.addWidget(label(said, wrap=True, selectable=True))
        if self._detail.note:
            note = Card("note", "note_edge")
            inner = QVBoxLayout(note)
            inner.setContentsMargins(12, 8, 8, 8)
            inner.addWidget(label(self._detail.note, wrap=True, selectable=True))
            column.addSpacing(4)
            column.addWidget(note)
        return card

    def _open_customer(self) -> None:
        self._shell.open_customer(self._row.customer_id)

    def _copy(self) -> None:
        self.put_on_clipboard(self.as_text())

    def put_on_clipboard(self, copied: str) -> None:
        QGuiApplication.clipboard().setText(copied)
        self._shell.tell(self.tr("Copied"))


class _Parcel(Card):
    """One parcel; its link is followed after a question that shows where it leads."""

    def __init__(self, page: OrderPage, number: int, shipment: Shipment) -> None:
        super().__init__(parent=page)
        self._page, self._shipment = page, shipment
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        said = self.tr("Parcel {number}").replace("{number}", str(number))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(f"{said} · {shipment.carrier}" if shipment.carrier else said))
        words.addWidget(
            label(shipment.tracking_number or self.tr("no tracking number"), selectable=True)
        )
        words.addWidget(label(self._times(), tone="muted"))
        row.addLayout(words, 1)
        if shipment.tracking_number:
            row.addWidget(push_button(self.tr("Copy number"), self._copy), 0, _TOP)
        if shipment.tracking_url:
            track = push_button(self.tr("Track…"), self._track)
            track.setToolTip(self.tr("Shows where the link leads before it is opened"))
            row.addWidget(track, 0, _TOP)

    def _times(self) -> str:
        one = self._shipment
        if one.delivered_at is not None:
            return self.tr("delivered {date}").replace("{date}", text.day(one.delivered_at))
        if one.shipped_at is not None:
            return self.tr("sent {date}").replace("{date}", text.day(one.shipped_at))
        return self.tr("not sent yet")

    def _copy(self) -> None:
        self._page.put_on_clipboard(self._shipment.tracking_number)

    def _track(self) -> None:
        follow_link(self, self._shipment.tracking_url, self._shipment.tracking_number)


def _quantity(one: OrderLine) -> str:
    return f"{one.quantity.normalize():f}"
