"""The outbox as the postman sees it: claim a reply, store each phase, say how it ended.

A claim is a conditional update with a growing fence; whoever lost it changes nothing any more.
``body_sent`` is stored before the final dot. A claim that died earlier goes back into the queue,
one that died there is uncertain and never sent again by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from deskapp.domain.ids import MailboxId, OutboxId, TicketId
from deskapp.domain.kinds import EventKind, OutboxPhase, OutboxState
from deskapp.domain.replies import ClaimedMail

from ..database import Unit
from ..tables.mail import mailbox
from ..tables.replies import outbox, outbox_recipient
from ..tables.tickets import event
from .blobs import get_blob

CLAIM_TIME = timedelta(seconds=60)
BODY_TIME = timedelta(minutes=10)
"""A large mail on a slow line, and the server's ten minutes after the dot (RFC 5321 4.5.3.2)."""

_PHASES = tuple(OutboxPhase)
_UNSENT = tuple(
    phase for phase in _PHASES if _PHASES.index(phase) < _PHASES.index(OutboxPhase.BODY_SENT)
)
_TAKES_PART = ("waiting", "deferred")  # recipients that this mail has still to go to


@dataclass(frozen=True, slots=True)
class RecipientAnswer:
    """What a server said to one RCPT: state accepted, deferred or refused."""

    state: str
    code: int
    answer: str


def next_due(connection: Connection, mailboxes: Collection[MailboxId]) -> datetime | None:
    """When the next queued reply of these mailboxes may leave; None with an empty queue."""
    found: datetime | None = connection.execute(
        select(outbox.c.not_before)
        .where(outbox.c.state == OutboxState.QUEUED, outbox.c.mailbox_id.in_(mailboxes))
        .order_by(outbox.c.not_before)
        .limit(1)
    ).scalar()
    return found


def claim_next(
    unit: Unit, holder: str, now: datetime, mailboxes: Collection[MailboxId]
) -> ClaimedMail | None:
    """Takes the reply of these mailboxes that waits longest, for CLAIM_TIME. None: nothing due."""
    waits = and_(outbox.c.state == OutboxState.QUEUED, outbox.c.not_before <= now)
    candidate = unit.connection.execute(
        select(outbox.c.id)
        .where(waits, outbox.c.mailbox_id.in_(mailboxes))
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar()
    if candidate is None:
        return None
    row = unit.connection.execute(
        update(outbox)
        .where(outbox.c.id == candidate, waits)
        .values(
            state=OutboxState.CLAIMED,
            phase=OutboxPhase.NONE,
            fence=outbox.c.fence + 1,
            claimed_by=holder,
            claimed_until=now + CLAIM_TIME,
        )
        .returning(outbox)
    ).one_or_none()
    if row is None:
        return None
    recipients = unit.connection.execute(
        select(outbox_recipient.c.address)
        .where(outbox_recipient.c.outbox_id == row.id, outbox_recipient.c.state.in_(_TAKES_PART))
        .order_by(outbox_recipient.c.id)
    ).scalars()
    unit.touched.areas.add("outbox")
    return ClaimedMail(
        id=OutboxId(row.id),
        mailbox_id=MailboxId(row.mailbox_id),
        message_id=row.message_id,
        envelope_from=row.envelope_from,
        recipients=tuple(recipients),
        raw=get_blob(unit.connection, row.sha256),
        fence=row.fence,
        attempts=row.attempts,
    )


def _ours(claim: ClaimedMail) -> ColumnElement[bool]:
    return and_(
        outbox.c.id == claim.id,
        outbox.c.fence == claim.fence,
        outbox.c.state == OutboxState.CLAIMED,
    )


def advance(unit: Unit, claim: ClaimedMail, phase: OutboxPhase, now: datetime) -> bool:
    """Stores a phase before its step is taken. False: the claim is lost, stop at once."""
    earlier = _PHASES[: _PHASES.index(phase)]
    long_step = phase in (OutboxPhase.RECIPIENTS_ACCEPTED, OutboxPhase.BODY_SENT)
    done = unit.connection.execute(
        update(outbox)
        .where(_ours(claim), outbox.c.phase.in_(earlier))
        .values(phase=phase, claimed_until=now + (BODY_TIME if long_step else CLAIM_TIME))
    )
    return done.rowcount == 1


def note_recipients(unit: Unit, claim: ClaimedMail, answers: Mapping[str, RecipientAnswer]) -> None:
    """Keeps the server's word on each recipient."""
    for address, answer in answers.items():
        unit.connection.execute(
            update(outbox_recipient)
            .where(outbox_recipient.c.outbox_id == claim.id, outbox_recipient.c.address == address)
            .values(state=answer.state, code=answer.code, answer=answer.answer)
        )


def finish_sent(
    unit: Unit, claim: ClaimedMail, now: datetime, *, sent_copy: str, refused: str = ""
) -> bool:
    """The server took the mail over. ``refused`` says what it would not deliver to whom.

    Also ends a claim that had run out and was called uncertain meanwhile: the answer is in now.
    """
    return _end(
        unit,
        and_(
            outbox.c.id == claim.id,
            outbox.c.fence == claim.fence,
            outbox.c.state.in_((OutboxState.CLAIMED, OutboxState.UNCERTAIN)),
        ),
        OutboxState.SENT,
        EventKind.SEND_FAILED if refused else EventKind.SENT,
        now,
        reason=refused,
        phase=OutboxPhase.ACCEPTED,
        sent_at=now,
        sent_copy=sent_copy,
    )


def finish_failed(unit: Unit, claim: ClaimedMail, now: datetime, said: str) -> bool:
    """The server will not have it, or 48 hours are over. A person decides what to do."""
    return _end(unit, _ours(claim), OutboxState.FAILED, EventKind.SEND_FAILED, now, reason=said)


def finish_uncertain(unit: Unit, claim: ClaimedMail, now: datetime, said: str) -> bool:
    """The line was lost when the server may already have had the whole mail."""
    return _end(
        unit, _ours(claim), OutboxState.UNCERTAIN, EventKind.SEND_UNCERTAIN, now, reason=said
    )


def put_back(
    unit: Unit, claim: ClaimedMail, not_before: datetime, said: str, *, counts: bool
) -> bool:
    """Queues it again for later. ``counts`` is False where the mail itself was not judged."""
    done = unit.connection.execute(
        update(outbox)
        .where(_ours(claim), outbox.c.phase != OutboxPhase.ACCEPTED)
        .values(
            state=OutboxState.QUEUED,
            phase=OutboxPhase.NONE,
            claimed_by="",
            claimed_until=None,
            not_before=not_before,
            last_error=said,
            attempts=outbox.c.attempts + int(counts),
        )
    )
    unit.touched.areas.add("outbox")
    return done.rowcount == 1


def settle_uncertain(unit: Unit, outbox_id: OutboxId, now: datetime) -> bool:
    """Its Message-ID was found in Sent: it was sent after all."""
    return _end(
        unit,
        and_(outbox.c.id == outbox_id, outbox.c.state == OutboxState.UNCERTAIN),
        OutboxState.SENT,
        EventKind.SENT,
        now,
        reason="",
        phase=OutboxPhase.ACCEPTED,
        sent_at=now,
        sent_copy="server",
    )


def recover_claims(
    unit: Unit, now: datetime, mailboxes: Collection[MailboxId], holder: str
) -> tuple[int, int]:
    """Ends claims whose holder is gone: back into the queue, or uncertain. Counts of both.

    ``mailboxes`` are those that ``holder`` has the lease of: there nobody else sends any more. A
    holder that was only slow finds its fence outrun, or says after all how it ended.
    """
    gone = or_(
        outbox.c.claimed_until < now,
        and_(outbox.c.mailbox_id.in_(mailboxes), outbox.c.claimed_by != holder),
    )
    stale = and_(outbox.c.state == OutboxState.CLAIMED, gone)
    again = unit.connection.execute(
        update(outbox)
        .where(stale, outbox.c.phase.in_(_UNSENT))
        .values(state=OutboxState.QUEUED, phase=OutboxPhase.NONE, claimed_by="", claimed_until=None)
    ).rowcount
    lost = list(unit.connection.execute(select(outbox.c.id).where(stale)).scalars())
    for one in lost:
        _end(
            unit,
            and_(outbox.c.id == one, stale),
            OutboxState.UNCERTAIN,
            EventKind.SEND_UNCERTAIN,
            now,
            reason="",
        )
    if again:
        unit.touched.areas.add("outbox")
    return again, len(lost)


def _end(
    unit: Unit,
    which: ColumnElement[bool],
    state: OutboxState,
    kind: EventKind,
    now: datetime,
    *,
    reason: str,
    **values: object,
) -> bool:
    row = unit.connection.execute(
        update(outbox)
        .where(which)
        .values(state=state, claimed_by="", claimed_until=None, last_error=reason, **values)
        .returning(outbox.c.ticket_id, outbox.c.message_row_id, outbox.c.agent_id)
    ).one_or_none()
    if row is None:
        return False
    unit.connection.execute(
        insert(event),
        {
            "ticket_id": row.ticket_id,
            "kind": kind,
            "at": now,
            "agent_id": row.agent_id,
            "message_id": row.message_row_id,
            "reason": reason,
        },
    )
    unit.touched.areas.add("outbox")
    unit.touched.tickets.add(TicketId(row.ticket_id))
    return True


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
