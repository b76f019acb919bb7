"""A return case is begun, from an order or a ticket."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import ReturnId, TicketId
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import ReturnEdit, ReturnItem, ReturnKind, ReturnReason
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.optional_day import OptionalDay
from deskapp.ui.work import Work

from .items import ItemsTable
from .words import return_kind, return_reason

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
