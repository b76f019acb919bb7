"""One order whole: where it stands, what is in it, where the parcels are, who bought it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import OrderId
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.order_text import order_text, tracking_text
from deskapp.domain.tickets import TicketRow
from deskapp.ui import text
from deskapp.ui.order_work.deals import OrderDeals
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .actions_row import ActionsRow
from .axis_card import AxisCard
from .items_card import ItemsCard
from .order_look import states
from .parcel_card import ParcelCard
from .people_card import PeopleCard
from .shop_words import shop_word

Whole = tuple[OrderDetail, Sequence[TicketRow]]


def read_order(desk: Desk, order: OrderId) -> Whole:
    """In a lane: the order, and the tickets about it. Raises Problem(NOT_FOUND)."""
    return desk.orders.detail(order), desk.orders.tickets_about(order)


class OrderPage(QWidget):
    """``acts`` is where every room puts its buttons; ``back`` leads to the order sources.

    Beside an answer (``writes``) it offers to put words in: ``text_wanted`` carries them,
    ``picked`` wants its placeholders to speak of this order. ``warning``: whose it is instead.
    """

    text_wanted = Signal(str)
    picked = Signal()

    def __init__(
        self,
        whole: Whole,
        work: Work,
        shell: ShellActions,
        *,
        language: str = "",
        writes: bool = False,
        warning: str = "",
        back: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.detail, tickets = whole
        self._row, self._shell = self.detail.row, shell
        self._language = language or self.detail.language
        self.setAccessibleName(self.tr("Order {number}").replace("{number}", self._row.number))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head(back))
        column.addWidget(self._chips())
        if warning:
            column.addWidget(_warned(warning))
        self.acts = self._acts(writes)
        column.addWidget(self.acts)
        column.addWidget(OrderDeals(work, shell, self.detail, self.acts))
        column.addWidget(ItemsCard(self.detail, work, shell))
        for number, parcel in enumerate(self.detail.shipments, 1):
            column.addWidget(ParcelCard(number, parcel, shell))
        if not self.detail.shipments:
            column.addWidget(label(self.tr("No parcel is known yet."), tone="muted"))
        for one in self.detail.returns:
            column.addWidget(self._return(one.name, one.status))
        column.addWidget(PeopleCard(self.detail, shell))
        column.addWidget(AxisCard(self.detail, tickets, shell))
        column.addWidget(label(self._provenance(), size="small", tone="muted", wrap=True))
        column.addStretch(1)

    def as_text(self) -> str:
        """The order in plain lines, to paste elsewhere."""
        return order_text(self.detail, self._language)

    def _head(self, back: Callable[[], None] | None) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        number = ElidedLabel(self._row.number, size="title")
        head.addWidget(number, 1)
        if back is not None:
            head.addWidget(push_button(self.tr("Order sources"), back))
        return head

    def _chips(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(6, holder)
        for said, tone in states(self._row):
            flow.addWidget(Chip(said, tone=tone))
        for tag in self.detail.tags:
            flow.addWidget(Chip(tag))
        if self._row.placed_at is not None:
            placed = self.tr("ordered {date}").replace("{date}", text.day(self._row.placed_at))
            flow.addWidget(label(placed, tone="muted"))
        if self._row.cancelled_at is not None:
            gone = self.tr("cancelled {date}")
            gone = gone.replace("{date}", text.day(self._row.cancelled_at))
            flow.addWidget(label(gone, tone="bad"))
        return holder

    def _acts(self, writes: bool) -> ActionsRow:
        made = ActionsRow()
        if writes:
            if any(one.tracking_number for one in self.detail.shipments):
                made.add(self.tr("Insert the tracking link"), self._tracking, kind="primary")
            made.add(self.tr("Insert the order's state"), self._summary)
            made.add(self.tr("Use in placeholders"), self.picked.emit)
        made.add(self.tr("Copy as text"), self._copy)
        return made

    def _return(self, name: str, status: str) -> Card:
        card = Card()
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 12, 8)
        said = self.tr("Return {name}").replace("{name}", name).strip()
        row.addWidget(ElidedLabel(said), 1)
        word, tone = shop_word(status)
        if word:
            row.addWidget(Chip(word, tone=tone))
        return card

    def _provenance(self) -> str:
        seen = text.stamp(self.detail.seen_at, datetime.now(UTC))
        said = self.tr("From {source}, as it stood on {when}.")
        said = said.replace("{source}", self._row.source).replace("{when}", seen)
        if self.detail.whole:
            return said
        return f"{said} " + self.tr("Items, parcels or refunds may be missing: ask the shop.")

    def _tracking(self) -> None:
        parcels = [one for one in self.detail.shipments if one.tracking_number]
        self.text_wanted.emit("\n".join(tracking_text(one, self._language) for one in parcels))

    def _summary(self) -> None:
        self.text_wanted.emit(self.as_text())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())
        self._shell.tell(self.tr("Copied"))


def _warned(warning: str) -> Card:
    """A strip that nobody overlooks: an edge in the colour of warning, and the words."""
    card = Card("surface", "warn")
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 8, 12, 8)
    row.addWidget(label(warning, tone="warn", size="strong", wrap=True))
    return card
