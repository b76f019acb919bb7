"""The outbox as the postman sees it: claim a reply, store each phase, say how it ended.

A claim is a conditional update with a growing fence; whoever lost it changes nothing any more.
``body_sent`` is stored before the final dot. A claim that died earlier goes back into the queue,
one that died there is uncertain and never sent again by itself.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, or_, select, update

from deskapp.domain.ids import MailboxId, OutboxId
from deskapp.domain.kinds import EventKind, OutboxPhase, OutboxState
from deskapp.domain.outbox_trouble import fault_of
from deskapp.domain.problem import Problem
from deskapp.domain.replies import ClaimedMail

from ..database import Unit
from ..tables.replies import outbox, outbox_recipient
from .blobs import get_blob
from .outbox_ends import end, ours
from .outbox_facts import nobody_wrote

CLAIM_TIME = timedelta(seconds=60)
BODY_TIME = timedelta(minutes=10)
"""A large mail on a slow line, and the server's ten minutes after the dot (RFC 5321 4.5.3.2)."""

LONGEST_WAIT = timedelta(hours=5)
"""No retry waits longer; one that seems to was put off by a clock that has been set back since."""

_PHASES = tuple(OutboxPhase)
_UNSENT = tuple(
    phase for phase in _PHASES if _PHASES.index(phase) < _PHASES.index(OutboxPhase.BODY_SENT)
)
_TAKES_PART = ("waiting", "deferred")  # recipients that this mail has still to go to


def next_due(connection: Connection, mailboxes: Collection[MailboxId]) -> datetime | None:
    """When the next queued reply of these mailboxes may leave; None while none of them may.

    What a clock that ran ahead put off is not counted: ``claim_next`` finds it.
    """
    found: datetime | None = connection.execute(
        select(outbox.c.not_before)
        .where(outbox.c.state == OutboxState.QUEUED, outbox.c.mailbox_id.in_(mailboxes))
        .where(nobody_wrote())
        .order_by(outbox.c.not_before)
        .limit(1)
    ).scalar()
    return found


def claim_next(
    unit: Unit, holder: str, now: datetime, mailboxes: Collection[MailboxId]
) -> ClaimedMail | None:
    """Takes the reply of these mailboxes that waits longest, for CLAIM_TIME. None: nothing due."""
    clock_ran_ahead = and_(
        outbox.c.not_before > outbox.c.due_at, outbox.c.not_before > now + LONGEST_WAIT
    )
    due = or_(outbox.c.not_before <= now, clock_ran_ahead)
    waits = and_(outbox.c.state == OutboxState.QUEUED, due, nobody_wrote())
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
    try:
        raw = get_blob(unit.connection, row.sha256)
    except Problem as problem:
        # Its bytes are gone: those behind it must not wait for that.
        which, fault = outbox.c.id == candidate, fault_of(problem)
        failed = EventKind.SEND_FAILED
        end(unit, which, OutboxState.FAILED, failed, now, reason="", fault=fault)
        return claim_next(unit, holder, now, mailboxes)
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
        raw=raw,
        fence=row.fence,
        attempts=row.attempts,
    )


def advance(unit: Unit, claim: ClaimedMail, phase: OutboxPhase, now: datetime) -> bool:
    """Stores a phase before its step is taken. False: the claim is lost, stop at once."""
    earlier = _PHASES[: _PHASES.index(phase)]
    long_step = phase in (OutboxPhase.RECIPIENTS_ACCEPTED, OutboxPhase.BODY_SENT)
    done = unit.connection.execute(
        update(outbox)
        .where(ours(claim), outbox.c.phase.in_(earlier))
        .values(phase=phase, claimed_until=now + (BODY_TIME if long_step else CLAIM_TIME))
    )
    return done.rowcount == 1


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
        end(
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
