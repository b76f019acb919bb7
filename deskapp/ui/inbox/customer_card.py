"""The card beside the conversation: who it is, what to know, what they ordered, what was before."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.people import CustomerEdit, CustomerRecord, CustomerRow
from deskapp.domain.problem import Problem
from deskapp.domain.timeline import Happening, TimelineAsk, TimelineEntry, TimelinePage
from deskapp.ui import text, words
from deskapp.ui.customers.axis import go_to
from deskapp.ui.order_work.deals import TicketDeals
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.pieces.states import Stated
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .orders_part import OrdersPart
from .who_part import Beside, WhoPart

_MOST_EARLIER = 6

_TICKETS = TimelineAsk((Happening.TICKET,), limit=_MOST_EARLIER + 1)


class CustomerCard(QWidget):
    """Read when a ticket is opened, and again when its customer or the orders change.

    ``orders`` stays while the parts above and below it are made anew. ``known`` carries the
    CustomerRecord that is shown, None for nobody.
    """

    known = Signal(object)

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Customer and orders"))
        self._work, self._shell = work, shell
        self.again = ReadAgain(self, 0.0)  # for what others changed
        self.again.due.connect(self.read_again)
        self._customer: CustomerId | None = None
        self._ticket: TicketId | None = None
        self._language = ""
        self.orders = OrdersPart(work, shell)
        self.orders.all_wanted.connect(self._open_record)
        self.orders.refresh_wanted.connect(self._ask_again)
        self._record: CustomerRecord | None = None
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._area = QScrollArea()
        self._area.setAccessibleName(self.accessibleName())
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._deals = TicketDeals(work, shell)
        self._area.setWidget(self._page())
        self._stated = Stated(self._area, row_height=60)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stated)
        self.show_customer(None, None)

    @property
    def customer(self) -> CustomerId | None:
        return self._customer

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "window")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        for part in (self._above, self._below):
            part.setSpacing(4)
        column.addLayout(self._above)
        column.addWidget(self.orders)
        column.addWidget(self._deals)
        column.addLayout(self._below)
        column.addStretch(1)
        return page

    def show_customer(
        self, customer: CustomerId | None, ticket: TicketId | None, language: str = ""
    ) -> None:
        """``ticket`` is the one that is open, left out of the earlier ones; ``language`` is that
        of its mails."""
        same = customer == self._customer and ticket == self._ticket
        self._customer, self._ticket, self._language = customer, ticket, language
        if customer is None:
            said = self.tr("A ticket's customer and orders stand here.")
            self._stated.show_words("", said)
            self.known.emit(None)
            return
        if not same:
            self._stated.show_loading()
            self.known.emit(None)
        self.read_again()

    def read_again(self) -> None:
        customer = self._customer
        if customer is None:
            return
        self.orders.show_customer(customer, self._ticket, self._language)
        self._deals.show_ticket(self._ticket)
        self.again.asked()
        self._work.ask(
            lambda desk: _read(desk, customer),
            self._came,
            self._failed,
            owner=self,
            topic="card",
        )

    def _failed(self, problem: Problem) -> None:
        self.again.answered()
        self._stated.show_problem(problem, self.read_again)

    def _came(self, shown: Beside) -> None:
        self.again.answered()
        record = shown.record
        self._record = record
        for part in (self._above, self._below):
            clear(part)
        self._add_who(self._above, shown)
        self._add_earlier(self._below, shown.tickets)
        self.orders.speak(record.row.language or self._language)
        self._stated.show_content()
        self.known.emit(record)
        self._shell.ask_shops_about(record)

    def _ask_again(self) -> None:
        if self._record is not None:
            self._shell.ask_shops_about(self._record, again=True)

    def _add_who(self, column: QVBoxLayout, shown: Beside) -> None:
        who = WhoPart(shown)
        who.language_chosen.connect(self._choose_language)
        who.record_wanted.connect(self._open_record)
        who.company_wanted.connect(partial(self._shell.open_company, shown.record.company_id))
        who.opened.connect(partial(go_to, self._shell))
        column.addWidget(who)

    def _choose_language(self, language: str) -> None:
        customer = self._customer
        if customer is not None:
            self._work.do(
                lambda desk: desk.customers.edit(customer, CustomerEdit(language=language)),
                self._language_kept,
                self._shell.trouble,
                owner=self,
            )

    def _language_kept(self, _row: CustomerRow) -> None:
        self.read_again()

    def _add_earlier(self, column: QVBoxLayout, tickets: TimelinePage) -> None:
        earlier = [entry for entry in tickets.entries if entry.ticket_id != self._ticket]
        column.addWidget(label(self.tr("EARLIER"), size="group"))
        if not earlier:
            column.addWidget(label(self.tr("This is their first ticket."), tone="muted"))
        for entry in earlier[:_MOST_EARLIER]:
            column.addWidget(EarlierTicket(entry, self._shell))

    def _open_record(self) -> None:
        self._shell.open_customer(self._customer)


def _read(desk: Desk, customer: CustomerId) -> Beside:
    record = desk.customers.record(customer)
    one = record.row.id
    tickets = desk.customers.timeline(one, _TICKETS)
    return Beside(record, tickets, desk.customers.promises(one), desk.customers.contacted(one))


class EarlierTicket(ElidedLabel):
    """One earlier ticket in a line; a click or Enter opens it."""

    def __init__(self, entry: TimelineEntry, shell: ShellActions) -> None:
        status = words.status(entry.status).lower() if entry.status else ""
        when = text.day(entry.at, datetime.now(UTC))
        shown = " · ".join(part for part in (when, entry.title, status) if part)
        super().__init__(shown, tone="muted")
        self._entry, self._shell = entry, shell
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
            return
        super().keyPressEvent(event)

    def _open(self) -> None:
        if self._entry.ticket_id is not None:
            self._shell.open_ticket(self._entry.ticket_id)
