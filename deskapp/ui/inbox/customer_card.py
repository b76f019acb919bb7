"""The card beside the conversation: who it is, what to know, what they ordered, what was before."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import CustomerEdit, CustomerRecord, CustomerRow
from deskapp.domain.problem import Problem
from deskapp.domain.timeline import Happening, TimelineAsk, TimelineEntry, TimelinePage
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .language_chip import LanguageChip
from .orders_part import OrdersPart

_MOST_EARLIER = 6

Shown = tuple[CustomerRecord, TimelinePage]
_TICKETS = TimelineAsk((Happening.TICKET,), limit=_MOST_EARLIER + 1)


class CustomerCard(QWidget):
    """Read when a ticket is opened, and again when its customer or the orders change.

    ``orders`` stays while the parts above and below it are made anew.
    """

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Customer and orders"))
        self._work, self._shell = work, shell
        self._customer: CustomerId | None = None
        self._ticket: TicketId | None = None
        self._language = ""
        self.orders = OrdersPart(work, shell)
        self.orders.all_wanted.connect(self._open_record)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._area = QScrollArea()
        self._area.setAccessibleName(self.accessibleName())
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
            return
        if not same:
            self._stated.show_loading()
        self.read_again()

    def read_again(self) -> None:
        customer = self._customer
        if customer is None:
            return
        self.orders.show_customer(customer, self._ticket, self._language)
        self._work.ask(
            lambda desk: (
                desk.customers.record(customer),
                desk.customers.timeline(customer, _TICKETS),
            ),
            self._came,
            self._failed,
            owner=self,
            topic="card",
        )

    def _failed(self, problem: Problem) -> None:
        self._stated.show_problem(problem, self.read_again)

    def _came(self, shown: Shown) -> None:
        record, tickets = shown
        for part in (self._above, self._below):
            clear(part)
        self._add_who(self._above, record)
        self._add_contact(self._above, record)
        self._add_earlier(self._below, tickets)
        self.orders.speak(record.row.language or self._language)
        self._stated.show_content()
        self._shell.ask_shops_about(record)

    def _add_who(self, column: QVBoxLayout, record: CustomerRecord) -> None:
        row = record.row
        name = ElidedLabel(size="card")
        name.say(row.name or row.email, row.language)
        since = self.tr("customer since {date}").replace("{date}", str(row.created_at.year))
        orders = self.tr("%n order(s)", "", row.order_count)
        tickets = self.tr("%n ticket(s)", "", row.ticket_count)
        column.addWidget(name)
        column.addWidget(ElidedLabel(f"{since} · {orders} · {tickets}", tone="muted"))
        if row.must_know:
            known = Card("note", "note_edge")
            inner = QVBoxLayout(known)
            inner.setContentsMargins(12, 7, 8, 7)
            inner.addWidget(label(row.must_know, wrap=True))
            column.addSpacing(4)
            column.addWidget(known)

    def _add_contact(self, column: QVBoxLayout, record: CustomerRecord) -> None:
        names = {
            ContactKind.MAIL: self.tr("Mail"),
            ContactKind.PHONE: self.tr("Phone"),
            ContactKind.HANDLE: self.tr("Handle"),
            ContactKind.POSTAL: self.tr("Address"),
        }
        facts = [(names[one.kind], " ".join(one.value.split())) for one in record.contacts]
        facts.append((self.tr("Company"), record.company))
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, 68)
        grid.setColumnStretch(1, 1)
        before = ""
        for line, (name, value) in enumerate(fact for fact in facts if fact[1]):
            grid.addWidget(label("" if name == before else name, tone="muted"), line, 0)
            shown = ElidedLabel(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, line, 1)
            before = name
        chip = LanguageChip(record.row.language)
        chip.chosen.connect(self._choose_language)
        grid.addWidget(label(self.tr("Language"), tone="muted"), grid.rowCount(), 0)
        grid.addWidget(chip, grid.rowCount() - 1, 1, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(grid)
        opens = push_button(self.tr("Open record"), self._open_record, kind="link")
        column.addWidget(opens, 0, Qt.AlignmentFlag.AlignLeft)

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
