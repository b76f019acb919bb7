"""What stands beside the outbox: how much a server takes as one mail, and counts of how it went."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, text, update

from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import OutboxState
from deskapp.domain.outbox_trouble import SendFault

from ..database import Unit
from ..tables.mail import UNFILED, folder, mailbox, server_mail
from ..tables.replies import outbox


def nobody_wrote() -> ColumnElement[bool]:
    """Of an outbox row: it need not wait for the customer, or it is known that nothing came.

    Known is it once the mailbox was looked at after the reply's time, and all of it is filed: the
    mail that takes the reply back may have come while no engine ran.
    """
    looked = exists().where(
        mailbox.c.id == outbox.c.mailbox_id, mailbox.c.last_success_at >= outbox.c.not_before
    )
    unfiled = exists().where(
        server_mail.c.folder_id == folder.c.id,
        folder.c.mailbox_id == outbox.c.mailbox_id,
        text(UNFILED),
    )
    return or_(outbox.c.unless_answered.is_(False), and_(looked, ~unfiled))


def waits_for_a_look(
    connection: Connection, mailboxes: Collection[MailboxId], now: datetime
) -> list[MailboxId]:
    """Mailboxes with a due reply that leaves only if their customers have not written."""
    due = select(outbox.c.mailbox_id).where(
        outbox.c.state == OutboxState.QUEUED,
        outbox.c.not_before <= now,
        outbox.c.mailbox_id.in_(mailboxes),
        ~nobody_wrote(),
    )
    return [MailboxId(one) for one in connection.execute(due.distinct()).scalars()]


def sent_since(
    connection: Connection, since: Mapping[MailboxId, datetime], now: datetime
) -> list[MailboxId]:
    """Mailboxes for which a person wants a reply sent now, asked after a moment of its own."""
    wanted = or_(
        *(
            and_(outbox.c.mailbox_id == one, outbox.c.not_before > moment)
            for one, moment in since.items()
        )
    )
    fresh = select(outbox.c.mailbox_id).where(
        outbox.c.state == OutboxState.QUEUED,
        outbox.c.not_before <= now,
        outbox.c.attempts == 0,
        outbox.c.fault == SendFault.ANSWER,
        wanted,
    )
    return [MailboxId(one) for one in connection.execute(fresh.distinct()).scalars()]


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
