"""Tickets whose last word of ours came back: the customer has not got it."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, func, select

from deskapp.domain.kinds import Direction

from ..among import OfMany
from ..tables.tickets import message, message_bounce
from .parts import parts

_LATER = message.alias()
_SINCE = exists().where(
    _LATER.c.ticket_id == message.c.ticket_id,
    _LATER.c.direction == Direction.OUT,
    _LATER.c.withdrawn.is_(False),
    _LATER.c.at > message_bounce.c.at,
    # What we wrote to the customer since does not bring a third party's mail, nor the reverse.
    func.coalesce(_LATER.c.side_id, 0) == func.coalesce(message.c.side_id, 0),
)
_CAME_BACK = OfMany(
    lambda among: (
        select(message.c.ticket_id)
        .join(message_bounce, message_bounce.c.message_id == message.c.id)
        .where(
            among(message.c.ticket_id),
            message_bounce.c.permanent,
            ~_SINCE,
        )
    )
)


def returned_of(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those of these tickets with a mail that came back for good, and nothing sent since."""
    found: set[int] = set()
    for part in parts(ids):
        found.update(connection.execute(_CAME_BACK.on(connection), {"some": part}).scalars())
    return found
