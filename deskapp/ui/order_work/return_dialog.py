"""A return case: begun from an order or a ticket, and how it goes on."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.domain.ids import ReturnId, TicketId
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.orders import OrderLine
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import (
    RefundState,
    ReturnCase,
    ReturnEdit,
    ReturnItem,
    ReturnKind,
    ReturnReason,
    plain_number,
)
from deskapp.domain.return_rules import next_states
from deskapp.ui import text
from deskapp.ui.order_events import return_state
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.optional_day import OptionalDay
from deskapp.ui.work import Work

from .items import ItemsTable
from .words import refund_state, return_kind, return_reason

if TYPE_CHECKING:
    from deskapp.desk import Desk

Gone = Mapping[str, Decimal]


class NewReturn(FormDialog):
    """``order`` None: about a ticket alone, with the item in free words."""

    made = Signal(object)  # ReturnId

    def __init__(
        self,
        work: Work,
        order: OrderDetail | None,
        ticket: TicketId | None,
        gone: Gone,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", label_width=110, least_width=620, parent=parent)
        self.setWindowTitle(self.tr("New return case"))
        self._work, self._order, self._ticket = work, order, ticket
        self.kind = form.choice([(return_kind(one), one) for one in ReturnKind])
        self.reason = form.choice([(return_reason(one), one) for one in ReturnReason])
        self.words = form.paragraph(lines=2)
        self.words.setPlaceholderText(self.tr("What the customer says"))
        self.item = form.line(placeholder=self.tr("What comes back"))
        self.items = ItemsTable(order.lines if order else (), gone)
        days = self.tr("Reminder"), self.tr("Day of the reminder")
        self.remind = OptionalDay(self.tr("Bring the ticket back on"), days, today)
        if order is not None:
            said = f"{order.row.number} · {order.row.name}".rstrip(" ·")
            self.fields.add(self.tr("Order"), label(said, wrap=True))
        self.fields.add(self.tr("Kind"), self.kind)
        self.fields.add(self.tr("Why"), self.reason)
        self.fields.add(self.tr("In words"), self.words)
        if order is not None and order.lines:
            self.fields.add(self.tr("Items"), self.items)
        else:
            self.fields.add(self.tr("Item"), self.item)
        if ticket is not None:
            self.fields.add("", self.remind)
        self.lay_out(push_button(self.tr("Open the case"), self._save, kind="primary"))

    def _save(self) -> None:
        items = self.items.items()
        if not items and self.item.text().strip():
            items = (ReturnItem(self.item.text(), Decimal(1)),)
        kind = ReturnKind(self.kind.currentData())
        given = ReturnEdit(
            reason_code=ReturnReason(self.reason.currentData()),
            reason=self.words.toPlainText(),
            items=items,
            remind_on=self.remind.value(),
        )
        if not items and kind is not ReturnKind.COMPLAINT:
            self.refused(Problem(ProblemKind.EMPTY, what="return_item"))
            return
        order, ticket = self._order, self._ticket
        number = order.row.id if order else None
        self._work.do(
            lambda desk: desk.returns.add(kind, given, order=number, ticket=ticket),
            self._saved,
            self.refused,
            owner=self,
        )

    def _saved(self, case: ReturnId) -> None:
        self.made.emit(case)
        self.accept()


class ReturnSheet(FormDialog):
    """One case: what it is about, the next step, label, dates and refund."""

    saved = Signal(object)  # ReturnCase

    def __init__(
        self,
        work: Work,
        case: ReturnCase,
        lines: tuple[OrderLine, ...],
        gone: Gone,
        today: date,
        *,
        can_take_back: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", label_width=110, least_width=640, parent=parent)
        named = f"{return_kind(case.kind)} {case.name}"
        self.setWindowTitle(f"{named} · {case.order_number}".rstrip(" ·"))
        self._work, self._case = work, case
        who = " · ".join(filter(None, (case.customer, case.order_number, case.source)))
        self.fields.add(self.tr("About"), label(who, wrap=True))
        steps = next_states(case.kind, case.state, case.ended_as)
        now = self.tr("{state}, as it is").replace("{state}", return_state(case.state))
        self.state = form.choice([(now, None), *((return_state(one), one) for one in steps)])
        self.fields.add(self.tr("State"), self.state, self._late(today))
        self.reason = form.choice(
            [(return_reason(one), one) for one in ReturnReason], case.reason_code
        )
        self.words = form.paragraph(case.reason, lines=2)
        self.fields.add(self.tr("Why"), self.reason)
        self.fields.add(self.tr("In words"), self.words)
        self.items = ItemsTable(lines, gone, case.items)
        if lines:
            self.fields.add(self.tr("Items"), self.items)
        else:
            told = "\n".join(f"{plain_number(one.quantity)} × {one.title}" for one in case.items)
            self.fields.add(self.tr("Items"), label(told or "–", wrap=True))
        self._lines = bool(lines)
        self._add_parcel(case)
        self._add_days(case, today)
        self._add_refund(case)
        back = push_button(self.tr("Take back the last step"), self._take_back)
        back.setEnabled(can_take_back)
        save = push_button(self.tr("Save"), self._save, kind="primary")
        self.lay_out(save, back)

    def _late(self, today: date) -> str:
        if not self._case.is_late(today):
            return ""
        return self.tr("Its deadline has gone by.")

    def _add_parcel(self, case: ReturnCase) -> None:
        self.carrier = form.line(case.carrier, placeholder=self.tr("Carrier"))
        self.tracking = form.line(case.tracking_number)
        self.link = form.line(case.label_link, placeholder="https://")
        self.fields.add(self.tr("Carrier"), self.carrier)
        self.fields.add(self.tr("Parcel number"), self.tracking)
        self.fields.add(self.tr("Label at"), self.link)

    def _add_days(self, case: ReturnCase, today: date) -> None:
        until = self.tr("Deadline"), self.tr("Day of the deadline")
        remind = self.tr("Reminder"), self.tr("Day of the reminder")
        self.deadline = OptionalDay(self.tr("Expected here by"), until, today)
        self.remind = OptionalDay(self.tr("Bring the ticket back on"), remind, today)
        for field, day in ((self.deadline, case.deadline), (self.remind, case.remind_on)):
            if day is not None:
                field.day.setMinimumDate(min(field.day.minimumDate(), _q(day)))
                field.day.setDate(_q(day))
                field.chosen.setChecked(True)
        self.fields.add("", self.deadline)
        if case.ticket_id is not None:
            self.fields.add("", self.remind)

    def _add_refund(self, case: ReturnCase) -> None:
        self.refund = form.choice(
            [(refund_state(one), one) for one in RefundState], case.refund_state
        )
        amount = "" if case.refund_amount is None else plain_number(case.refund_amount)
        self.amount = form.line(amount, placeholder="0.00")
        paid = text.money(case.paid, case.refund_currency)
        hint = self.tr("The order cost {paid}.").replace("{paid}", paid) if paid else ""
        self.over = QCheckBox(self.tr("More than was paid, on purpose"))
        self.fields.add(self.tr("Refund"), self.refund)
        self.fields.add(self.tr("Amount"), self.amount, hint)
        self.fields.add("", self.over)
        self.over.hide()

    def _save(self) -> None:
        try:
            given = self._given()
        except InvalidOperation:
            value = self.amount.text()
            self.refused(Problem(ProblemKind.INVALID, what="return_refund", value=value))
            return
        case = self._case
        self._do(lambda desk: desk.returns.edit(case.id, given, case.version))

    def _take_back(self) -> None:
        case = self._case
        self._do(lambda desk: desk.returns.take_back(case.id, case.version))

    def _do(self, job: "Callable[[Desk], ReturnCase]") -> None:
        self._work.do(job, self._came, self._refused, owner=self)

    def _came(self, case: ReturnCase) -> None:
        self.saved.emit(case)
        self.accept()

    def _refused(self, problem: Problem) -> None:
        if problem.details.get("what") == "return_over_paid":
            self.over.show()
        self.refused(problem)

    def _given(self) -> ReturnEdit:
        case, state = self._case, RefundState(self.refund.currentData())
        amount = Decimal(self.amount.text().replace(",", ".")) if self.amount.text() else None
        money = state is not RefundState.NONE
        same = (state, amount) == (case.refund_state, case.refund_amount)
        deadline, remind = self.deadline.value(), self.remind.value()
        return ReturnEdit(
            state=self.state.currentData(),
            reason_code=self.reason.currentData(),
            reason=self.words.toPlainText(),
            items=self.items.items() if self._lines else None,
            carrier=self.carrier.text(),
            tracking_number=self.tracking.text(),
            label_link=self.link.text(),
            deadline=deadline,
            no_deadline=deadline is None,
            remind_on=remind,
            no_reminder=remind is None,
            refund_state=None if same else state,
            refund_amount=amount if money and not same else None,
            over_paid=self.over.isChecked(),
        )


def _q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
