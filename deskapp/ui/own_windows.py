"""The windows beside the main one: pages and tickets, where they stood when they were closed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar, QWidget
from shiboken6 import isValid

from deskapp.domain.ids import CompanyId, CustomerId, TicketId

from .bridge import Bridge
from .keys.watch import KeyWatch
from .line_watch import LineWatch
from .own_window import OwnWindow
from .pages import PAGES, make_page
from .shell_actions import ShellActions
from .work import Work

_PAGE_SIZE, _TICKET_SIZE, _CUSTOMER_SIZE = (1100, 760), (1040, 780), (820, 780)
_STEP = 28  # pixels that a window stands beside one that would be hidden behind it


class OwnWindows(QObject):
    """Of each page as many windows as are asked for, of each ticket one. ``lend`` gives a window
    what acts everywhere."""

    def __init__(
        self,
        work: Work,
        bridge: Bridge,
        shell: ShellActions,
        title: str,
        lend: Callable[[QMainWindow], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._lend = lend
        self._work, self._bridge, self._shell, self._title = work, bridge, shell, title
        self._open: list[OwnWindow] = []
        self.line: LineWatch | None = None
        shell.customer_window_wanted.connect(self.open_customer)
        shell.company_wanted.connect(self.open_company)

    def open_page(self, name: str) -> OwnWindow:
        """A second page of that kind."""
        page = make_page(name, self._work, self._bridge, self._shell)
        shown = PAGES[name].name_shown
        return self._show(page, f"own/{name}", shown, shown, _PAGE_SIZE)

    def open_ticket(self, ticket: TicketId) -> OwnWindow:
        """The ticket's window; the one it has comes to the front."""
        from .inbox.ticket_pane import TicketPane

        for window in self.all():
            pane = window.centralWidget()
            if isinstance(pane, TicketPane) and pane.ticket == ticket:
                window.raise_()
                window.activateWindow()
                return window
        made = TicketPane(self._work, self._bridge, self._shell, ticket)
        shown = self.tr("Ticket")
        window = self._show(made, "own/ticket", shown, shown, _TICKET_SIZE)
        made.titled.connect(window.setWindowTitle)
        return window

    def open_customer(self, customer: CustomerId) -> OwnWindow:
        """A customer's record without the list of all."""
        from .customers.page import CustomersPage

        page = CustomersPage(self._work, self._bridge, self._shell)
        page.show_alone(customer)
        shown = self.tr("Customer")
        return self._show(page, "own/customer", shown, shown, _CUSTOMER_SIZE)

    def open_company(self, company: CompanyId) -> OwnWindow:
        """A company with its people and what happened with all of them."""
        from .customers.company_pane import CompanyPane

        pane = CompanyPane(self._work, self._bridge, self._shell, company)
        shown = self.tr("Company")
        window = self._show(pane, "own/company", shown, shown, _CUSTOMER_SIZE)
        pane.titled.connect(window.setWindowTitle)
        return window

    def all(self) -> list[OwnWindow]:
        """Those that are open."""
        self._open = [window for window in self._open if isValid(window)]
        return list(self._open)

    def close_all(self) -> None:
        for window in self.all():
            window.close()

    def _show(
        self, page: QWidget, name: str, menu: str, title: str, size: tuple[int, int]
    ) -> OwnWindow:
        remembered = self._shell.remembered
        window = OwnWindow(page, f"{title} – {self._title}", name, remembered)
        if callable(fill := getattr(page, "fill_menu", None)):
            _fill(window.menuBar(), menu, fill)
        self._lend(window)
        if self.line is not None:
            window.tell_of(self.line)
        KeyWatch(window)
        if not remembered.place_window(name, window):
            window.resize(*size)
        taken = {one.pos() for one in self.all()} if self._open else set()
        while window.pos() in taken:
            window.move(window.pos() + QPoint(_STEP, _STEP))
        self._open.append(window)
        window.show()
        return window


def with_keyboard(main: QMainWindow) -> QMainWindow:
    """The window of its own that has the keyboard, else the main one."""
    active = QApplication.activeWindow()
    return active if isinstance(active, OwnWindow) else main


def _fill(bar: QMenuBar, title: str, fill: Callable[..., object]) -> None:
    fill(bar.addMenu(title))
