"""How a return case goes on."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.domain.last_edits import LastEdit
from deskapp.domain.orders import OrderLine
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import (
    RefundState,
    ReturnCase,
    ReturnEdit,
    ReturnReason,
    ReturnState,
    plain_number,
)
from deskapp.domain.return_rules import next_states
from deskapp.ui import text
from deskapp.ui.order_events import return_state
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.pieces.optional_day import OptionalDay
from deskapp.ui.work import Work

from .items import ItemsTable
from .new_return import Gone
from .words import refund_state, return_kind, return_reason

if TYPE_CHECKING:
    from deskapp.desk import Desk

_EVENTS = {
    "state": "state",
    "reason": "reason_code",
    "words": "reason",
    "items": "items",
    "carrier": "carrier",
    "tracking": "tracking_number",
    "link": "label_link",
    "deadline": "deadline",
    "remind": "remind_on",
    "refund": "refund_state",
    "amount": "refund_amount",
}
"""The sheet's fields, each with what events call it."""


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
        self._work, self.meanwhile = work, Meanwhile(work, case, self)
        who = " · ".join(filter(None, (case.customer, case.order_number, case.source)))
        self.fields.add(self.tr("About"), label(who, wrap=True))
        self.state = StateChoice(case)
        self.fields.add(self.tr("State"), self.state, self._late(case, today))
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
        save = push_button(self.tr("Save"), self.save, kind="primary")
        self.lay_out(save, back)

    def newest(self, desk: "Desk", row: ReturnCase) -> Newest[ReturnCase]:
        told = {one.what: LastEdit(one.agent_name, one.at) for one in desk.returns.history(row.id)}
        of_field = {
            getattr(self, name): told[what] for name, what in _EVENTS.items() if what in told
        }
        return Newest(desk.returns.get(row.id), None, of_field)

    def standing(self, row: ReturnCase) -> Mapping[QWidget, object]:
        shown: dict[QWidget, object] = {
            self.state: row.state,
            self.reason: row.reason_code,
            self.words: row.reason,
            self.carrier: row.carrier,
            self.tracking: row.tracking_number,
            self.link: row.label_link,
            self.deadline: row.deadline,
            self.remind: row.remind_on,
            self.refund: row.refund_state,
            self.amount: _amount(row),
        }
        if self._lines:
            shown[self.items] = self.items.of_items(row.items)
        return shown

    def _late(self, case: ReturnCase, today: date) -> str:
        if not case.is_late(today):
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
            field.state(day)
        self.fields.add("", self.deadline)
        if case.ticket_id is not None:
            self.fields.add("", self.remind)

    def _add_refund(self, case: ReturnCase) -> None:
        self.refund = form.choice(
            [(refund_state(one), one) for one in RefundState], case.refund_state
        )
        self.amount = form.line(_amount(case), placeholder="0.00")
        paid = text.money(case.paid, case.refund_currency)
        hint = self.tr("The order cost {paid}.").replace("{paid}", paid) if paid else ""
        self.over = QCheckBox(self.tr("More than was paid, on purpose"))
        self.fields.add(self.tr("Refund"), self.refund)
        self.fields.add(self.tr("Amount"), self.amount, hint)
        self.fields.add("", self.over)
        self.over.hide()

    def save(self) -> None:
        case = self.meanwhile.row
        if case is None:
            return
        try:
            given = self._given(case)
        except InvalidOperation:
            value = self.amount.text()
            self.refused(Problem(ProblemKind.INVALID, what="return_refund", value=value))
            return
        self._do(lambda desk: desk.returns.edit(case.id, given, case.version))

    def _take_back(self) -> None:
        if (case := self.meanwhile.row) is not None:
            self._do(lambda desk: desk.returns.take_back(case.id, case.version), super().refused)

    def _do(
        self,
        job: "Callable[[Desk], ReturnCase]",
        refused: Callable[[Problem], None] | None = None,
    ) -> None:
        self._work.do(job, self._came, refused or self.meanwhile.refused, owner=self)

    def _came(self, case: ReturnCase) -> None:
        self.saved.emit(case)
        self.accept()

    def refused(self, problem: Problem) -> None:
        if problem.details.get("what") == "return_over_paid":
            self.over.show()
        super().refused(problem)

    def _given(self, case: ReturnCase) -> ReturnEdit:
        state = RefundState(self.refund.currentData())
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


class StateChoice(form.Choice):
    """The state as it is, and those to which a case can go from there."""

    def __init__(self, case: ReturnCase) -> None:
        super().__init__()
        self._kind, self._ended_as, self._now = case.kind, case.ended_as, case.state
        self._offer()

    def _offer(self) -> None:
        self.clear()
        now = self.tr("{state}, as it is").replace("{state}", return_state(self._now))
        self.addItem(now, None)
        for one in next_states(self._kind, self._now, self._ended_as):
            self.addItem(return_state(one), one)

    def stated(self) -> object:
        return self.currentData() or self._now

    def state(self, value: object) -> None:
        self._now, self._ended_as = ReturnState(str(value)), ""
        self._offer()

    def stated_words(self, value: object) -> str:
        return return_state(ReturnState(str(value)))


def _amount(case: ReturnCase) -> str:
    return "" if case.refund_amount is None else plain_number(case.refund_amount)
