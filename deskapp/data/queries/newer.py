"""What came onto a ticket after somebody began to answer it."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, or_, select

from deskapp.domain.deeds import DEEDS, Deed, deeds_that_stop
from deskapp.domain.ids import AgentId, MessageId, TicketId
from deskapp.domain.kinds import Direction, EventKind, TicketStatus
from deskapp.domain.replies import News
from deskapp.domain.snippets import list_snippet
from deskapp.domain.standing import BY_MERGE

from ..tables.people import agent
from ..tables.tickets import event, message, message_body, ticket

_LEFT = (EventKind.UNMERGED, EventKind.SPLIT, EventKind.MOVED)
"""Kinds that matter on the ticket that messages went from; that they came is seen in the text."""


def newer_than(
    connection: Connection,
    one: TicketId,
    base: MessageId | None,
    by: AgentId | None,
    seen_event: int = 0,
) -> Sequence[int]:
    """Messages that came onto a ticket after ``base``, but not the writer's own.

    ``seen_event``: the newest of the ticket's events that the writer knows. A later merge of
    somebody else brought messages that may be older than ``base``.
    """
    merged = _merged_since(connection, one, by, seen_event)
    # What came by mail says how it joined; what was written here by nobody named is one's own too.
    theirs = or_(message.c.agent_id.is_not(None), message.c.joined_by != "")
    if by is not None:
        theirs = or_(message.c.agent_id.is_(None), message.c.agent_id != by)
    statement = select(message.c.id).where(
        message.c.ticket_id == one,
        or_(and_(message.c.id > (base or 0), theirs), message.c.id.in_(merged)),
        message.c.withdrawn.is_(False),
    )
    return list(connection.execute(statement).scalars())


def _merged_since(
    connection: Connection, one: TicketId, by: AgentId | None, seen_event: int
) -> list[int]:
    came = event.c.kind.in_((EventKind.MERGED, EventKind.MOVED))
    into = and_(event.c.ticket_id == one, came, event.c.old != "")
    rows = connection.execute(
        select(event.c.agent_id, event.c.reason).where(into, event.c.id > seen_event)
    )
    return [
        int(moved)
        for row in rows
        if by is None or row.agent_id != by
        for moved in row.reason.split()
    ]


def deeds_after(
    connection: Connection, one: TicketId, seen_event: int, by: AgentId | None
) -> tuple[Deed, ...]:
    """What somebody else did to a ticket after an event, and a reply must not pass by.

    Two records of its customer made one are the same person still; made two again they are not.
    """
    statement = (
        select(event.c.kind, event.c.at, agent.c.name, event.c.agent_id, event.c.old, event.c.new)
        .outerjoin(agent, agent.c.id == event.c.agent_id)
        .where(event.c.ticket_id == one, event.c.id > seen_event, event.c.kind.in_(DEEDS))
        .where(or_(event.c.kind != EventKind.MERGED, event.c.old != ""))
        .where(or_(event.c.kind.not_in(_LEFT), event.c.new != ""))
        .where(or_(event.c.kind != EventKind.CUSTOMER, event.c.reason != BY_MERGE))
        .order_by(event.c.id)
    )
    done = [
        Deed(EventKind(kind), at, name or "", who, old if kind == EventKind.MERGED else new)
        for kind, at, name, who, old, new in connection.execute(statement)
    ]
    if not done:
        return ()
    now = connection.execute(
        select(ticket.c.status, ticket.c.assignee_id).where(ticket.c.id == one)
    ).one()
    return deeds_that_stop(done, by, TicketStatus(now.status), now.assignee_id)


def newest_event(connection: Connection, one: TicketId) -> int:
    """The last thing that happened to a ticket: what a draft that begins now has seen. 0: none."""
    found: int | None = connection.execute(
        select(func.max(event.c.id)).where(event.c.ticket_id == one)
    ).scalar()
    return found or 0


def news_of(connection: Connection, ids: Sequence[int]) -> tuple[News, ...]:
    """What these messages say, in short, oldest first."""
    text = func.coalesce(message_body.c.reply_text, message_body.c.text)
    statement = (
        select(message, agent.c.name.label("agent_name"), text.label("words"))
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .outerjoin(agent, agent.c.id == message.c.agent_id)
        .where(message.c.id.in_(list(ids)))
        .order_by(message.c.at, message.c.id)
        .with_only_columns(
            message.c.id,
            message.c.at,
            message.c.direction,
            message.c.sender_name,
            message.c.sender_address,
            agent.c.name.label("agent_name"),
            text.label("words"),
        )
    )
    return tuple(
        News(
            MessageId(row.id),
            row.at,
            row.agent_name or row.sender_name or row.sender_address,
            Direction(row.direction),
            list_snippet(row.words or ""),
        )
        for row in connection.execute(statement)
    )


def newest_of(connection: Connection, one: TicketId) -> MessageId | None:
    """The message added last, whoever wrote it: what a draft that begins now has seen."""
    there = select(func.max(message.c.id)).where(
        message.c.ticket_id == one, message.c.withdrawn.is_(False)
    )
    found: int | None = connection.execute(there).scalar()
    return None if found is None else MessageId(found)
