"""Tickets whose last word of ours came back: the customer has not got it."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, func, select

from deskapp.domain.kinds import Direction

from ..tables.tickets import message, message_bounce
from .parts import parts


def returned_of(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those of these tickets with a mail that came back for good, and nothing sent since."""
    found: set[int] = set()
    later = message.alias()
    since = exists().where(
        later.c.ticket_id == message.c.ticket_id,
        later.c.direction == Direction.OUT,
        later.c.withdrawn.is_(False),
        later.c.at > message_bounce.c.at,
        # What we wrote to the customer since does not bring a third party's mail, nor the reverse.
        func.coalesce(later.c.side_id, 0) == func.coalesce(message.c.side_id, 0),
    )
    for part in parts(ids):
        came_back = (
            select(message.c.ticket_id)
            .join(message_bounce, message_bounce.c.message_id == message.c.id)
            .where(message.c.ticket_id.in_(part), message_bounce.c.permanent, ~since)
        )
        found.update(connection.execute(came_back).scalars())
    return found
