"""Changes to tickets by staff. Each function runs inside one write and never commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update

from deskapp.domain.entries import Entry, searched
from deskapp.domain.ids import AgentId, CustomerId, MessageId, TicketId
from deskapp.domain.kinds import Direction, EventKind, MailKind, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..rowids import reserve
from ..search import Indexed, index_rows
from ..tables.tickets import event, message, message_body, ticket, ticket_seen
from .entries import put_entry, put_mentions
from .filing import lock_tickets, next_numbers
from .upsert import insert_into


class Happened(NamedTuple):
    """One thing that happened to a ticket, with the message it is about."""

    kind: EventKind
    message_row: int | None = None
    old: str = ""
    new: str = ""
    reason: str = ""


def add_event(
    unit: Unit,
    one: TicketId,
    kind: EventKind,
    at: datetime,
    by: AgentId | None,
    *,
    message_row: int | None = None,
    old: str = "",
    new: str = "",
    reason: str = "",
) -> None:
    """Notes one thing that happened to a ticket."""
    add_events(unit, one, [Happened(kind, message_row, old, new, reason)], at, by)


def add_events(
    unit: Unit, one: TicketId, happened: Sequence[Happened], at: datetime, by: AgentId | None
) -> None:
    """Notes what happened to a ticket at once, in this order."""
    rows = [
        {
            "ticket_id": one,
            "kind": each.kind,
            "at": at,
            "agent_id": by,
            "message_id": each.message_row,
            "old": each.old,
            "new": each.new,
            "reason": each.reason,
        }
        for each in happened
    ]
    unit.connection.execute(insert(event), rows)


def _locked(unit: Unit, one: TicketId) -> Any:
    """The ticket as it is now, kept from other writers until the end of this write."""
    found = select(ticket).where(ticket.c.id == one).with_for_update(key_share=True)
    row = unit.connection.execute(found).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
    return row


def add_note(
    unit: Unit,
    one: TicketId,
    text: str,
    at: datetime,
    by: AgentId | None,
    entry: Entry | None = None,
) -> MessageId:
    """Puts an internal note on a ticket. It never leaves the desk and never is a turn.

    ``entry``: the call or chat it tells of. Whom it calls by name finds it among their mentions.

    On a ticket that was merged meanwhile it goes to the one that lives on.
    """
    one = lock_tickets(unit.connection, {one})[one]
    row = _locked(unit, one)
    [number] = reserve(unit.connection, message, 1)
    unit.connection.execute(
        insert(message),
        {
            "id": number,
            "ticket_id": one,
            "direction": Direction.NOTE,
            "kind": MailKind.HUMAN,
            "at": at,
            "created_at": at,
            "agent_id": by,
        },
    )
    unit.connection.execute(insert(message_body), {"message_id": number, "text": text})
    found_by = text if entry is None else f"{text}\n{searched(entry)}"
    index_rows(unit.connection, [Indexed("message", number, one, found_by)])
    put_mentions(unit, MessageId(number), text, by)
    if entry is not None:
        put_entry(unit, MessageId(number), entry)
    add_event(unit, one, EventKind.NOTED, at, by, message_row=number)
    see_own_words(unit, one, by, MessageId(number))
    unit.connection.execute(
        update(ticket)
        .where(ticket.c.id == one)
        .values(
            updated_at=at,
            newest_message_id=number,
            message_count=row.message_count + 1,
            version=ticket.c.version + 1,
        )
    )
    unit.touched.tickets.add(one)
    return MessageId(number)


def mark_seen(unit: Unit, one: TicketId, by: AgentId, newest: MessageId, at: datetime) -> None:
    """Remembers how far an agent has read; never backwards."""
    statement = insert_into(unit.connection, ticket_seen).values(
        agent_id=by, ticket_id=one, message_id=newest, at=at
    )
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["agent_id", "ticket_id"],
            set_={"message_id": statement.excluded.message_id, "at": statement.excluded.at},
            where=ticket_seen.c.message_id < statement.excluded.message_id,
        )
    )
    unit.touched.own.add((by, one))


def see_own_words(unit: Unit, one: TicketId, by: AgentId | None, number: MessageId) -> None:
    """Who had read all there was before their own message ``number`` has read all there is now.

    To be called before the ticket knows of the message.
    """
    newest = select(ticket.c.newest_message_id).where(ticket.c.id == one).scalar_subquery()
    unit.connection.execute(
        update(ticket_seen)
        .where(ticket_seen.c.agent_id == by, ticket_seen.c.ticket_id == one)
        .where(ticket_seen.c.message_id >= newest)
        .values(message_id=number)
    )


def mark_unseen(unit: Unit, one: TicketId, by: AgentId) -> None:
    """Makes a ticket unread again for an agent."""
    unit.connection.execute(
        delete(ticket_seen).where(ticket_seen.c.agent_id == by, ticket_seen.c.ticket_id == one)
    )
    unit.touched.own.add((by, one))


def create_ticket(
    unit: Unit,
    subject: str,
    customer: CustomerId | None,
    mailbox: int | None,
    at: datetime,
    by: AgentId | None,
    reason: str = "",
) -> TicketId:
    """A ticket with nothing on it yet."""
    [number] = next_numbers(unit.connection, 1)
    [row] = reserve(unit.connection, ticket, 1)
    unit.connection.execute(
        insert(ticket),
        {
            "id": row,
            "number": number,
            "subject": subject,
            "status": TicketStatus.OPEN,
            "customer_id": customer,
            "assignee_id": by,
            "mailbox_id": mailbox,
            "created_at": at,
            "updated_at": at,
        },
    )
    one = TicketId(row)
    index_rows(unit.connection, [Indexed("ticket", row, row, subject)])
    add_event(unit, one, EventKind.CREATED, at, by, reason=reason)
    unit.touched.tickets.add(one)
    return one
