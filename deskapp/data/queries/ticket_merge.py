"""Two tickets that are one matter, and one ticket that is two."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from deskapp.domain.ids import AgentId, MessageId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.replies import draft
from ..tables.tickets import message, ticket, ticket_tag
from .filing import lock_tickets
from .marks import take_marks
from .participants import take_participants
from .snoozes import settle_snooze
from .ticket_standing import restand
from .ticket_write import add_event, create_ticket, move_messages


def merge_tickets(
    unit: Unit, source: TicketId, into: TicketId, at: datetime, by: AgentId | None
) -> None:
    """Moves ``source``'s messages, drafts and tags to ``into``. The numbers stay findable.

    Both rows are locked in id order, so that merging both ways at once leaves one ticket alive.
    A ticket that was merged already is ``Problem(CHANGED_MEANWHILE)``.
    """
    if source == into:
        raise Problem(ProblemKind.INVALID, what="merge", value=source)
    lock_tickets(unit.connection, {source, into})
    both = select(ticket).where(ticket.c.id.in_([source, into]))
    rows = {row.id: row for row in unit.connection.execute(both)}
    for one in (source, into):
        if one not in rows:
            raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
        if rows[one].merged_into is not None:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="ticket", value=rows[one].number)
    moved = select(message.c.id).where(message.c.ticket_id == source)
    ids = list(unit.connection.execute(moved).scalars())
    move_messages(unit, ids, into)
    unit.connection.execute(update(draft).where(draft.c.ticket_id == source).values(ticket_id=into))
    _take_tags(unit, source, into)
    take_participants(unit, source, into)
    take_marks(unit, source, into)
    unit.connection.execute(
        update(ticket)
        .where(ticket.c.id == source)
        .values(
            status=TicketStatus.MERGED,
            merged_into=into,
            message_count=0,
            version=ticket.c.version + 1,
        )
    )
    settle_snooze(unit, source, TicketStatus.MERGED, at)
    # The event names the moved messages: what a merge did can be undone from it.
    moved_ids = " ".join(str(one) for one in ids)
    numbers = (str(rows[source].number), str(rows[into].number))
    add_event(unit, into, EventKind.MERGED, at, by, old=numbers[0], reason=moved_ids)
    add_event(unit, source, EventKind.MERGED, at, by, new=numbers[1], reason=moved_ids)
    restand(unit, into)
    unit.touched.tickets.update((source, into))


def _take_tags(unit: Unit, source: TicketId, into: TicketId) -> None:
    def tags_of(one: TicketId) -> set[int]:
        found = select(ticket_tag.c.tag_id).where(ticket_tag.c.ticket_id == one)
        return set(unit.connection.execute(found).scalars())

    new = tags_of(source) - tags_of(into)
    if new:
        rows = [{"ticket_id": into, "tag_id": one} for one in sorted(new)]
        unit.connection.execute(insert(ticket_tag), rows)


def split_ticket(
    unit: Unit, one: TicketId, messages: Sequence[MessageId], at: datetime, by: AgentId | None
) -> TicketId:
    """Moves some of a ticket's messages to a new ticket of the same customer."""
    lock_tickets(unit.connection, {one})
    row = unit.connection.execute(select(ticket).where(ticket.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=one)
    found = select(message.c.id, message.c.subject).where(
        message.c.ticket_id == one, message.c.id.in_(list(messages))
    )
    chosen = unit.connection.execute(found.order_by(message.c.at, message.c.id)).all()
    if not chosen:
        raise Problem(ProblemKind.EMPTY, what="split")
    if len(chosen) >= row.message_count:
        raise Problem(ProblemKind.INVALID, what="split", value=row.number)
    subject = next((one.subject for one in chosen if one.subject), row.subject)
    new = create_ticket(unit, subject, row.customer_id, row.mailbox_id, at, by, "split")
    ids = [one.id for one in chosen]
    move_messages(unit, ids, new)
    number = select(ticket.c.number).where(ticket.c.id == new)
    new_number = str(unit.connection.execute(number).scalar_one())
    moved_ids = " ".join(str(one) for one in ids)
    add_event(unit, one, EventKind.SPLIT, at, by, new=new_number, reason=moved_ids)
    add_event(unit, new, EventKind.SPLIT, at, by, old=str(row.number), reason=moved_ids)
    restand(unit, one)
    restand(unit, new)
    return new
