"""Which replies still want a copy in Sent, or to be looked for there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select, update

from deskapp.domain.ids import MailboxId, OutboxId
from deskapp.domain.kinds import OutboxState

from ..database import Unit
from ..tables.replies import outbox


@dataclass(frozen=True, slots=True)
class CopyDue:
    """A reply to be looked for in the Sent folder, and to be put there when it was sent."""

    id: OutboxId
    message_id: str
    sha256: str
    state: OutboxState
    sent_copy: str
    sent_at: datetime | None


def copies_due(connection: Connection, mailbox_id: MailboxId, since: datetime) -> list[CopyDue]:
    """Sent without a copy yet, and uncertain ones: both are looked for in Sent."""
    rows = connection.execute(
        select(
            outbox.c.id,
            outbox.c.message_id,
            outbox.c.sha256,
            outbox.c.state,
            outbox.c.sent_copy,
            outbox.c.sent_at,
        )
        .where(
            outbox.c.mailbox_id == mailbox_id,
            outbox.c.created_at > since,
            or_(
                and_(
                    outbox.c.state == OutboxState.SENT,
                    outbox.c.sent_copy.in_(("pending", "appending")),
                ),
                outbox.c.state == OutboxState.UNCERTAIN,
            ),
        )
        .order_by(outbox.c.id)
    )
    return [
        CopyDue(
            OutboxId(row.id),
            row.message_id,
            row.sha256,
            OutboxState(row.state),
            row.sent_copy,
            row.sent_at,
        )
        for row in rows
    ]


def note_copy(unit: Unit, outbox_id: OutboxId, sent_copy: str) -> None:
    """pending, appending (stored before the APPEND), appended, server or skipped."""
    unit.connection.execute(
        update(outbox).where(outbox.c.id == outbox_id).values(sent_copy=sent_copy)
    )
