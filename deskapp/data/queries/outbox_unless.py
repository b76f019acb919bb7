"""Replies that were to leave later unless the customer writes first."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select

from deskapp.domain.ids import MailboxId, OutboxId, TicketId
from deskapp.domain.kinds import Direction, MailKind, OutboxState
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.standing import speaks

from ..database import Unit
from ..tables.replies import outbox
from ..tables.tickets import message
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
            if waits_again(unit, OutboxId(one), at, None) is None and draft is not None:
                give_back(unit, draft, at, None)
            taken += 1
    return taken


def answered_unseen(unit: Unit, mailboxes: Collection[MailboxId], now: datetime) -> set[TicketId]:
    """Tickets whose customer has written, with a reply that would leave all the same.

    A junior's program that filed their mail may take nobody's reply back.
    """
    wrote = exists().where(
        message.c.ticket_id == outbox.c.ticket_id,
        message.c.id > outbox.c.message_row_id,
        message.c.direction == Direction.IN,
        message.c.kind.in_([kind for kind in MailKind if speaks(kind)]),
        message.c.side_id.is_(None),
    )
    asked = select(outbox.c.ticket_id).where(
        outbox.c.state == OutboxState.QUEUED,
        outbox.c.unless_answered,
        outbox.c.not_before <= now,
        outbox.c.mailbox_id.in_(mailboxes),
        wrote,
    )
    return {TicketId(one) for one in unit.connection.execute(asked).scalars()}
