"""What is to be done to an order in its shop: the fields of each kind, before the shop is asked."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.domain.ids import OrderActId, TicketId
from deskapp.domain.order_acts import (
    ActKind,
    CancelOrder,
    ChangeAddress,
    ChangeNote,
    OrderAct,
    PlaceOrder,
    RefundOrder,
    ReturnItems,
    Seen,
)
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.orders import PostalAddress
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import ReturnReason
from deskapp.ui import text
from deskapp.ui.order_events import act_kind
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import Work

from .address_fields import AddressFields
from .items import ItemsTable
from .words import return_reason

if TYPE_CHECKING:
    from deskapp.desk import Desk

_CANCEL = ("CUSTOMER", "INVENTORY", "FRAUD", "DECLINED", "OTHER")


class ActForm(FormDialog):
    """Nothing is sent from here: the shop is asked what would happen, and that is shown first."""

    wanted = Signal(object)  # OrderActId

    def __init__(
        self,
        work: Work,
        order: OrderDetail,
        kind: ActKind,
        ticket: TicketId | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", label_width=120, least_width=560, parent=parent)
        said = act_kind(kind)
        self.setWindowTitle(f"{said[:1].upper()}{said[1:]}")
        self._work, self._order, self._kind, self._ticket = work, order, kind, ticket
        row = order.row
        about = " · ".join(filter(None, (row.number, row.name, row.source)))
        self.fields.add(self.tr("Order"), label(about, wrap=True))
        self._make: Callable[[Seen], OrderAct] = {
            ActKind.NOTE: self._note,
            ActKind.ADDRESS: self._address,
            ActKind.CANCEL: self._cancel,
            ActKind.REFUND: self._refund,
            ActKind.RETURN: self._return,
            ActKind.PLACE: self._place,
        }[kind]()
        hint = self.tr("The shop is asked what would happen. Nothing is done before you confirm.")
        self.fields.add_wide(label(hint, tone="muted", size="small", wrap=True))
        self.lay_out(push_button(self.tr("Show what would happen"), self._ask, kind="primary"))

    def _note(self) -> Callable[[Seen], OrderAct]:
        note = form.paragraph(self._order.note, lines=4)
        self.fields.add(self.tr("Note"), note, self.tr("The whole note anew."))
        return lambda seen: ChangeNote(seen, note.toPlainText())

    def _address(self) -> Callable[[Seen], OrderAct]:
        fields = AddressFields(self.fields, self._order.ship_to or PostalAddress())
        return lambda seen: ChangeAddress(seen, fields.address())

    def _cancel(self) -> Callable[[Seen], OrderAct]:
        why = form.choice([(self._cancel_words(one), one) for one in _CANCEL])
        restock = self._box(self.tr("Put the items back into stock"), True)
        refund = self._box(self.tr("Give the money back"), True)
        tell = self._box(self.tr("The shop writes to the customer"), True)
        self.fields.add(self.tr("Why"), why)
        self._add_boxes(restock, refund, tell)
        return lambda seen: CancelOrder(
            seen, why.currentData(), restock.isChecked(), refund.isChecked(), tell.isChecked()
        )

    def _refund(self) -> Callable[[Seen], OrderAct]:
        row = self._order.row
        amount, why = form.line(placeholder="0.00"), form.line()
        paid = text.money(row.total, row.currency)
        hint = self.tr("The order cost {paid}.").replace("{paid}", paid) if paid else ""
        self.fields.add(self.tr("Amount"), amount, hint)
        self.fields.add(self.tr("Why"), why)
        items = ItemsTable(self._order.lines, {}, goods=False)
        if self._order.lines:
            self.fields.add(self.tr("For these items"), items)
        restock = self._box(self.tr("Put the items back into stock"), False)
        through = self._box(self.tr("Through the payment, as real money"), True)
        tell = self._box(self.tr("The shop writes to the customer"), True)
        self._add_boxes(restock, through, tell)
        return lambda seen: RefundOrder(
            seen,
            _money(amount.text()),
            row.currency,
            items.pieces(),
            why.text(),
            restock.isChecked(),
            through.isChecked(),
            tell.isChecked(),
        )

    def _return(self) -> Callable[[Seen], OrderAct]:
        items = ItemsTable(self._order.lines, {}, goods=False)
        why = form.choice([(return_reason(one), one) for one in ReturnReason])
        tell = self._box(self.tr("The shop writes to the customer"), True)
        self.fields.add(self.tr("Items"), items)
        self.fields.add(self.tr("Why"), why)
        self._add_boxes(tell)
        return lambda seen: ReturnItems(
            seen, items.pieces(), why.currentText(), (), tell.isChecked()
        )

    def _place(self) -> Callable[[Seen], OrderAct]:
        """The same once more, with other counts."""
        items = ItemsTable(self._order.lines, {}, goods=False)
        mail, note = form.line(self._order.row.email), form.line()
        self.fields.add(self.tr("Items"), items)
        self.fields.add(self.tr("Customer's mail"), mail)
        fields = AddressFields(self.fields, self._order.ship_to or PostalAddress())
        self.fields.add(self.tr("Note"), note)
        invoice = self._box(self.tr("The shop mails the invoice to pay"), True)
        self._add_boxes(invoice)
        return lambda _seen: PlaceOrder(
            mail.text().strip(),
            items.by_sku(),
            fields.address(),
            note.text(),
            invoice.isChecked(),
        )

    def _box(self, said: str, on: bool) -> QCheckBox:
        box = QCheckBox(said)
        box.setChecked(on)
        return box

    def _add_boxes(self, *boxes: QCheckBox) -> None:
        for box in boxes:
            self.fields.add("", box)

    def _cancel_words(self, reason: str) -> str:
        return {
            "CUSTOMER": self.tr("the customer wants it"),
            "INVENTORY": self.tr("not in stock"),
            "FRAUD": self.tr("fraud is suspected"),
            "DECLINED": self.tr("the payment failed"),
            "OTHER": self.tr("something else"),
        }[reason]

    def _ask(self) -> None:
        order, kind, ticket, make = self._order, self._kind, self._ticket, self._make
        try:
            made = make(Seen(order.ref, order.row.changed_at))
        except Problem as problem:
            self.refused(problem)
            return
        lines = getattr(made, "lines", None)
        if kind in (ActKind.RETURN, ActKind.PLACE) and not lines:
            self.refused(Problem(ProblemKind.EMPTY, what="form_items"))
            return
        about = None if kind is ActKind.PLACE else order.row.id

        def want(desk: "Desk") -> OrderActId:
            return desk.order_acts.want(made, order.row.source_id, order=about, ticket=ticket)

        self._work.do(want, self._begun, self.refused, owner=self)

    def _begun(self, act: OrderActId) -> None:
        self.wanted.emit(act)
        self.accept()


def _money(written: str) -> Decimal:
    """Raises Problem(INVALID, what="return_refund")."""
    try:
        return Decimal(written.strip().replace(",", "."))
    except InvalidOperation:
        raise Problem(ProblemKind.INVALID, what="return_refund", value=written.strip()) from None
