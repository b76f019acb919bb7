"""What happened to an order, and the tickets about it, on one axis; the newest first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout

from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.tickets import TicketRow
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label, no_mnemonic
from deskapp.ui.shell_actions import ShellActions

from .shop_words import shop_word

_AIR = 8  # pixels: a line without a button is as high as one with

Moment = tuple[datetime, str, TicketRow | None]
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class AxisCard(Card):
    """A ticket's line opens it."""

    def __init__(
        self, detail: OrderDetail, tickets: Sequence[TicketRow], shell: ShellActions
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 12, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        now = datetime.now(UTC)
        row = self.fontMetrics().height() + _AIR
        for place, (at, said, ticket) in enumerate(moments(detail, tickets)):
            grid.addWidget(label(text.day(at, now), tone="muted"), place, 0, _MIDDLE)
            grid.setRowMinimumHeight(place, row)
            if ticket is None:
                grid.addWidget(label(said, wrap=True), place, 1)
                continue
            opens = push_button(
                no_mnemonic(said), partial(shell.open_ticket, ticket.id), kind="link"
            )
            grid.addWidget(opens, place, 1, Qt.AlignmentFlag.AlignLeft)


def moments(detail: OrderDetail, tickets: Sequence[TicketRow]) -> list[Moment]:
    """Everything with a time that is known of an order."""
    told: list[Moment] = []

    def add(at: datetime | None, said: str, ticket: TicketRow | None = None) -> None:
        if at is not None:
            told.append((at, said, ticket))

    add(detail.row.placed_at, _tr("ordered"))
    add(detail.row.cancelled_at, _tr("cancelled"))
    for parcel in detail.shipments:
        number = parcel.tracking_number
        add(parcel.shipped_at, " ".join((_tr("parcel sent"), number)).strip())
        add(parcel.delivered_at, " ".join((_tr("parcel delivered"), number)).strip())
    for refund in detail.refunds:
        amount = text.money(refund.amount, refund.currency or detail.row.currency)
        add(refund.at, _tr("{amount} given back").replace("{amount}", amount))
    for back in detail.returns:
        add(back.at, " · ".join((_tr("return"), *filter(None, (shop_word(back.status)[0],)))))
    for one in tickets:
        said = _tr("Ticket {number} · {subject} · {status}")
        said = said.replace("{number}", str(one.number)).replace("{subject}", one.subject)
        add(one.created_at, said.replace("{status}", words.status(one.status).lower()), one)
    return sorted(told, key=lambda moment: moment[0], reverse=True)


def _tr(said: str) -> str:
    return QCoreApplication.translate("AxisCard", said)
