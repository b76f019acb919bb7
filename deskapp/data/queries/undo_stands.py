"""Which acts can still be taken back, of those that the world goes on with by itself."""

from datetime import datetime

from sqlalchemy import Connection, and_, select

from deskapp.domain.ids import ActId
from deskapp.domain.kinds import OutboxState
from deskapp.domain.undoing import MAILS, Act, ActKind

from ..tables.acts import act_ticket
from ..tables.joins import ticket_move
from ..tables.replies import outbox
from .undo_stack import values_of


def can_be_taken_back(connection: Connection, one: Act, now: datetime) -> bool:
    """Whether it can still be taken back: a reply only until it leaves, a move until somebody has
    undone it from the history."""
    if "move" in one.fields and one.kind is not ActKind.UNMERGE:
        return _some_move_stands(connection, one.id)
    if one.kind not in (*MAILS, ActKind.BULK_SEND):
        return True
    mine = act_ticket.c.act_id == one.id
    waits = and_(outbox.c.state == OutboxState.QUEUED, outbox.c.not_before > now)
    if one.kind in MAILS:
        waiting = select(outbox.c.id).where(outbox.c.id == int(one.detail), waits)
    else:
        waiting = (
            select(outbox.c.id)
            .join(act_ticket, act_ticket.c.ticket_id == outbox.c.ticket_id)
            .where(mine, waits)
        )
    return connection.execute(waiting.limit(1)).first() is not None


def _some_move_stands(connection: Connection, one: ActId) -> bool:
    ids = [int(str(number)) for number in values_of(connection, one, "move")]
    standing = select(ticket_move.c.id).where(
        ticket_move.c.id.in_(ids), ticket_move.c.undone_at.is_(None)
    )
    return connection.execute(standing.limit(1)).first() is not None
