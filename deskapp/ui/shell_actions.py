"""What a page may ask of the window around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from deskapp.domain.ids import CannedId, OrderId, TicketId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.links import MailLink
from deskapp.domain.order_sources import LookUp, ShopQuestion
from deskapp.domain.orders import OrderKey
from deskapp.domain.people import CustomerRecord
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.stale import Clash
from deskapp.domain.tickets import TicketEdit, TicketRow

from .colleagues import Colleagues
from .outside import Outside
from .remembered import Remembered

MOST_ASKED = 4  # contacts of one customer that shops are asked for at once


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """One edit of more tickets than one write does. ``then`` is called when it ended, with what
    was left because others had set it after ``seen``: the rows that were here to be seen."""

    tickets: Sequence[TicketId]
    edit: TicketEdit
    then: Callable[[Sequence[Clash]], object]
    seen: Sequence[TicketRow] = ()


@dataclass(frozen=True, slots=True)
class BulkReply:
    """One canned reply to the customers of all these tickets, so many in a minute."""

    tickets: Sequence[TicketId]
    canned: CannedId
    per_minute: int


class ShellActions(QObject):
    """Requests from pages; the shell listens. Ids are carried as objects.

    ``remembered`` keeps what a page wants to find again at the next start; ``outside`` is what
    other rooms lend to the pages, set by the composition root before they are shown.
    ``colleagues`` knows who else is on which ticket.
    ``last_ticket`` is the one opened last, for pages that show something by its example.
    """

    ticket_wanted = Signal(object)  # TicketId
    ticket_window_wanted = Signal(object)  # TicketId
    customer_wanted = Signal(object)  # CustomerId
    customer_window_wanted = Signal(object)  # CustomerId
    company_wanted = Signal(object)  # CompanyId
    canned_wanted = Signal(object)  # CannedId
    order_wanted = Signal(object)  # OrderId, or a number as the customer spelt it
    page_wanted = Signal(str)  # a name of pages.PAGES
    search_left = Signal(object)  # a page that shows something else now than was searched for
    mail_wanted = Signal(object)  # MailLink: an address in a mail that somebody wants to write to
    shops_asked = Signal(object, bool)  # a tuple of ShopQuestion; also what was asked just now
    bulk_wanted = Signal(object)  # BulkEdit
    bulk_reply_wanted = Signal(object)  # BulkReply
    approvals_wanted = Signal(object)  # ApprovalId of a reply to be shown, or None
    review_wanted = Signal(object)  # ApprovalRow of a reply to be edited on its ticket
    told = Signal(str)  # a sentence for the status line
    did = Signal(str)  # a sentence about what was just done and can be undone
    troubled = Signal(object)  # Problem
    settings_changed = Signal(object)  # Settings of this person
    desk_changed = Signal(object)  # Changes, passed on from the Bridge

    def __init__(self, remembered: Remembered, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.remembered = remembered
        self.outside = Outside()
        self.last_ticket: TicketId | None = None
        self.colleagues = Colleagues(self)

    def open_ticket(self, ticket: object) -> None:
        """Shows a ticket in the Inbox."""
        self.ticket_wanted.emit(ticket)

    def open_ticket_window(self, ticket: object) -> None:
        """Shows a ticket in a window of its own."""
        self.ticket_window_wanted.emit(ticket)

    def open_customer(self, customer: object) -> None:
        """Shows a customer's record."""
        self.customer_wanted.emit(customer)

    def open_customer_window(self, customer: object) -> None:
        """Shows a customer's record in a window of its own."""
        self.customer_window_wanted.emit(customer)

    def open_company(self, company: object) -> None:
        """Shows a company with its people in a window of its own."""
        self.company_wanted.emit(company)

    def open_canned(self, canned: object) -> None:
        """Shows a canned reply in its own window's page."""
        self.canned_wanted.emit(canned)

    def open_order(self, order: OrderId | str) -> None:
        """Shows an order, or looks one up by its number."""
        self.order_wanted.emit(order)

    def ask_shops(self, *questions: ShopQuestion, again: bool = False) -> None:
        """Has the engine ask the shops. Nobody waits: what they know comes as a change, and the
        Bridge's ``engine_news`` tells "orders_looked_up" when they have answered.

        The same is asked at most once in a few minutes, unless a person wants it ``again``.
        """
        if questions:
            self.shops_asked.emit(questions, again)

    def ask_shops_about(self, record: CustomerRecord, *, again: bool = False) -> None:
        """What the shops know of a customer, by the mail addresses and phones of the record."""
        keys = {ContactKind.MAIL: OrderKey.MAIL, ContactKind.PHONE: OrderKey.PHONE}
        found = [LookUp(keys[one.kind], one.value) for one in record.contacts if one.kind in keys]
        self.ask_shops(*found[:MOST_ASKED], again=again)

    def write_mail(self, link: MailLink) -> None:
        """Begins a new ticket to the address of a mailto: link."""
        self.mail_wanted.emit(link)

    def open_page(self, name: str) -> None:
        self.page_wanted.emit(name)

    def keep_settings(self) -> bool:
        """Tells everybody of this person's settings and saves them.

        Where they cannot be written they hold until the program ends, and False comes back.
        """
        settings = self.outside.settings
        self.settings_changed.emit(settings)
        try:
            settings.save()
        except OSError as error:
            path = str(error.filename or "")
            self.trouble(Problem(ProblemKind.READ_ONLY, path=path or None))
            return False
        return True

    def edit_many(self, bulk: BulkEdit) -> None:
        """Changes very many tickets, with progress and a way to stop."""
        self.bulk_wanted.emit(bulk)

    def tell(self, sentence: str) -> None:
        """Something went well; said for some seconds at the bottom and to screen readers."""
        self.told.emit(sentence)

    def tell_done(self, sentence: str) -> None:
        """What was just done, in words of its own; they stand beside its undo."""
        self.did.emit(sentence)

    def trouble(self, problem: object) -> None:
        """A Problem that stopped what was just asked for."""
        self.troubled.emit(problem)
