"""Replies that wait for approval: handed in, returned, approved, withdrawn, each in the current
write."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, insert, select, update

from deskapp.domain.approvals import (
    CHANGED,
    HANDED_IN,
    TAKEN_BACK,
    ApprovalRow,
    ApprovalState,
)
from deskapp.domain.ids import AgentId, ApprovalId, DraftId, MessageId, OutboxId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.plain import storable
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.reply_changes import Version, is_other, version_of

from ..database import Unit
from ..tables.approvals import approval
from ..tables.replies import draft as draft_table
from .approvals import stored_files, stored_people
from .drafts import reopen_draft
from .newer import newest_event
from .ticket_write import add_event

_UNDECIDED: Mapping[str, object] = {
    "state": ApprovalState.WAITING,
    **dict.fromkeys(("decided_by", "decided_at", "message_id", "outbox_id")),
    "final_body": "",
    "final_html": "",
    "final_recipients": "[]",
    "final_files": "[]",
}
WAITS_AGAIN = (*_UNDECIDED, "version")
"""The columns that an approval loses whose reply was taken back."""


def hand_in(
    unit: Unit, draft: Draft, one: TicketId, status: TicketStatus | None, act: str, at: datetime
) -> ApprovalId:
    """A new round of a saved draft."""
    assert draft.id is not None
    given = version_of(draft)
    before = select(func.count()).where(approval.c.draft_id == draft.id)
    values = {
        "ticket_id": one,
        "draft_id": draft.id,
        "agent_id": draft.agent_id,
        "round": unit.connection.execute(before).scalar_one() + 1,
        "state": ApprovalState.WAITING,
        "body": storable(draft.body),
        "html": storable(given.html),
        "recipients": stored_people(given),
        "files": stored_files(given),
        "status": status or "",
        "leave_at": draft.leave_at,
        "unless_answered": draft.unless_answered,
        "submitted_at": at,
        "act": act,
    }
    made: int = unit.connection.execute(
        insert(approval).values(values).returning(approval.c.id)
    ).scalar_one()
    _tell(unit, one, made, HANDED_IN, at, draft.agent_id)
    return ApprovalId(made)


def settle(
    unit: Unit,
    row: ApprovalRow,
    state: ApprovalState,
    at: datetime,
    by: AgentId | None,
    final: Version | None = None,
    **more: object,
) -> None:
    """Decides a round that waits; Problem(CHANGED_MEANWHILE) when somebody else did. ``final``:
    what was sent, or is proposed with a return."""
    values = {"state": state, "version": approval.c.version + 1, **more}
    if state is not ApprovalState.WITHDRAWN:
        values |= {"decided_by": by, "decided_at": at}
    if final is not None:
        values |= {
            "final_body": storable(final.body),
            "final_html": storable(final.html),
            "final_recipients": stored_people(final),
            "final_files": stored_files(final),
        }
    done = unit.connection.execute(
        update(approval)
        .where(approval.c.id == row.id, approval.c.version == row.version)
        .where(approval.c.state == ApprovalState.WAITING)
        .values(values)
    )
    if not done.rowcount:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="approval", value=row.id)
    edited = state is ApprovalState.APPROVED and final is not None and is_other(row.given, final)
    _tell(unit, row.ticket_id, row.id, CHANGED if edited else state, at, by)


def waits_again(
    unit: Unit, sent: OutboxId, at: datetime, by: AgentId | None, why: str = TAKEN_BACK
) -> DraftId | None:
    """An approved reply that was taken back waits again; None for any other reply. ``why``:
    TAKEN_BACK or HEARD_FIRST.

    The version of whoever approved it is theirs to edit again; to them it is given, to others the
    draft as it was handed in.
    """
    asked = select(
        approval.c.id, approval.c.draft_id, approval.c.decided_by, draft_table.c.ticket_id
    )
    asked = asked.join(draft_table, draft_table.c.id == approval.c.draft_id)
    found = unit.connection.execute(asked.where(approval.c.outbox_id == sent)).first()
    if found is None:
        return None
    unit.connection.execute(
        update(approval)
        .where(approval.c.id == found.id)
        .values(**_UNDECIDED, version=approval.c.version + 1)
    )
    one = TicketId(found.ticket_id)
    _tell(unit, one, found.id, why, at, by)
    edited = _version_of(unit, ApprovalId(found.id), AgentId(found.decided_by))
    if edited is not None:
        reopen_draft(unit, edited)
    # What the sending itself did to the ticket is no news to the next who decides.
    seen = {"base_event_id": newest_event(unit.connection, one)}
    both = draft_table.c.id.in_([found.draft_id, edited or found.draft_id])
    unit.connection.execute(update(draft_table).where(both).values(seen))
    return edited if edited is not None and by == found.decided_by else DraftId(found.draft_id)


def _version_of(unit: Unit, one: ApprovalId, senior: AgentId) -> DraftId | None:
    """What a senior made of it: the draft that was closed when they approved."""
    asked = select(draft_table.c.id).where(
        draft_table.c.approval_id == one, draft_table.c.agent_id == senior
    )
    found = unit.connection.execute(asked.order_by(draft_table.c.id.desc()).limit(1)).scalar()
    return None if found is None else DraftId(found)


def see_again(unit: Unit, draft: Draft, newest: MessageId | None, event: int) -> None:
    """What its writer has seen when it is handed in is what a senior judges it by."""
    unit.connection.execute(
        update(draft_table)
        .where(draft_table.c.id == draft.id)
        .values(base_message_id=newest, base_event_id=event)
    )


def _tell(
    unit: Unit, one: TicketId, number: int, what: str, at: datetime, by: AgentId | None
) -> None:
    add_event(unit, one, EventKind.APPROVAL, at, by, new=str(number), reason=what)
    unit.touched.areas.add("approvals")
    unit.touched.areas.add("drafts")
