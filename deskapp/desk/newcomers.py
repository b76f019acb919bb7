"""What becomes of somebody who writes on a ticket and is not its customer: staff decide."""

from deskapp.data.database import Unit
from deskapp.data.queries.contacts_write import insert_contact
from deskapp.data.queries.customer_merge import merge_customers
from deskapp.data.queries.filing import lock_tickets
from deskapp.data.queries.participants import admit, give_to, messages_from, welcome
from deskapp.data.queries.people_write import ensure_customers
from deskapp.data.queries.ticket_lists import customer_of
from deskapp.data.queries.ticket_split import split_ticket
from deskapp.data.queries.ticket_write import add_event
from deskapp.domain.contact import is_mail_address
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.kinds import ContactKind, EventKind
from deskapp.domain.mail import Address
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .roles import refuse_junior
from .undo_moves import note_moves


class Newcomers:
    """The four answers to "who is this?". Each is one write with an event in the history.

    A ticket that was merged away meanwhile stands for the one it lives on in.
    ``Problem(INVALID, what="address")`` for what is no mail address; NOT_ALLOWED
    (what="junior_joins") where records would be merged or a ticket split.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, ticket: TicketId, who: Address) -> None:
        """They take part from now on: their answers join without a mark. The customer stays."""
        with self._context.database.writing() as unit:
            one = _here(unit, ticket)
            at, by = self._context.now(), self._context.agent
            admit(unit, one, [_checked(who).key], at, by)
            add_event(unit, one, EventKind.ADMITTED, at, by, new=who.address)

    def make_customer(self, ticket: TicketId, who: Address) -> CustomerId:
        """The ticket is theirs; whose it was still takes part."""
        with self._context.database.writing() as unit:
            at, by = self._context.now(), self._context.agent
            owner = self._owner(unit, who)  # customers before tickets, as a merge takes them
            give_to(unit, _here(unit, ticket), owner, at, by)
            return owner

    def same_person(self, ticket: TicketId, who: Address) -> CustomerId:
        """It is the customer with another address: the records become one, ``unmerge`` undoes it.

        On a ticket without a customer they become it.
        """
        with self._context.database.writing() as unit:
            at, by = self._context.now(), self._context.agent
            kept = customer_of(unit.connection, ticket)
            if kept is not None:
                self._join_records(unit, kept, who)
            else:
                kept = self._owner(unit, who)
            one = _here(unit, ticket)
            give_to(unit, one, kept, at, by)
            welcome(unit, one, {who.key})
            add_event(unit, one, EventKind.SAME_PERSON, at, by, new=who.address)
            return kept

    def separate(self, ticket: TicketId, who: Address) -> TicketId:
        """All they wrote goes to a ticket of their own; an act that can be undone.

        ``Problem(INVALID, what="split")`` where that is all there is on the ticket.
        """
        with self._context.database.writing() as unit:
            at, by = self._context.now(), self._context.agent
            refuse_junior(unit.connection, by, "junior_joins")
            owner = self._owner(unit, who)
            one = _here(unit, ticket)
            theirs = messages_from(unit.connection, one, who)
            made, move = split_ticket(unit, one, theirs, at, by)
            give_to(unit, made, owner, at, by)
            note_moves(self._context, unit, [move])
            return made

    def _owner(self, unit: Unit, who: Address) -> CustomerId:
        person = Address(one_line(_checked(who).name), who.address)
        return ensure_customers(unit, [(person, "")], self._context.now())[who.key]

    def _join_records(self, unit: Unit, kept: CustomerId, who: Address) -> None:
        at, by = self._context.now(), self._context.agent
        try:
            insert_contact(unit, kept, ContactKind.MAIL, _checked(who).address, at)
        except Problem as problem:
            if problem.kind is not ProblemKind.DUPLICATE:
                raise
            other = CustomerId(int(str(problem.details["customer"])))
            if other != kept:
                refuse_junior(unit.connection, by, "junior_joins")
                merge_customers(unit, kept, other, at, by)


def _checked(who: Address) -> Address:
    if not is_mail_address(who.address):
        raise Problem(ProblemKind.INVALID, what="address", value=who.address)
    return who


def _here(unit: Unit, ticket: TicketId) -> TicketId:
    return lock_tickets(unit.connection, {ticket})[ticket]
