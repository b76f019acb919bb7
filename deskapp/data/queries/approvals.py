"""Replies that wait for approval, and what became of them: the rounds as they are read."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from deskapp.domain.approvals import ApprovalRow, ApprovalState
from deskapp.domain.ids import AgentId, ApprovalId, DraftId, MessageId, OutboxId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.messages import Approved
from deskapp.domain.plain import storable
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import REVIEW, OutgoingFile
from deskapp.domain.reply_changes import Version

from ..tables.approvals import approval
from ..tables.columns import AnyRow
from ..tables.people import agent, customer
from ..tables.replies import draft as draft_table
from ..tables.tickets import ticket
from .parts import parts

_WRITER, _SENIOR = agent.alias("writer"), agent.alias("senior")
_NOBODY = "[]"  # recipients of what was neither sent nor proposed
_ROLES = ("to", "cc", "bcc")
_later = approval.alias("later")


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
    those that wait, and those that were returned last and are a draft."""
    wanted: list[ColumnElement[bool]] = []
    if waiting:
        wanted.append(approval.c.state == ApprovalState.WAITING)
    if ticket_id is not None:
        wanted.append(draft_table.c.ticket_id == ticket_id)
    if draft is not None:
        wanted.append(approval.c.draft_id == draft)
    if pending:
        last = select(func.max(_later.c.id)).where(_later.c.draft_id == approval.c.draft_id)
        returned = and_(
            approval.c.state == ApprovalState.RETURNED,
            approval.c.id == last.scalar_subquery(),
            draft_table.c.closed_at.is_(None),
        )
        wanted.append(or_(approval.c.state == ApprovalState.WAITING, returned))
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


def approved_of(connection: Connection, messages: Sequence[int]) -> dict[int, Approved]:
    """Who approved which of these messages."""
    found = {}
    for part in parts(messages):
        for row in _rows(connection, [approval.c.message_id.in_(part)], len(part)):
            if row.message_id is not None:
                found[int(row.message_id)] = Approved(row.id, row.senior_name, row.changed)
    return found


def version_open(connection: Connection, one: ApprovalId, by: AgentId | None) -> DraftId | None:
    """The draft in which this agent edits a reply that waits, if there is one."""
    asked = select(draft_table.c.id).where(
        draft_table.c.approval_id == one,
        draft_table.c.agent_id == by,
        draft_table.c.closed_at.is_(None),
    )
    found = connection.execute(asked.order_by(draft_table.c.id.desc()).limit(1)).scalar()
    return None if found is None else DraftId(found)


def who_edit(connection: Connection, one: ApprovalId, but: AgentId | None) -> tuple[str, ...]:
    """Names of others who have a version of their own open."""
    asked = (
        select(agent.c.name)
        .join(draft_table, draft_table.c.agent_id == agent.c.id)
        .where(draft_table.c.approval_id == one, draft_table.c.kind == REVIEW)
        .where(draft_table.c.closed_at.is_(None), agent.c.id.is_distinct_from(but))
        .order_by(agent.c.name)
    )
    return tuple(dict.fromkeys(connection.execute(asked).scalars()))


def stored_people(one: Version) -> str:
    """Whom a version goes to, as it is stored."""
    people = {
        role: [[who.name, who.address] for its, who in one.people if its == role] for role in _ROLES
    }
    return storable(json.dumps(people, ensure_ascii=False))


def stored_files(one: Version) -> str:
    """Its files as they are stored: their names and which bytes they are, not the bytes."""
    return storable(json.dumps([asdict(file) for file in one.files], ensure_ascii=False))


def _version(body: str, html: str, people: str, files: str) -> Version:
    told = json.loads(people)
    listed = told.items() if isinstance(told, dict) else ()
    who = tuple((role, Address(*one)) for role, some in listed for one in some)
    return Version(body, html, who, tuple(OutgoingFile(**one) for one in json.loads(files)))


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
            customer.c.name.label("customer_name"),
        )
        .join(draft_table, draft_table.c.id == approval.c.draft_id)
        .join(ticket, ticket.c.id == draft_table.c.ticket_id)  # a merge moves drafts along
        .join(_WRITER, _WRITER.c.id == approval.c.agent_id)
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .outerjoin(_SENIOR, _SENIOR.c.id == approval.c.decided_by)
        .where(*wanted)
        .order_by(approval.c.id)
        .limit(limit)
    )
    return tuple(map(_row, connection.execute(asked)))


def _row(row: AnyRow) -> ApprovalRow:
    final = None
    if row.final_recipients != _NOBODY:
        final = _version(row.final_body, row.final_html, row.final_recipients, row.final_files)
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
        given=_version(row.body, row.html, row.recipients, row.files),
        submitted_at=row.submitted_at,
        senior_name=row.senior_name or "",
        decided_at=row.decided_at,
        comment=row.comment,
        final=final,
        message_id=None if row.message_id is None else MessageId(row.message_id),
        outbox_id=None if row.outbox_id is None else OutboxId(row.outbox_id),
        status=TicketStatus(row.status) if row.status else None,
        version=row.version,
        in_draft=row.closed_at is None,
        leave_at=row.leave_at,
        customer=row.customer_name or "",
    )
