"""An order form: what somebody is asked to do in a shop that nobody here can write to."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import OrderFormId, OrderId, TicketId
from deskapp.domain.last_edits import About
from deskapp.domain.mail import Address
from deskapp.domain.order_forms import (
    FormKind,
    FormState,
    FormText,
    OrderForm,
    as_text,
)
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.problem import Problem
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.conflict import ConflictCard
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.form_values import value
from deskapp.ui.pieces.labels import set_tone
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.settings.section import side_by_side
from deskapp.ui.work import Work

from .order_form_fields import Pressed, PressedState, begun, item, lines, pressed
from .words import form_kind, form_state

if TYPE_CHECKING:
    from deskapp.desk import Desk


Act = Callable[["Desk", OrderFormId, int], object]
"""What a button means, on the version that was seen."""


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
        self._work, self._ticket, self._order = work, ticket, order
        self.meanwhile = Meanwhile(work, kept, self)
        self._act: Act | None = None
        self.state = PressedState(pressed(kept))
        self._pressed_on = kept
        was = kept.text if kept else begun(order)
        self.kind = form.choice([(form_kind(one), one) for one in FormKind], was.kind)
        self.customer = form.line(was.customer_name)
        self.mail = form.line(was.customer_mail)
        self.items = form.paragraph(lines(was), lines=4)
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
        kept = self.meanwhile.row
        copy = push_button(self.tr("Copy as text"), self._copy)
        if kept is None:
            self.lay_out(push_button(self.tr("Keep on the ticket"), self.save, kind="primary"))
            return
        self._show_state(kept)
        if kept.state in (FormState.DONE, FormState.DROPPED):
            self.lay_out(copy)
            return
        self.fields.add(self.tr("Mail it to"), self.asked_of)
        mail = push_button(self.tr("Mail the form to them"), self._mail)
        otherwise = push_button(self.tr("It was asked for otherwise"), self._asked)
        self.fields.add("", side_by_side(mail, otherwise))
        drop = push_button(self.tr("Drop it"), self._drop)
        done = push_button(self.tr("It was done"), self._done, kind="primary")
        self.keep = push_button(self.tr("Save the text"), self._keep)
        self.keep.setVisible(kept.state is FormState.DRAFT)
        self.lay_out(done, side_by_side(copy, self.keep, drop))

    def _show_state(self, kept: OrderForm) -> None:
        for field in self._texts(kept.text):
            field.setEnabled(kept.state is FormState.DRAFT)
        state, tone = form_state(kept)
        set_tone(self.told, tone)
        self.told.setText(state)

    def _texts(self, text: FormText) -> dict[QWidget, object]:
        return {
            self.kind: text.kind,
            self.customer: text.customer_name,
            self.mail: text.customer_mail,
            self.items: lines(text),
            self.currency: text.currency,
            self.address: text.address,
            self.payment: text.payment,
            self.note: text.note,
        }

    def newest(self, desk: "Desk", row: OrderForm) -> Newest[OrderForm]:
        now = desk.order_forms.get(row.id)
        return Newest(now, desk.last_edits.of(About.ORDER_FORM, row.id))

    def standing(self, row: OrderForm) -> Mapping[QWidget, object]:
        return {**self._texts(row.text), self.state: pressed(row)}

    def deciding(self, card: ConflictCard, on: bool) -> None:
        super().deciding(card, on)
        kept = self.meanwhile.row
        if not on and kept is not None:
            self._show_state(kept)
            self.told.show()
            self.keep.setVisible(kept.state is FormState.DRAFT)

    def written(self) -> FormText:
        """What stands in the fields. Raises Problem(INVALID, what="form_item")."""
        return FormText(
            FormKind(self.kind.currentData()),
            tuple(item(one) for one in self.items.toPlainText().splitlines() if one.strip()),
            self.address.toPlainText(),
            self.payment.text(),
            self.note.toPlainText(),
            self.currency.text(),
            self.customer.text(),
            self.mail.text(),
            self._of_order(),
            self._number,
        )

    def _of_order(self) -> OrderId | None:
        kept = self.meanwhile.row
        if self._order is not None:
            return self._order.row.id
        return None if kept is None else kept.text.order_id

    def save(self) -> None:
        """Keeps the text where it was changed, then does what was pressed."""
        kept, act, ticket = self.meanwhile.row, self._act, self._ticket
        theirs = kept is not self._pressed_on  # what was pressed met a colleague's
        if theirs and act is not None and pressed(kept) == self.state.stated():
            self._came()  # who has done the same
            return
        try:
            text = self.written() if self._is_typed(kept) else None
        except Problem as problem:
            self.refused(problem)
            return

        def save(desk: "Desk") -> None:
            if kept is None:
                if text is not None:
                    desk.order_forms.add(ticket, text)
                return
            version = kept.version
            if text is not None:
                desk.order_forms.change(kept.id, text, version)
                version += 1
            if act is not None:
                act(desk, kept.id, version)

        self._work.do(save, lambda _none: self._came(), self.meanwhile.refused, owner=self)

    def _is_typed(self, kept: OrderForm | None) -> bool:
        if kept is None:
            return True
        return any(value(one) != was for one, was in self._texts(kept.text).items())

    def _copy(self) -> None:
        if (kept := self.meanwhile.row) is not None:
            QGuiApplication.clipboard().setText(as_text(kept.text, kept.ticket_number))

    def _keep(self) -> None:
        self._press(pressed(self.meanwhile.row), None)

    def _mail(self) -> None:
        to = Address("", self.asked_of.text().strip())
        self._press(
            (FormState.ASKED, to.address),
            lambda desk, one, version: desk.order_forms.mail(one, to, version),
        )

    def _asked(self) -> None:
        of = self.asked_of.text()
        self._press(
            (FormState.ASKED, of.strip()),
            lambda desk, one, version: desk.order_forms.asked(one, of, version),
        )

    def _done(self) -> None:
        self._end(FormState.DONE)

    def _drop(self) -> None:
        self._end(FormState.DROPPED)

    def _end(self, to: FormState) -> None:
        done = to is FormState.DONE
        of = pressed(self.meanwhile.row)[1]
        self._press(
            (to, of), lambda desk, one, version: desk.order_forms.end(one, done, "", version)
        )

    def _press(self, to: Pressed, act: "Act | None") -> None:
        self._act, self._pressed_on = act, self.meanwhile.row
        self.state.press(to)
        self.save()

    def _came(self) -> None:
        self.saved.emit()
        self.accept()
