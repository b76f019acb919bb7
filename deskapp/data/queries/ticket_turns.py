"""What staff decided about tickets: which messages an end covered, and since when one is open."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.standing import BY_REPLY, Change, Turns, turns

from ..tables.tickets import event, message


def turns_of(connection: Connection, part: Sequence[int]) -> dict[TicketId, Turns]:
    """Of a bounded number of tickets; those without a change of status are left out."""
    changes: dict[TicketId, list[Change]] = defaultdict(list)
    statement = (
        select(event.c.ticket_id, event.c.at, event.c.old, event.c.new)
        .add_columns(event.c.reason, event.c.message_id, message.c.withdrawn)
        .outerjoin(message, message.c.id == event.c.message_id)
        .where(event.c.ticket_id.in_(part), event.c.kind == EventKind.STATUS)
        .order_by(event.c.id)
    )
    for row in connection.execute(statement):
        if row.reason == BY_REPLY and row.withdrawn:
            continue  # it was taken back with its reply
        states = TicketStatus(row.old), TicketStatus(row.new)
        changes[TicketId(row.ticket_id)].append(
            Change(row.at, *states, row.reason, row.message_id or 0)
        )
    return {one: turns(made) for one, made in changes.items()}
