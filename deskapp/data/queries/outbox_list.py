"""Replies on their way as people see them: what waits, what failed, who got it and who did not."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from deskapp.domain.ids import OutboxId, TicketId
from deskapp.domain.kinds import OutboxPhase, OutboxState
from deskapp.domain.replies import OutboxRow, RecipientResult

from ..tables.mail import mailbox
from ..tables.people import agent
from ..tables.replies import outbox, outbox_recipient
from ..tables.tickets import ticket
from .parts import parts

_MOST = 1000
_ENDED = (OutboxState.SENT, OutboxState.CANCELLED)


def outbox_rows(connection: Connection, everything: bool) -> tuple[OutboxRow, ...]:
    """Replies that have not ended, or all of them; newest first, at most 1 000."""
    statement = (
        select(outbox)
        .join(ticket, ticket.c.id == outbox.c.ticket_id)
        .join(mailbox, mailbox.c.id == outbox.c.mailbox_id)
        .outerjoin(agent, agent.c.id == outbox.c.agent_id)
        .with_only_columns(
            *outbox.c,
            ticket.c.number,
            ticket.c.subject,
            mailbox.c.address.label("mailbox"),
            agent.c.name.label("agent_name"),
        )
    )
    if not everything:
        statement = statement.where(outbox.c.state.not_in(_ENDED))
    rows = connection.execute(statement.order_by(outbox.c.id.desc()).limit(_MOST)).all()
    results = _results(connection, [row.id for row in rows])
    return tuple(
        OutboxRow(
            id=OutboxId(row.id),
            ticket_id=TicketId(row.ticket_id),
            ticket_number=row.number,
            subject=row.subject,
            to=tuple(one.address for one in results.get(row.id, ())),
            state=OutboxState(row.state),
            phase=OutboxPhase(row.phase),
            attempts=row.attempts,
            not_before=row.not_before,
            last_error=row.last_error,
            created_at=row.created_at,
            agent_name=row.agent_name or "",
            mailbox=row.mailbox,
            unless_answered=row.unless_answered,
            results=tuple(results.get(row.id, ())),
            due_at=row.due_at,
            fault=row.fault,
            automatic=row.draft_id is None,
        )
        for row in rows
    )


def _results(connection: Connection, ids: Sequence[int]) -> dict[int, list[RecipientResult]]:
    found: dict[int, list[RecipientResult]] = {}
    for part in parts(ids):
        chosen = select(outbox_recipient).where(outbox_recipient.c.outbox_id.in_(part))
        for row in connection.execute(chosen.order_by(outbox_recipient.c.id)):
            one = RecipientResult(row.address, row.state, row.code, row.answer)
            found.setdefault(row.outbox_id, []).append(one)
    return found
