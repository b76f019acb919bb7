"""What an act would do, as the shop says: the money, who is told, what the order was before."""

from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_acts import (
    CancelOrder,
    ChangeAddress,
    ChangeNote,
    OrderAct,
    RefundOrder,
    ReturnItems,
)
from deskapp.ui import text
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label

from .words import fact

_SHOWN = ("status", "payment", "fulfilment", "total", "refunded", "items")


class ActFacts(QWidget):
    """Facts before, what would change, and in amber what had changed since the desk knew."""

    def __init__(self, row: ActRow) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        shown = row.shown
        if shown is None:
            return
        if shown.changes:
            self._add_changes(shown.changes)
        card = Card()
        self._grid = QGridLayout(card)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        if shown.before is not None:
            for name in _SHOWN:
                self._fact(fact(name), _told(name, getattr(shown.before, name)))
        self._would(row, row.act)
        if shown.back:
            self._fact(self.tr("Back to the customer"), text.money(shown.back, shown.currency))
        if shown.due:
            self._fact(self.tr("The customer has to pay"), text.money(shown.due, shown.currency))
        if row.came_to is not None:
            self._fact(self.tr("The shop says"), text.money(row.came_to, row.currency))
        self._fact(self.tr("Invoice"), row.link)
        tells = self.tr("The shop writes to the customer.")
        silent = self.tr("The shop does not write to the customer.")
        self._fact(self.tr("Message"), tells if shown.told else silent)
        self._column.addWidget(card)

    def _would(self, row: ActRow, act: OrderAct | None) -> None:
        before = row.shown.before if row.shown else None
        if isinstance(act, ChangeNote):
            self._pair(fact("note"), before.note if before else "", act.text)
        if isinstance(act, ChangeAddress):
            self._pair(fact("address"), before.address if before else "", act.ship_to.text)
        if isinstance(act, RefundOrder | ReturnItems):  # the second person has to know it
            self._fact(self.tr("Why"), act.reason)
        if isinstance(act, CancelOrder) and act.refund and self._keeps_money(row):
            said = self.tr("This shop gives no money back by cancelling. Refund it on its own.")
            self._fact(self.tr("Payment"), said)
        if isinstance(act, RefundOrder) and not act.through_gateway:
            said = self.tr("It is only booked; no money moves by itself.")
            self._fact(self.tr("Payment"), said)

    def _keeps_money(self, row: ActRow) -> bool:
        """Whether there is money to give back, and this does not do it."""
        shown = row.shown
        return shown is not None and not shown.back and shown.most != 0

    def _pair(self, named: str, old: str, new: str) -> None:
        self._fact(self.tr("{fact} now").replace("{fact}", named), old or "–")
        self._fact(self.tr("{fact} then").replace("{fact}", named), new or "–")

    def _add_changes(self, changes: tuple[tuple[str, str, str], ...]) -> None:
        card = Card("draft", "warn")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(14, 8, 10, 8)
        inner.setSpacing(3)
        said = self.tr("The order has changed in the shop since this desk read it:")
        inner.addWidget(label(said, size="strong", wrap=True))
        for name, old, new in changes:
            told = f"{fact(name)}: {old or '–'} → {new or '–'}"
            inner.addWidget(label(told, wrap=True, selectable=True))
        self._column.addWidget(card)

    def _fact(self, named: str, value: str) -> None:
        if value:
            row = self._grid.rowCount()
            self._grid.addWidget(label(named, tone="muted"), row, 0)
            self._grid.addWidget(label(value, wrap=True, selectable=True), row, 1)


def _told(name: str, value: str) -> str:
    """Money as it is written everywhere else."""
    amount, _, currency = value.partition(" ")
    if name not in ("total", "refunded") or not amount:
        return value
    return text.money(Decimal(amount), currency)
