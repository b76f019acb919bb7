"""A customer's axis: mails, calls, notes, orders and returns merged by time, a page at a time.

Each kind is read along the customer's own tickets and orders, newest first and no more than a page
of it: what it costs grows with the customer, never with the desk.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, or_, select

from deskapp.domain.folding import fold
from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.kinds import Direction, TicketStatus
from deskapp.domain.snippets import list_snippet
from deskapp.domain.timeline import Happening, TimelineAsk, TimelineEntry, TimelinePage

from ..tables.columns import AnyRow
from ..tables.notes import message_entry
from ..tables.people import agent, customer_note
from ..tables.tickets import message, message_body, ticket
from .timeline_orders import Owners, newest, orders, returns

_MOST_LOOKED_AT = 2000  # entries read for words that few of them have
_AT_ONCE = 500  # of these

_MESSAGES = frozenset({Happening.MAIL, Happening.CALL, Happening.NOTE})


def timeline(connection: Connection, owners: Owners, ask: TimelineAsk) -> TimelinePage:
    """The next entries of one customer, or of a company's people together."""
    words = fold(ask.words).split()
    found: list[TimelineEntry] = []
    place, looked = ask, 0
    while looked < _MOST_LOOKED_AT:
        size = place.passed + (_AT_ONCE if words else ask.limit + 1)
        part = _part(connection, owners, place, size)
        passed = 0
        for at, entry in enumerate(part):
            passed = passed + 1 if at and part[at - 1].at == entry.at else 1
            if at < place.passed:
                continue
            if not words or _has(entry, words):
                if len(found) == ask.limit:
                    return TimelinePage(tuple(found), place)
                found.append(entry)
            looked += 1
            place = replace(place, before=entry.at, passed=passed)
        if len(part) < size:
            return TimelinePage(tuple(found))
    return TimelinePage(tuple(found), place)


def _part(
    connection: Connection, owners: Owners, place: TimelineAsk, size: int
) -> list[TimelineEntry]:
    """The newest ``size`` of all kinds from ``before`` on, that instant with it."""
    kinds = frozenset(place.kinds)
    reads = [_READ[kind] for kind in Happening if kind in kinds and kind in _READ]
    if Happening.NOTE in kinds:
        reads.append(_notes)
    entries = [one for read in reads for one in read(connection, owners, place.before, size)]
    if of_messages := kinds & _MESSAGES:
        entries += _messages(connection, owners, place.before, size, of_messages)
    entries.sort(key=_newest_first)
    return entries[:size]


def _newest_first(one: TimelineEntry) -> tuple[float, str, int]:
    number = one.message_id or one.order_id or one.ticket_id or 0
    return -one.at.timestamp(), one.what, -number


def _has(one: TimelineEntry, words: Sequence[str]) -> bool:
    said = fold(f"{one.title} {one.detail} {one.who} {one.ticket_number or ''} {one.order_number}")
    return all(word in said for word in words)


def _tickets(
    connection: Connection, owners: Owners, before: datetime | None, size: int
) -> list[TimelineEntry]:
    statement = (
        select(ticket)
        .where(ticket.c.customer_id.in_(owners), ticket.c.merged_into.is_(None))
        .order_by(ticket.c.created_at.desc(), ticket.c.id.desc())
    )
    return [
        TimelineEntry(
            at=row.created_at,
            what=Happening.TICKET,
            title=row.subject,
            detail=row.snippet,
            status=TicketStatus(row.status),
            ticket_id=TicketId(row.id),
            ticket_number=row.number,
        )
        for row in connection.execute(newest(statement, ticket.c.created_at, before, size))
    ]


def _messages(
    connection: Connection,
    owners: Owners,
    before: datetime | None,
    size: int,
    kinds: frozenset[Happening],
) -> list[TimelineEntry]:
    """Mails, calls and notes of tickets. The newest are chosen by their keys first."""
    spoken = exists().where(message_entry.c.message_id == message.c.id).correlate(message)
    is_note = message.c.direction == Direction.NOTE
    wanted = {
        Happening.MAIL: ~is_note,
        Happening.CALL: spoken,
        Happening.NOTE: and_(is_note, ~spoken),
    }
    chosen = newest(
        select(message.c.id)
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .where(ticket.c.customer_id.in_(owners), message.c.withdrawn.is_(False))
        .where(message.c.side_id.is_(None))  # what was said with third parties is not theirs
        .where(or_(*(wanted[kind] for kind in kinds)))
        .order_by(message.c.at.desc(), message.c.id.desc()),
        message.c.at,
        before,
        size,
    ).subquery()
    text = func.substr(func.coalesce(message_body.c.reply_text, message_body.c.text), 1, 600)
    statement = (
        select(
            message.c.id,
            message.c.at,
            message.c.direction,
            message.c.sender_name,
            message.c.sender_address,
            agent.c.name.label("agent"),
            ticket.c.id.label("ticket_id"),
            ticket.c.number,
            ticket.c.subject,
            ticket.c.status,
            message_entry.c.channel,
            message_entry.c.heard,
            message_entry.c.outcome,
            text.label("text"),
        )
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .outerjoin(agent, agent.c.id == message.c.agent_id)
        .outerjoin(message_entry, message_entry.c.message_id == message.c.id)
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .join(chosen, chosen.c.id == message.c.id)
    )
    return [_message(row) for row in connection.execute(statement)]


def _message(row: AnyRow) -> TimelineEntry:
    direction = Direction(row.direction)
    note = Happening.NOTE if direction is Direction.NOTE else Happening.MAIL
    said = list_snippet(row.text or "")
    return TimelineEntry(
        at=row.at,
        what=Happening.CALL if row.channel else note,
        title=row.subject,
        detail=" · ".join(filter(None, (row.outcome, said))) if row.channel else said,
        status=TicketStatus(row.status),
        ticket_id=TicketId(row.ticket_id),
        ticket_number=row.number,
        message_id=MessageId(row.id),
        direction=direction,
        who=row.agent or row.sender_name or row.sender_address,
        channel=row.channel or "",
        address=row.sender_address,
    )


def _notes(
    connection: Connection, owners: Owners, before: datetime | None, size: int
) -> list[TimelineEntry]:
    statement = (
        select(customer_note.c.at, agent.c.name, customer_note.c.text)
        .outerjoin(agent, agent.c.id == customer_note.c.agent_id)
        .where(customer_note.c.customer_id.in_(owners))
        .order_by(customer_note.c.at.desc(), customer_note.c.id.desc())
    )
    return [
        TimelineEntry(row.at, Happening.NOTE, row.name or "", row.text, who=row.name or "")
        for row in connection.execute(newest(statement, customer_note.c.at, before, size))
    ]


_READ: Mapping[
    Happening, Callable[[Connection, Owners, datetime | None, int], list[TimelineEntry]]
] = {Happening.TICKET: _tickets, Happening.ORDER: orders, Happening.RETURN: returns}
