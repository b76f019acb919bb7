"""Entries and mentions of notes: written with the note, read with the conversation."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select

from deskapp.domain.entries import Channel, Entry, Heard
from deskapp.domain.ids import AgentId, MessageId
from deskapp.domain.kinds import ACTIVE_STATUSES, TicketStatus
from deskapp.domain.mentions import mentioned
from deskapp.domain.snoozing import morning_of

from ..database import Unit
from ..tables.notes import message_entry, message_mention
from ..tables.people import agent
from ..tables.tickets import message, ticket, ticket_seen
from .parts import parts


def put_entry(unit: Unit, note: MessageId, entry: Entry) -> None:
    """The facts of a call or chat, on the note that tells it."""
    unit.connection.execute(
        insert(message_entry),
        {
            "message_id": note,
            "channel": entry.channel,
            "heard": entry.heard,
            "contact": entry.contact,
            "minutes": entry.minutes,
            "outcome": entry.outcome,
            "follow_up": entry.follow_up,
            "wakes_at": None if entry.follow_up is None else morning_of(entry.follow_up),
        },
    )


def put_mentions(unit: Unit, note: MessageId, text: str, by: AgentId | None) -> None:
    """Whom a note calls; who calls themselves is not told."""
    if "@" not in text and "＠" not in text:
        return
    staff = select(agent.c.id, agent.c.name).where(agent.c.active.is_(True))
    known = [(AgentId(row.id), row.name) for row in unit.connection.execute(staff)]
    called = [who for who in mentioned(text, known) if who != by]
    if called:
        rows = [{"agent_id": who, "message_id": note} for who in called]
        unit.connection.execute(insert(message_mention), rows)


def entries_of(connection: Connection, notes: Sequence[int]) -> dict[int, Entry]:
    """The entries among these messages."""
    found: dict[int, Entry] = {}
    for part in parts(notes):
        asked = select(message_entry).where(message_entry.c.message_id.in_(part))
        for row in connection.execute(asked):
            found[row.message_id] = Entry(
                Channel(row.channel),
                Heard(row.heard),
                row.contact,
                row.minutes,
                row.outcome,
                row.follow_up,
            )
    return found


def mentions_of(connection: Connection, notes: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Whom these messages call, by name."""
    found: dict[int, list[str]] = defaultdict(list)
    for part in parts(notes):
        asked = (
            select(message_mention.c.message_id, agent.c.name)
            .join(agent, agent.c.id == message_mention.c.agent_id)
            .where(message_mention.c.message_id.in_(part))
            .order_by(agent.c.name, agent.c.id)
        )
        for note, name in connection.execute(asked):
            found[note].append(name)
    return {note: tuple(names) for note, names in found.items()}


def mentioning(me: AgentId | None) -> ColumnElement[bool]:
    """Tickets whose notes call ``me``: while they are not ended, and until the note was seen."""
    unseen = or_(
        ticket_seen.c.message_id.is_(None), ticket_seen.c.message_id < message_mention.c.message_id
    )
    called = (
        select(message.c.ticket_id)
        .join(message_mention, message_mention.c.message_id == message.c.id)
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .outerjoin(
            ticket_seen,
            and_(ticket_seen.c.ticket_id == message.c.ticket_id, ticket_seen.c.agent_id == me),
        )
        .where(
            message_mention.c.agent_id == me,
            ticket.c.status != TicketStatus.MERGED,
            or_(ticket.c.status.in_(ACTIVE_STATUSES), unseen),
        )
        .correlate(None)
    )
    return ticket.c.id.in_(called)


def count_mentioning(connection: Connection, me: AgentId | None) -> int:
    """How many tickets the view of mentions has."""
    counted = select(func.count()).select_from(ticket).where(mentioning(me))
    return int(connection.execute(counted).scalar_one())
