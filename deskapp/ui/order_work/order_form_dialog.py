"""An order form: what somebody is asked to do in a shop that nobody here can write to."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.mail import Address
from deskapp.domain.order_forms import (
    FormItem,
    FormKind,
    FormState,
    FormText,
    OrderForm,
    as_text,
)
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import plain_number
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.settings.section import side_by_side
from deskapp.ui.work import Work

from .words import form_kind, form_state

if TYPE_CHECKING:
    from deskapp.desk import Desk


class OrderFormDialog(FormDialog):
    """A new form about an order, or one that is there: to be asked for, ended, or only read."""

    saved = Signal()

    def __init__(
        self,
        work: Work,
        ticket: TicketId,
        order: OrderDetail | None,
        kept: OrderForm | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", label_width=120, least_width=600, parent=parent)
        self.setWindowTitle(self.tr("Order form"))
        self._work, self._ticket, self._order, self._kept = work, ticket, order, kept
        was = kept.text if kept else _begun(order)
        self.kind = form.choice([(form_kind(one), one) for one in FormKind], was.kind)
        self.customer = form.line(was.customer_name)
        self.mail = form.line(was.customer_mail)
        self.items = form.paragraph("\n".join(map(_line, was.items)), lines=4)
        self.currency = form.line(was.currency)
        self.address = form.paragraph(was.address, lines=3)
        self.payment = form.line(was.payment)
        self.note = form.paragraph(was.note, lines=2)
        self.asked_of = form.line(placeholder=self.tr("a mail address"))
        hint = self.tr("One item in each line: 2 × Name [article number] @ price")
        self.fields.add(self.tr("What"), self.kind)
        self.fields.add(self.tr("Customer"), self.customer)
        self.fields.add(self.tr("Their mail"), self.mail)
        self.fields.add(self.tr("Items"), self.items, hint)
        self.fields.add(self.tr("Currency"), self.currency)
        self.fields.add(self.tr("Address"), self.address)
        self.fields.add(self.tr("Payment"), self.payment)
        self.fields.add(self.tr("Note"), self.note)
        self._number = was.order_number
        self._lay_out()

    def _lay_out(self) -> None:
        kept = self._kept
        copy = push_button(self.tr("Copy as text"), self._copy)
        if kept is None:
            self.lay_out(push_button(self.tr("Keep on the ticket"), self._save, kind="primary"))
            return
        for field in (self.kind, self.customer, self.mail, self.items, self.currency):
            field.setEnabled(kept.state is FormState.DRAFT)
        for field in (self.address, self.payment, self.note):
            field.setEnabled(kept.state is FormState.DRAFT)
        state, tone = form_state(kept)
        self.told.setProperty("tone", tone)
        self.told.setText(state)
        if kept.state in (FormState.DONE, FormState.DROPPED):
            self.lay_out(copy)
            return
        self.fields.add(self.tr("Mail it to"), self.asked_of)
        mail = push_button(self.tr("Mail the form to them"), self._mail)
        otherwise = push_button(self.tr("It was asked for otherwise"), self._asked)
        self.fields.add("", side_by_side(mail, otherwise))
        drop = push_button(self.tr("Drop it"), self._drop)
        done = push_button(self.tr("It was done"), self._done, kind="primary")
        self.lay_out(done, side_by_side(copy, drop))

    def written(self) -> FormText:
        """What stands in the fields. Raises Problem(INVALID, what="form_item")."""
        return FormText(
            FormKind(self.kind.currentData()),
            tuple(_item(one) for one in self.items.toPlainText().splitlines() if one.strip()),
            self.address.toPlainText(),
            self.payment.text(),
            self.note.toPlainText(),
            self.currency.text(),
            self.customer.text(),
            self.mail.text(),
            self._order.row.id if self._order else self._kept.text.order_id if self._kept else None,
            self._number,
        )

    def _save(self) -> None:
        try:
            made = self.written()
        except Problem as problem:
            self.refused(problem)
            return
        ticket = self._ticket
        self._do(lambda desk: desk.order_forms.add(ticket, made))

    def _copy(self) -> None:
        if self._kept is not None:
            told = as_text(self._kept.text, self._kept.ticket_number)
            QGuiApplication.clipboard().setText(told)

    def _mail(self) -> None:
        kept, to = self._kept, Address("", self.asked_of.text().strip())
        if kept is not None:
            self._do(lambda desk: desk.order_forms.mail(kept.id, to, kept.version))

    def _asked(self) -> None:
        kept, of = self._kept, self.asked_of.text()
        if kept is not None:
            self._do(lambda desk: desk.order_forms.asked(kept.id, of, kept.version))

    def _done(self) -> None:
        self._end(True)

    def _drop(self) -> None:
        self._end(False)

    def _end(self, done: bool) -> None:
        kept = self._kept
        if kept is not None:
            self._do(lambda desk: desk.order_forms.end(kept.id, done, "", kept.version))

    def _do(self, job: "Callable[[Desk], object]") -> None:
        self._work.do(job, lambda _made: self._came(), self.refused, owner=self)

    def _came(self) -> None:
        self.saved.emit()
        self.accept()


def _begun(order: OrderDetail | None) -> FormText:
    if order is None:
        return FormText(FormKind.PLACE)
    row = order.row
    return FormText(
        FormKind.CHANGE,
        tuple(
            FormItem(one.title or one.sku, one.quantity, one.sku, one.price) for one in order.lines
        ),
        order.address,
        "",
        "",
        row.currency,
        row.name,
        row.email,
        row.id,
        row.number,
    )


def _line(one: FormItem) -> str:
    sku = f" [{one.sku}]" if one.sku and one.sku != one.title else ""
    price = "" if one.price is None else f" @ {one.price:f}"
    return f"{plain_number(one.quantity)} × {one.title}{sku}{price}"


def _item(written: str) -> FormItem:
    """Reads ``_line`` back; what is left out is one piece without a price."""
    told, _, price = written.partition("@")
    count, mark, rest = told.partition("×")
    named, _, sku = (rest if mark else told).partition("[")
    try:
        return FormItem(
            named.strip(),
            Decimal(count.strip()) if mark else Decimal(1),
            sku.strip().removesuffix("]").strip(),
            Decimal(price.strip().replace(",", ".")) if price.strip() else None,
        )
    except InvalidOperation as error:
        raise Problem(ProblemKind.INVALID, what="form_item", value=written.strip()) from error
