"""How a reply of the outbox ends, or goes back into it: each is one conditional update.

Whoever lost the claim, or comes after a person, changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, insert, select, update

from deskapp.domain.ids import OutboxId, TicketId
from deskapp.domain.kinds import EventKind, OutboxPhase, OutboxState
from deskapp.domain.outbox_trouble import SendFault, told
from deskapp.domain.replies import ClaimedMail

from ..database import Unit
from ..tables.replies import outbox, outbox_recipient
from ..tables.tickets import event


@dataclass(frozen=True, slots=True)
class RecipientAnswer:
    """What a server said to one RCPT: state accepted, deferred or refused.

    Without a code the server was not asked: no mail of this server can go to that address.
    """

    state: str
    code: int | None
    answer: str


def ours(claim: ClaimedMail) -> ColumnElement[bool]:
    """Whether this claim still holds its reply."""
    return and_(
        outbox.c.id == claim.id,
        outbox.c.fence == claim.fence,
        outbox.c.state == OutboxState.CLAIMED,
    )


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
    return end(
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


def finish_failed(
    unit: Unit, claim: ClaimedMail, now: datetime, said: str, fault: SendFault = SendFault.ANSWER
) -> bool:
    """The server will not have it, or 48 hours are over. A person decides what to do."""
    which, kind = ours(claim), EventKind.SEND_FAILED
    return end(unit, which, OutboxState.FAILED, kind, now, reason=said, fault=fault)


def finish_uncertain(
    unit: Unit, claim: ClaimedMail, now: datetime, said: str, fault: SendFault = SendFault.ANSWER
) -> bool:
    """The line was lost when the server may already have had the whole mail."""
    which, kind = ours(claim), EventKind.SEND_UNCERTAIN
    return end(unit, which, OutboxState.UNCERTAIN, kind, now, reason=said, fault=fault)


def put_back(
    unit: Unit,
    claim: ClaimedMail,
    not_before: datetime,
    said: str,
    fault: SendFault = SendFault.ANSWER,
    *,
    counts: bool,
) -> bool:
    """Queues it again for later. ``counts`` is False where the mail itself was not judged."""
    done = unit.connection.execute(
        update(outbox)
        .where(ours(claim), outbox.c.phase != OutboxPhase.ACCEPTED)
        .values(
            state=OutboxState.QUEUED,
            phase=OutboxPhase.NONE,
            claimed_by="",
            claimed_until=None,
            not_before=not_before,
            last_error=said,
            fault=fault,
            attempts=outbox.c.attempts + int(counts),
        )
    )
    unit.touched.areas.add("outbox")
    return done.rowcount == 1


def settle_uncertain(
    unit: Unit, outbox_id: OutboxId, now: datetime, *, in_sent: bool = True
) -> bool:
    """Its Message-ID was found in Sent, or a person knows: it was sent after all.

    ``in_sent``: its copy is known to lie there; else it is looked for, and put there. Whom the
    server had put off did not get it then: for them it is queued again.
    """
    unsure = and_(outbox.c.id == outbox_id, outbox.c.state == OutboxState.UNCERTAIN)
    if unit.connection.execute(select(outbox.c.id).where(unsure).with_for_update()).first() is None:
        return False
    theirs = outbox_recipient.c.outbox_id == outbox_id
    unit.connection.execute(
        update(outbox_recipient)
        .where(theirs, outbox_recipient.c.state == "waiting")
        .values(state="accepted")
    )
    left = select(outbox_recipient.c.id).where(theirs, outbox_recipient.c.state == "deferred")
    if unit.connection.execute(left.limit(1)).first() is not None:
        return _queue_rest(unit, unsure, now)
    return end(
        unit,
        unsure,
        OutboxState.SENT,
        EventKind.SENT,
        now,
        reason="",
        phase=OutboxPhase.ACCEPTED,
        sent_at=now,
        sent_copy="server" if in_sent else "pending",
    )


def _queue_rest(unit: Unit, which: ColumnElement[bool], now: datetime) -> bool:
    values = {"state": OutboxState.QUEUED, "phase": OutboxPhase.NONE, "not_before": now}
    forgotten = {"last_error": "", "fault": SendFault.ANSWER, "fence": outbox.c.fence + 1}
    unit.connection.execute(update(outbox).where(which).values(**values, **forgotten))
    unit.touched.areas.add("outbox")
    return True


def end(
    unit: Unit,
    which: ColumnElement[bool],
    state: OutboxState,
    kind: EventKind,
    now: datetime,
    *,
    reason: str,
    fault: SendFault = SendFault.ANSWER,
    **values: object,
) -> bool:
    """Ends one reply and tells its ticket; False where ``which`` fits none."""
    free = {"claimed_by": "", "claimed_until": None}
    row = unit.connection.execute(
        update(outbox)
        .where(which)
        .values(state=state, last_error=reason, fault=fault, **free, **values)
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
            "reason": told(fault, reason),
        },
    )
    unit.touched.areas.add("outbox")
    unit.touched.tickets.add(TicketId(row.ticket_id))
    return True


def leave_the_rest(unit: Unit, outbox_id: OutboxId) -> bool:
    """A person gives up on those that did not get it; those that did keep it. False: nobody did.

    What their servers said stays at each of them.
    """
    partly = exists().where(
        outbox_recipient.c.outbox_id == outbox_id, outbox_recipient.c.state == "accepted"
    )
    row = unit.connection.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id, partly)
        .where(outbox.c.state.in_((OutboxState.QUEUED, OutboxState.FAILED)))
        .values(state=OutboxState.SENT)
        .returning(outbox.c.ticket_id)
    ).first()
    if row is None:
        return False
    unit.connection.execute(
        update(outbox_recipient)
        .where(outbox_recipient.c.outbox_id == outbox_id, outbox_recipient.c.state != "accepted")
        .values(state="refused")
    )
    unit.touched.areas.add("outbox")
    unit.touched.tickets.add(TicketId(row.ticket_id))
    return True
