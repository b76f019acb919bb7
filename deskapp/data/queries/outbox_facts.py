"""What stands beside the outbox: how much a server takes as one mail, and counts of how it went."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import OutboxState

from ..database import Unit
from ..tables.mail import mailbox
from ..tables.replies import outbox


def note_size_limit(unit: Unit, one: MailboxId, limit: int | None) -> None:
    """Keeps what the server says of itself; writes nothing where that is known."""
    unit.connection.execute(
        update(mailbox)
        .where(mailbox.c.id == one, mailbox.c.smtp_size.is_distinct_from(limit))
        .values(smtp_size=limit)
    )


def outcome_counts(connection: Connection, since: datetime) -> tuple[int, int]:
    """Replies sent since then, and all that are uncertain."""
    sent = connection.execute(
        select(outbox.c.id).where(outbox.c.state == OutboxState.SENT, outbox.c.sent_at >= since)
    ).all()
    unsure = connection.execute(
        select(outbox.c.id).where(outbox.c.state == OutboxState.UNCERTAIN)
    ).all()
    return len(sent), len(unsure)
