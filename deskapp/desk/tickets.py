"""Ticket work: lists, an opened conversation, and what staff do to a ticket."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from deskapp.data.database import Connection, Unit
from deskapp.data.queries import ticket_lists, ticket_write
from deskapp.data.queries.absences import with_stand_ins
from deskapp.data.queries.asks import heir_of, linked_tickets, with_asks
from deskapp.data.queries.beside import beside
from deskapp.data.queries.conversations import (
    events_of,
    messages_of,
)
from deskapp.data.queries.drafts_of_others import drafts_of_others
from deskapp.data.queries.filing import lock_tickets
from deskapp.data.queries.participants import give_to
from deskapp.data.queries.parts import parts
from deskapp.data.queries.people_write import ensure_customers
from deskapp.data.queries.tags import tag_names
from deskapp.data.queries.ticket_edit import By, edit_ticket, edit_tickets
from deskapp.data.queries.ticket_links import links_of
from deskapp.data.queries.ticket_merge import merge_tickets
from deskapp.data.queries.ticket_moves import standing_moves
from deskapp.data.queries.ticket_order import sorted_ids
from deskapp.data.queries.ticket_split import move_to_ticket, split_ticket
from deskapp.domain.contact import is_mail_address
from deskapp.domain.entries import Entry, checked
from deskapp.domain.given import with_given
from deskapp.domain.ids import ActId, CustomerId, MailboxId, MessageId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.list_order import ListOrder
from deskapp.domain.mail import Address
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OthersDraft
from deskapp.domain.side_threads import with_people
from deskapp.domain.tickets import Conversation, TicketEdit, TicketRow, ViewCount
from deskapp.domain.undoing import ActKind

from .giving_out import give_out_moved
from .roles import refuse_junior
from .ticket_files import TicketFiles
from .undo import note as note_act
from .undo_moves import note_moves

if TYPE_CHECKING:
    from .seen_edits import SeenEdits

MANY = 500  # tickets of one write when many are changed at once


class Tickets(TicketFiles):
    """The tickets of a desk, as the acting agent sees and changes them."""

    @cached_property
    def as_seen(self) -> "SeenEdits":
        """Edits that overwrite nothing which the person has not seen."""
        from .seen_edits import SeenEdits

        return SeenEdits(self._context)

    def view_ids(
        self, view: str, limit: int | None = None, order: ListOrder | None = None
    ) -> list[TicketId]:
        """A view's tickets in list order, or in one's own. ``Problem(NOT_FOUND)``: no such view."""
        return cast(list[TicketId], self.view_list(view, limit, order).tolist())

    def view_list(
        self, view: str, limit: int | None = None, order: ListOrder | None = None
    ) -> "array[int]":
        """The same as ``view_ids`` for many thousands: what a window's list is made of."""
        with self._database.reading() as connection:
            by, now = self._context.agent, self._context.now()
            return ticket_lists.view_ids(connection, view, by, now, limit, order)

    def sorted(self, ids: Sequence[TicketId], order: ListOrder) -> list[TicketId]:
        """What a search found in a person's own order."""
        with self._database.reading() as connection:
            return sorted_ids(connection, ids, order)

    def rows(self, ids: Sequence[TicketId]) -> list[TicketRow]:
        """The rows of a page, in the order asked."""
        with self._database.reading() as connection:
            return self._rows(connection, ids)

    def _rows(self, connection: Connection, ids: Sequence[TicketId]) -> list[TicketRow]:
        rows = ticket_lists.ticket_rows(connection, ids, self._context.agent)
        return with_stand_ins(connection, rows, self._context.now())

    def row(self, one: TicketId) -> TicketRow:
        """One ticket's. ``Problem(NOT_FOUND)`` when it is gone."""
        found = self.rows([one])
        if not found:
            raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
        return found[0]

    def counts(self) -> tuple[ViewCount, ...]:
        """How many tickets each view has for the acting agent."""
        with self._database.reading() as connection:
            return ticket_lists.counts(connection, self._context.agent, self._context.now())

    def by_number(self, number: int) -> TicketId:
        with self._database.reading() as connection:
            return ticket_lists.id_of_number(connection, number)

    def conversation(self, one: TicketId) -> Conversation:
        """A ticket opened, in one state of the desk."""
        with self._database.reading() as connection:
            has = beside(connection, one, self._context.agent)
            rows = ticket_lists.ticket_rows(connection, [one], self._context.agent, has)
            if not rows:
                raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
            rows = with_stand_ins(connection, rows, self._context.now())
            there = with_people(messages_of(connection, one, has))
            follows, followed_by = linked_tickets(connection, one) if has.follows else (None, ())
            events = events_of(connection, one)
            return Conversation(
                rows[0],
                with_given(with_asks(connection, rows[0], there), events),
                events,
                follows,
                followed_by,
                has.seen,
                links_of(connection, one) if has.joined else (),
                standing_moves(connection, one) if has.joined else (),
                heir_of(connection, one) if rows[0].status is TicketStatus.MERGED else None,
            )

    def drafts_of_others(self, one: TicketId) -> tuple[OthersDraft, ...]:
        """What colleagues are writing on a ticket and have not sent."""
        with self._database.reading() as connection:
            return drafts_of_others(connection, one, self._context.agent)

    def edit(self, one: TicketId, edit: TicketEdit, version: int | None = None) -> TicketRow:
        """Changes a ticket; stale ``version`` is ``Problem(CHANGED_MEANWHILE)``."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            edit_ticket(unit, one, plain_edit(edit), at, by, version)
            give_out_moved(unit, edit, at)
            note_act(self._context, unit, ActKind.EDIT)
            # Here and not after: a line that breaks behind the write would make it look undone.
            [row] = self._rows(unit.connection, [one])
        return row

    def edit_many(self, ids: Sequence[TicketId], edit: TicketEdit) -> int:
        """Changes many tickets the same way, a bounded number in each write; how many.

        One act, taken back in one. Left as they are: those merged away meanwhile, and those that
        have ended when others are put aside.
        """
        changed, act = 0, None
        for part in parts(ids, MANY):
            more, act = self.edit_part(part, edit, act)
            changed += more
        return changed

    def edit_part(
        self, ids: Sequence[TicketId], edit: TicketEdit, act: ActId | None = None
    ) -> tuple[int, ActId | None]:
        """One short write of a long edit: how many changed, and the act to go on with."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            changed = edit_tickets(unit, ids, plain_edit(edit), By(at, by))
            give_out_moved(unit, edit, at)
            return changed, note_act(self._context, unit, ActKind.EDIT, goes_on=act)

    def note(self, one: TicketId, text: str, entry: Entry | None = None) -> MessageId:
        """Puts an internal note on a ticket, or tells of a call or chat.

        ``Problem(EMPTY)`` when there is neither text nor entry.
        """
        text = plain_text(text)
        if not text.strip() and entry is None:
            raise Problem(ProblemKind.EMPTY, what="note")
        with self._database.writing() as unit:
            at, by = self._context.now(), self._context.agent
            told = None if entry is None else checked(entry)
            return ticket_write.add_note(unit, one, text, at, by, told)

    def seen(self, one: TicketId, newest: MessageId) -> None:
        """Marks a ticket read up to a message, for the acting agent."""
        if self._context.agent is None:
            return
        with self._database.writing() as unit:
            at, by = self._context.now(), self._context.agent
            ticket_write.mark_seen(unit, one, by, newest, at)

    def unseen(self, one: TicketId) -> None:
        """Marks a ticket unread for the acting agent."""
        if self._context.agent is not None:
            with self._database.writing() as unit:
                ticket_write.mark_unseen(unit, one, self._context.agent)

    def tags(self) -> tuple[str, ...]:
        """All tags of the desk by name."""
        with self._database.reading() as connection:
            return tag_names(connection)

    def merge(self, source: TicketId, into: TicketId) -> None:
        """Moves everything of ``source`` to ``into``; each message keeps its own origin."""
        self.merge_many([source], into)

    def merge_many(self, sources: Sequence[TicketId], into: TicketId) -> list[TicketId]:
        """Merges several into one, all or none; the ids of all, the one that stays first.

        As ``split`` and ``move`` no junior's: Problem NOT_ALLOWED, what="junior_joins"."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            refuse_junior(unit.connection, by, "junior_joins")
            lock_tickets(unit.connection, {*sources, into})  # all in one order, against deadlocks
            note_moves(
                self._context,
                unit,
                [merge_tickets(unit, source, into, at, by) for source in sources],
            )
        return [into, *sources]

    def split(
        self,
        one: TicketId,
        messages: Sequence[MessageId],
        subject: str = "",
        customer: Address | None = None,
    ) -> TicketId:
        """Moves chosen messages to a new ticket and returns it. ``customer``: whose it is, if not
        the same person's; whose it was takes part."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            refuse_junior(unit.connection, by, "junior_joins")
            # Customers before tickets, as a merge of customers locks them.
            owner = None if customer is None else person_for(unit, customer, at)
            new, move = split_ticket(unit, one, messages, at, by, one_line(subject))
            if owner is not None:
                give_to(unit, new, owner, at, by)
            note_moves(self._context, unit, [move])
            return new

    def move(self, one: TicketId, messages: Sequence[MessageId], to: TicketId) -> None:
        """Moves chosen messages to another ticket."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            refuse_junior(unit.connection, by, "junior_joins")
            move = move_to_ticket(unit, one, messages, to, at, by)
            note_moves(self._context, unit, [move])

    def new_ticket(self, customer: Address, subject: str, mailbox: MailboxId | None) -> TicketId:
        """A ticket we begin ourselves, assigned to the acting agent.

        ``Problem(INVALID, what="recipient")`` for what is no mail address.
        """
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            person = person_for(unit, customer, at)
            return ticket_write.create_ticket(
                unit, one_line(subject), person, mailbox, at, by, "written"
            )


def person_for(unit: Unit, written: Address, at: datetime) -> CustomerId:
    """The customer with an address that a person wrote, made if there is none.

    ``Problem(INVALID, what="recipient")`` for what is no mail address.
    """
    if not is_mail_address(written.address):
        raise Problem(ProblemKind.INVALID, what="recipient", value=written.address)
    person = Address(one_line(written.name), written.address)
    return ensure_customers(unit, [(person, "")], at)[person.key]


def plain_edit(edit: TicketEdit) -> TicketEdit:
    """What a person typed into one-line fields, as every database keeps it."""
    return replace(
        edit,
        subject=None if edit.subject is None else one_line(edit.subject),
        add_tags=tuple(map(one_line, edit.add_tags)),
        remove_tags=tuple(map(one_line, edit.remove_tags)),
    )
