"""Replies that were to leave later unless the customer writes first."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from deskapp.domain.approvals import HEARD_FIRST
from deskapp.domain.ids import OutboxId, TicketId
from deskapp.domain.kinds import OutboxState
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.replies import outbox
from .approvals_write import waits_again
from .drafts import give_back
from .parts import parts
from .reply_write import take_back


def take_back_answered(unit: Unit, tickets: Collection[TicketId], at: datetime) -> int:
    """The customers of these tickets have written: what was to wait for that is a draft again, or
    waits again for approval.

    How many. One that the postman holds already leaves: nobody can say who was first.
    """
    taken = 0
    for part in parts(tickets):
        waiting = select(outbox.c.id).where(
            outbox.c.ticket_id.in_(part),
            outbox.c.state == OutboxState.QUEUED,
            outbox.c.unless_answered,
        )
        for one in list(unit.connection.execute(waiting.order_by(outbox.c.id)).scalars()):
            try:
                draft = take_back(unit, OutboxId(one), at, None)
            except Problem as problem:
                if problem.kind is not ProblemKind.TOO_LATE:
                    raise
                continue
            waits = waits_again(unit, OutboxId(one), at, None, HEARD_FIRST)
            if waits is None and draft is not None:
                give_back(unit, draft, at, None)
            taken += 1
    return taken
