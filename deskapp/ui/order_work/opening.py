"""Opens the windows of return cases, forms and acts over a page, from wherever they are named."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import OrderActId, OrderFormId, OrderId, ReturnId, TicketId
from deskapp.domain.order_acts import ActKind
from deskapp.domain.order_forms import OrderForm
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.return_cases import ReturnCase
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .act_form import ActForm
from .act_sheet import ActSheet
from .days import today
from .new_return import Gone, NewReturn
from .order_form_dialog import OrderFormDialog
from .return_dialog import ReturnSheet

_Case = tuple[ReturnCase, OrderDetail | None, Gone, bool]
_Form = tuple[OrderForm, OrderDetail | None]


class Opening(QObject):
    """``parent`` is the page; ``changed`` is called when something was saved."""

    def __init__(
        self,
        work: Work,
        shell: ShellActions,
        parent: QWidget,
        changed: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._page, self._changed = parent, changed

    def new_return(self, order: OrderDetail | None, ticket: TicketId | None) -> None:
        """Begins a case about an order, or on a ticket alone."""
        if order is None:
            self._show_new(None, ticket, {})
            return
        one = order.row.id
        self._work.ask(
            lambda desk: desk.returns.left(one),
            lambda gone: self._show_new(order, ticket, gone),
            self._shell.trouble,
            owner=self,
            topic="return",
        )

    def open_return(self, case: ReturnId) -> None:
        """A case that is there."""
        self._work.ask(
            lambda desk: _case(desk, case),
            self._show_case,
            self._shell.trouble,
            owner=self,
            topic="return",
        )

    def new_form(self, order: OrderDetail | None, ticket: TicketId) -> None:
        """Begins a form on a ticket."""
        dialog = OrderFormDialog(self._work, ticket, order, None, self._page)
        dialog.saved.connect(self._changed)
        dialog.open()

    def open_form(self, form: OrderFormId) -> None:
        """A form that is there."""
        self._work.ask(
            lambda desk: _form(desk, form),
            self._show_form,
            self._shell.trouble,
            owner=self,
            topic="form",
        )

    def new_act(self, order: OrderDetail, kind: ActKind, ticket: TicketId | None) -> None:
        """Asks what is to be done, and then the shop what would happen."""
        dialog = ActForm(self._work, order, kind, ticket, self._page)
        dialog.wanted.connect(self.open_act)
        dialog.open()

    def open_act(self, act: object) -> None:
        """An act that is there."""
        sheet = ActSheet(self._work, self._shell, OrderActId(int(str(act))), self._page)
        sheet.finished.connect(self._changed)
        sheet.open()

    def _show_new(self, order: OrderDetail | None, ticket: TicketId | None, gone: Gone) -> None:
        dialog = NewReturn(self._work, order, ticket, gone, today(), self._page)
        dialog.made.connect(self._changed)
        dialog.open()

    def _show_case(self, found: _Case) -> None:
        case, order, gone, back = found
        lines = order.lines if order else ()
        sheet = ReturnSheet(
            self._work, case, lines, gone, today(), can_take_back=back, parent=self._page
        )
        sheet.saved.connect(self._changed)
        sheet.open()

    def _show_form(self, found: _Form) -> None:
        form, order = found
        dialog = OrderFormDialog(self._work, form.ticket_id, order, form, self._page)
        dialog.saved.connect(self._changed)
        dialog.open()


def _case(desk: Desk, one: ReturnId) -> _Case:
    case = desk.returns.get(one)
    order = _order(desk, case.order_id)
    gone = desk.returns.left(case.order_id, one) if case.order_id is not None else {}
    return case, order, gone, desk.returns.can_take_back(one)


def _form(desk: Desk, one: OrderFormId) -> _Form:
    form = desk.order_forms.get(one)
    return form, _order(desk, form.text.order_id)


def _order(desk: Desk, one: OrderId | None) -> OrderDetail | None:
    return None if one is None else desk.orders.detail(one)
