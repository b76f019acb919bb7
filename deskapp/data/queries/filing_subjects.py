"""Tickets that subjects lead to: by their words, or by a ticket's number in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.subjects import subject_key

from ..tables.tickets import message, message_address, ticket
from .parts import parts

SUBJECT_DAYS = timedelta(days=14)
"""An answer by subject alone is one only to what the ticket heard this shortly before."""

_MOST_OF_SUBJECT = 2000  # messages looked through for a batch's subjects, the newest


@dataclass(frozen=True, slots=True)
class SubjectAsked:
    """A mail that looks like an answer: between whom, about what, and the ids that it names."""

    people: frozenset[str]
    subject: str  # a subject_key
    ids: frozenset[str]
    at: datetime


def same_subject(
    connection: Connection, asked: Sequence[SubjectAsked]
) -> dict[str, dict[TicketId, datetime]]:
    """Tickets that lately heard of these subjects by these people; prefixes do not count."""
    found: dict[str, dict[TicketId, datetime]] = defaultdict(dict)
    if not asked:
        return found
    wanted = {one.subject for one in asked}
    people = set().union(*(one.people for one in asked))
    since = min(one.at for one in asked) - SUBJECT_DAYS
    for part in parts(people):
        statement = (
            select(message.c.ticket_id, message.c.subject, message.c.at)
            .join(message_address, message_address.c.message_id == message.c.id)
            .join(ticket, ticket.c.id == message.c.ticket_id)
            .where(message_address.c.address_key.in_(part), message.c.at >= since)
            .where(message.c.withdrawn.is_(False), ticket.c.status != TicketStatus.SPAM)
            .order_by(message.c.id.desc())
            .limit(_MOST_OF_SUBJECT)
        )
        for row in connection.execute(statement):
            key = subject_key(row.subject)
            if key in wanted:
                heard = found[key]
                heard[TicketId(row.ticket_id)] = max(heard.get(row.ticket_id, row.at), row.at)
    return found


def numbered(connection: Connection, numbers: set[int]) -> dict[int, TicketId]:
    """The tickets that have these numbers."""
    found: dict[int, TicketId] = {}
    for part in parts(numbers):
        chosen = select(ticket.c.number, ticket.c.id).where(ticket.c.number.in_(part))
        found |= {number: TicketId(one) for number, one in connection.execute(chosen)}
    return found
