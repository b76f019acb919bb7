"""Changes to tickets by staff. Each function runs inside one write and never commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from deskapp.domain.folding import fold
from deskapp.domain.ids import AgentId, CustomerId, MessageId, TicketId
from deskapp.domain.kinds import Direction, EventKind, MailKind, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from ..database import Unit
from ..rowids import reserve
from ..search import Indexed, index_rows
from ..tables.people import agent
from ..tables.replies import outbox
from ..tables.search import search_row
from ..tables.tickets import event, message, message_body, tag, ticket, ticket_seen, ticket_tag
from .filing import lock_tickets, next_numbers
from .snoozes import snooze_edit, wake_due
from .ticket_standing import waiting_with
from .upsert import insert_into


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
    unit.connection.execute(
        insert(event),
        {
            "ticket_id": one,
            "kind": kind,
            "at": at,
            "agent_id": by,
            "message_id": message_row,
            "old": old,
            "new": new,
            "reason": reason,
        },
    )


def edit_ticket(
    unit: Unit,
    one: TicketId,
    edit: TicketEdit,
    at: datetime,
    by: AgentId | None,
    version: int | None,
) -> None:
    """Applies an edit with an event for every field that really changed.

    An edit of a ticket that was merged away, or with ``version`` of one that moved on, is
    ``Problem(CHANGED_MEANWHILE)``.
    """
    wake_due(unit, at, one)
    before = _locked(unit, one)
    if before.merged_into is not None or version not in (None, before.version):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="ticket", value=before.number)
    values: dict[str, Any] = {}
    if edit.status is not None and edit.status != before.status:
        # With the newest message: an end covers what was here, and not what comes after it.
        newest = before.newest_message_id
        states = {"old": before.status, "new": edit.status}
        add_event(unit, one, EventKind.STATUS, at, by, message_row=newest, **states)
        since = waiting_with(unit, one, edit.status)
        values |= {"status": edit.status, "waiting_since": since}
    if edit.unassign or edit.assignee_id is not None:
        wanted = None if edit.unassign else edit.assignee_id
        if wanted != before.assignee_id:
            values["assignee_id"] = wanted
            names = (_agent_name(unit, before.assignee_id), _agent_name(unit, wanted))
            add_event(unit, one, EventKind.ASSIGNED, at, by, old=names[0], new=names[1])
    if edit.subject is not None and edit.subject != before.subject:
        values["subject"] = edit.subject
        add_event(unit, one, EventKind.SUBJECT, at, by, old=before.subject, new=edit.subject)
    values |= snooze_edit(unit, before, edit, at, by)
    tagged = _retag(unit, one, edit, at, by)
    if values or tagged:
        values["version"] = ticket.c.version + 1
        unit.connection.execute(update(ticket).where(ticket.c.id == one).values(values))
        unit.touched.tickets.add(one)


def _locked(unit: Unit, one: TicketId) -> Any:
    """The ticket as it is now, kept from other writers until the end of this write."""
    found = select(ticket).where(ticket.c.id == one).with_for_update(key_share=True)
    row = unit.connection.execute(found).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
    return row


def _agent_name(unit: Unit, one: int | None) -> str:
    if one is None:
        return ""
    named = select(agent.c.name).where(agent.c.id == one)
    found: str | None = unit.connection.execute(named).scalar()
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="agent", value=one)
    return found


def _retag(unit: Unit, one: TicketId, edit: TicketEdit, at: datetime, by: AgentId | None) -> bool:
    changed = False
    for name in edit.add_tags:
        if not fold(name):
            raise Problem(ProblemKind.INVALID, what="tag", value=name)
        number = ensure_tag(unit, name)
        row = {"ticket_id": one, "tag_id": number}
        known = select(ticket_tag).where(
            ticket_tag.c.ticket_id == one, ticket_tag.c.tag_id == number
        )
        if unit.connection.execute(known).first() is None:
            unit.connection.execute(insert(ticket_tag), row)
            add_event(unit, one, EventKind.TAGGED, at, by, new=name)
            changed = True
    for name in edit.remove_tags:
        wanted = select(tag.c.id).where(tag.c.name_key == _tag_key(name)).scalar_subquery()
        gone = delete(ticket_tag).where(
            ticket_tag.c.ticket_id == one, ticket_tag.c.tag_id == wanted
        )
        if unit.connection.execute(gone).rowcount:
            add_event(unit, one, EventKind.UNTAGGED, at, by, old=name)
            changed = True
    return changed


def _tag_key(name: str) -> str:
    return fold(name)[:80]


def ensure_tag(unit: Unit, name: str) -> int:
    """The tag of a name, made when it is new. Names differing only in case or marks are one."""
    key = _tag_key(name)
    unit.connection.execute(
        insert_into(unit.connection, tag)
        .values(name=name.strip()[:80], name_key=key)
        .on_conflict_do_nothing()
    )
    unit.touched.areas.add("tags")
    found: int = unit.connection.execute(select(tag.c.id).where(tag.c.name_key == key)).scalar_one()
    return found


def add_note(unit: Unit, one: TicketId, text: str, at: datetime, by: AgentId | None) -> MessageId:
    """Puts an internal note on a ticket. It never leaves the desk and never is a turn.

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
    index_rows(unit.connection, [Indexed("message", number, one, text)])
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
    unit.touched.tickets.add(one)


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
    unit.touched.tickets.add(one)


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
    add_event(unit, one, EventKind.CREATED, at, by, reason=reason)
    unit.touched.tickets.add(one)
    return one


def move_messages(unit: Unit, messages: Sequence[int], to: TicketId) -> None:
    """Moves messages, with their search rows and deliveries, onto another ticket."""
    ids = list(messages)
    connection = unit.connection
    connection.execute(update(message).where(message.c.id.in_(ids)).values(ticket_id=to))
    connection.execute(update(outbox).where(outbox.c.message_row_id.in_(ids)).values(ticket_id=to))
    connection.execute(
        update(search_row)
        .where(search_row.c.kind == "message", search_row.c.ref_id.in_(ids))
        .values(ticket_id=to)
    )
