"""What is under way about an order or a ticket, and the buttons that begin something."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_acts import ActKind
from deskapp.domain.order_forms import OrderForm
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.return_cases import ReturnCase
from deskapp.ui.order_events import act_kind
from deskapp.ui.orders.actions_row import ActionsRow
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import LATER, Work

from .days import today
from .opening import Opening
from .rows import Lines, act_lines, form_lines, return_lines

_AREAS = frozenset({"acts", "returns"})
_MOST = 6

_Deals = tuple[list[ReturnCase], list[OrderForm], list[ActRow]]


class OrderDeals(QWidget):
    """Below an order's buttons. ``acts`` gets: a return case, an order form, and what may be done
    in the shop. What is begun here is told on the ticket opened last, if it is its customer's."""

    def __init__(
        self,
        work: Work,
        shell: ShellActions,
        order: OrderDetail,
        acts: ActionsRow,
    ) -> None:
        super().__init__()
        self._work, self._shell, self._order = work, shell, order
        self._opening = Opening(work, shell, self, self.read_again)
        self._ticket: TicketId | None = None
        self._allowed: frozenset[ActKind] = frozenset()
        self._lines = Lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lines)
        acts.add(self.tr("Return case…"), self._new_return)
        self._form: QPushButton = acts.add(self.tr("Order form…"), self._new_form)
        self._shop: QPushButton = acts.add(self.tr("In the shop…"), self._choose_act)
        self._form.hide()
        self._shop.hide()
        shell.desk_changed.connect(self._changed)
        self.read_again()

    def read_again(self) -> None:
        order, last = self._order, self._shell.last_ticket
        self._work.ask(
            lambda desk: (
                _of_order(desk, order),
                desk.order_acts.allowed(order.row.source_id),
                _their_ticket(desk, order, last),
            ),
            lambda found: self._came(*found),
            self._shell.trouble,
            owner=self,
            topic="deals",
        )

    def _changed(self, changes: Changes) -> None:
        if changes.areas & _AREAS:
            self.read_again()

    def _came(self, deals: _Deals, allowed: frozenset[ActKind], ticket: TicketId | None) -> None:
        self._ticket, self._allowed = ticket, allowed if self._order.ref else frozenset()
        self._form.setVisible(ticket is not None)
        self._shop.setVisible(bool(self._allowed))
        cases, forms, acts = deals
        to = self._opening
        lines = act_lines(acts[:_MOST], to) + return_lines(cases, to, today())
        self._lines.show_lines(lines + form_lines(forms, to))

    def _new_return(self) -> None:
        self._opening.new_return(self._order, self._ticket)

    def _new_form(self) -> None:
        if self._ticket is not None:
            self._opening.new_form(self._order, self._ticket)

    def _choose_act(self) -> None:
        menu = QMenu(self)
        for kind in ActKind:
            if kind in self._allowed:
                said = act_kind(kind)
                action = menu.addAction(f"{said[:1].upper()}{said[1:]}…")
                action.setData(kind)
                action.triggered.connect(self._begin)
        menu.popup(self._shop.mapToGlobal(QPoint(0, self._shop.height())))

    def _begin(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._opening.new_act(self._order, ActKind(action.data()), self._ticket)


class TicketDeals(QWidget):
    """On a ticket's card: what was begun from it. Hidden where there is nothing."""

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self._ticket: TicketId | None = None
        self._opening = Opening(work, shell, self, self.read_again)
        self._lines = Lines(self.tr("RETURNS AND ORDER WORK"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lines)
        shell.desk_changed.connect(self._changed)
        self.hide()

    def show_ticket(self, ticket: TicketId | None) -> None:
        """That of another ticket; nothing of the last one stays meanwhile."""
        if ticket != self._ticket:
            self.hide()
        self._ticket = ticket
        self.read_again()

    def read_again(self) -> None:
        ticket = self._ticket
        if ticket is not None:
            self._work.ask(
                lambda desk: _of_ticket(desk, ticket),
                self._came,
                self._shell.trouble,
                owner=self,
                lane=LATER,
                topic="deals",
            )

    def _changed(self, changes: Changes) -> None:
        if changes.areas & _AREAS:
            self.read_again()

    def _came(self, deals: _Deals) -> None:
        cases, forms, acts = deals
        to = self._opening
        lines = act_lines(acts[:_MOST], to) + return_lines(cases[:_MOST], to, today())
        lines += form_lines(forms[:_MOST], to)
        self._lines.show_lines(lines)
        self.setVisible(bool(lines))


def _of_order(desk: Desk, order: OrderDetail) -> _Deals:
    one = order.row.id
    return desk.returns.of_order(one), [], desk.order_acts.of_order(one)


def _of_ticket(desk: Desk, ticket: TicketId) -> _Deals:
    return (
        desk.returns.of_ticket(ticket),
        desk.order_forms.of_ticket(ticket),
        desk.order_acts.of_ticket(ticket),
    )


def _their_ticket(desk: Desk, order: OrderDetail, last: TicketId | None) -> TicketId | None:
    if last is None or order.row.customer_id is None:
        return None
    row = desk.tickets.row(last)
    return last if row.customer_id == order.row.customer_id else None
