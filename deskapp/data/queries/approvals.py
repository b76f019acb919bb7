"""Replies that wait for approval: handed in, returned, approved, withdrawn."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from deskapp.domain.approvals import CHANGED, HANDED_IN, ApprovalRow, ApprovalState
from deskapp.domain.ids import AgentId, ApprovalId, DraftId, MessageId, OutboxId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.plain import storable
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft

from ..database import Unit
from ..tables.approvals import approval
from ..tables.columns import AnyRow
from ..tables.people import agent
from ..tables.replies import draft as draft_table
from ..tables.tickets import ticket
from .newer import newest_event
from .ticket_write import add_event

_WRITER, _SENIOR = agent.alias("writer"), agent.alias("senior")


def approval_rows(
    connection: Connection,
    *,
    waiting: bool = False,
    ticket_id: TicketId | None = None,
    draft: DraftId | None = None,
    writer: AgentId | None = None,
    pending: bool = False,
    limit: int = 500,
) -> tuple[ApprovalRow, ...]:
    """Rounds, the oldest first: those that wait, or of one ticket, draft or writer. ``pending``:
    those that wait, and returned ones that are a draft."""
    wanted: list[ColumnElement[bool]] = []
    if waiting:
        wanted.append(approval.c.state == ApprovalState.WAITING)
    if ticket_id is not None:
        wanted.append(draft_table.c.ticket_id == ticket_id)
    if draft is not None:
        wanted.append(approval.c.draft_id == draft)
    if pending:
        returned = approval.c.state == ApprovalState.RETURNED, draft_table.c.closed_at.is_(None)
        wanted.append(or_(approval.c.state == ApprovalState.WAITING, and_(*returned)))
    if writer is not None:
        wanted.append(approval.c.agent_id == writer)
    return _rows(connection, wanted, limit)


def approval_row(connection: Connection, one: ApprovalId) -> ApprovalRow:
    """Raises Problem(NOT_FOUND)."""
    found = _rows(connection, [approval.c.id == one], 1)
    if not found:
        raise Problem(ProblemKind.NOT_FOUND, what="approval", value=one)
    return found[0]


def waiting_count(connection: Connection) -> int:
    asked = select(func.count()).where(approval.c.state == ApprovalState.WAITING)
    return connection.execute(asked).scalar_one()


def approval_of_act(connection: Connection, act: str) -> ApprovalId | None:
    """What was handed in under a client's own id, if anything was."""
    asked = select(approval.c.id).where(approval.c.act == act)
    found = connection.execute(asked).scalar()
    return None if found is None else ApprovalId(found)


def hand_in(
    unit: Unit, draft: Draft, one: TicketId, status: TicketStatus | None, act: str, at: datetime
) -> ApprovalId:
    """A new round of a saved draft."""
    assert draft.id is not None
    before = select(func.count()).where(approval.c.draft_id == draft.id)
    values = {
        "ticket_id": one,
        "draft_id": draft.id,
        "agent_id": draft.agent_id,
        "round": unit.connection.execute(before).scalar_one() + 1,
        "state": ApprovalState.WAITING,
        "body": storable(draft.body),
        "html": storable(draft.html),
        "recipients": people_of(draft),
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
    **more: object,
) -> None:
    """Decides a round that waits; Problem(CHANGED_MEANWHILE) when somebody else did."""
    values = {"state": state, "version": approval.c.version + 1, **more}
    if state is not ApprovalState.WITHDRAWN:
        values |= {"decided_by": by, "decided_at": at}
    done = unit.connection.execute(
        update(approval)
        .where(approval.c.id == row.id, approval.c.version == row.version)
        .where(approval.c.state == ApprovalState.WAITING)
        .values(values)
    )
    if not done.rowcount:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="approval", value=row.id)
    edited = state is ApprovalState.APPROVED and more.get("final_body", row.body) != row.body
    _tell(unit, row.ticket_id, row.id, CHANGED if edited else state, at, by)


def waits_again(unit: Unit, sent: OutboxId, at: datetime, by: AgentId | None) -> DraftId | None:
    """An approved reply that was taken back waits again; None for any other reply."""
    asked = select(approval.c.id, approval.c.draft_id, draft_table.c.ticket_id)
    asked = asked.join(draft_table, draft_table.c.id == approval.c.draft_id)
    found = unit.connection.execute(asked.where(approval.c.outbox_id == sent)).first()
    if found is None:
        return None
    values = {"state": ApprovalState.WAITING, "decided_by": None, "decided_at": None}
    gone = {"message_id": None, "outbox_id": None, "final_body": "", "final_recipients": "[]"}
    unit.connection.execute(
        update(approval)
        .where(approval.c.id == found.id)
        .values(**values, **gone, version=approval.c.version + 1)
    )
    one = TicketId(found.ticket_id)
    _tell(unit, one, found.id, "taken_back", at, by)
    # What the sending itself did to the ticket is no news to the next who decides.
    draft = draft_table.c.id == found.draft_id
    seen = {"base_event_id": newest_event(unit.connection, one)}
    unit.connection.execute(update(draft_table).where(draft).values(seen))
    return DraftId(found.draft_id)


def see_again(unit: Unit, draft: Draft, newest: MessageId | None, event: int) -> None:
    """What its writer has seen when it is handed in is what a senior judges it by."""
    unit.connection.execute(
        update(draft_table)
        .where(draft_table.c.id == draft.id)
        .values(base_message_id=newest, base_event_id=event)
    )


def people_of(draft: Draft) -> str:
    """Whom a draft goes to, as it is stored."""
    listed = (("to", draft.to), ("cc", draft.cc), ("bcc", draft.bcc))
    people = {role: [[one.name, one.address] for one in some] for role, some in listed}
    return storable(json.dumps(people, ensure_ascii=False))


def _tell(
    unit: Unit, one: TicketId, number: int, what: str, at: datetime, by: AgentId | None
) -> None:
    add_event(unit, one, EventKind.APPROVAL, at, by, new=str(number), reason=what)
    unit.touched.areas.add("approvals")
    unit.touched.areas.add("drafts")


def _rows(
    connection: Connection, wanted: Sequence[ColumnElement[bool]], limit: int
) -> tuple[ApprovalRow, ...]:
    asked = (
        select(
            approval,
            ticket.c.id.label("lives_on"),
            draft_table.c.closed_at,
            ticket.c.number,
            ticket.c.subject,
            _WRITER.c.name.label("writer_name"),
            _SENIOR.c.name.label("senior_name"),
        )
        .join(draft_table, draft_table.c.id == approval.c.draft_id)
        .join(ticket, ticket.c.id == draft_table.c.ticket_id)  # a merge moves drafts along
        .join(_WRITER, _WRITER.c.id == approval.c.agent_id)
        .outerjoin(_SENIOR, _SENIOR.c.id == approval.c.decided_by)
        .where(*wanted)
        .order_by(approval.c.id)
        .limit(limit)
    )
    return tuple(map(_row, connection.execute(asked)))


def _row(row: AnyRow) -> ApprovalRow:
    return ApprovalRow(
        id=ApprovalId(row.id),
        ticket_id=TicketId(row.lives_on),
        number=row.number,
        subject=row.subject,
        draft_id=DraftId(row.draft_id),
        writer=AgentId(row.agent_id),
        writer_name=row.writer_name,
        round=row.round,
        state=ApprovalState(row.state),
        body=row.body,
        submitted_at=row.submitted_at,
        senior_name=row.senior_name or "",
        decided_at=row.decided_at,
        comment=row.comment,
        final_body=row.final_body,
        message_id=None if row.message_id is None else MessageId(row.message_id),
        outbox_id=None if row.outbox_id is None else OutboxId(row.outbox_id),
        status=TicketStatus(row.status) if row.status else None,
        version=row.version,
        in_draft=row.closed_at is None,
    )
