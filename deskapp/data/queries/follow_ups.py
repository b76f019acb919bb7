"""Follow-ups promised in a call or chat: on their day the ticket comes back, once.

Whoever sees first that the day has come notes it, in one conditional update.
"""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES, EventKind
from deskapp.domain.snoozing import Snoozing, WokeBy

from ..database import Unit
from ..tables.notes import PROMISED, message_entry
from ..tables.tickets import event, message, ticket
from .parts import parts


def next_follow_up(connection: Connection) -> datetime | None:
    """When the next one is to be seen to, or was without anybody having noted it."""
    first = select(func.min(message_entry.c.wakes_at)).where(PROMISED)
    found: datetime | None = connection.execute(first).scalar()
    return found


def wake_promised(unit: Unit, now: datetime) -> list[TicketId]:
    """Brings those tickets back whose day has come. One that has ended stays so; its history and
    the notice say what was promised."""
    told = unit.connection.execute(
        update(message_entry)
        .where(PROMISED, message_entry.c.wakes_at <= now)
        .values(wakes_at=None)
        .returning(message_entry.c.message_id)
    )
    notes = list(told.scalars())
    owners: dict[int, int] = {}
    for part in parts(notes):
        on = select(message.c.id, message.c.ticket_id).where(message.c.id.in_(part))
        owners |= {row.id: row.ticket_id for row in unit.connection.execute(on)}
    for part in parts(sorted(set(owners.values()))):
        unit.connection.execute(
            update(ticket)
            .where(ticket.c.id.in_(part), ticket.c.status.in_(ACTIVE_STATUSES))
            .values(snooze=Snoozing.WOKE)
        )
    rows = [
        {
            "ticket_id": owners[note],
            "kind": EventKind.WOKE,
            "at": now,
            "reason": WokeBy.FOLLOW_UP,
            "message_id": note,
        }
        for note in sorted(owners)
    ]
    if rows:
        unit.connection.execute(insert(event), rows)
    woke = [TicketId(one) for one in dict.fromkeys(owners.values())]
    unit.touched.tickets.update(woke)
    return woke
