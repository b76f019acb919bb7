"""What happened to some tickets lately, for the notices of one agent."""

from collections.abc import Sequence

from sqlalchemy import Connection, String, and_, cast, exists, func, or_, select

from deskapp.domain.act_states import ActState
from deskapp.domain.approvals import JUNIOR
from deskapp.domain.handing_over import TO_TEAM
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.notices import TOLD, Happened

from ..tables.approvals import approval
from ..tables.columns import AnyRow
from ..tables.facts import ticket_follower
from ..tables.mail import mailbox
from ..tables.notes import message_mention
from ..tables.order_acts import order_act
from ..tables.people import agent, customer
from ..tables.tickets import event, ticket
from .parts import parts


def newest_of_all(connection: Connection) -> int:
    """The newest event there is, 0 on an empty desk."""
    return connection.scalar(select(func.max(event.c.id))) or 0


def happened_to(
    connection: Connection, ids: Sequence[TicketId], after: int, me: AgentId | None
) -> tuple[Happened, ...]:
    """The events after ``after`` on these tickets that somebody might be told of, in order."""
    calls = exists().where(
        message_mention.c.message_id == event.c.message_id, message_mention.c.agent_id == me
    )
    follows = exists().where(
        ticket_follower.c.ticket_id == event.c.ticket_id, ticket_follower.c.agent_id == me
    )
    mine = select(agent.c.team_id).where(agent.c.id == me).scalar_subquery()
    asked = exists().where(
        order_act.c.ticket_id == event.c.ticket_id,
        order_act.c.asked_by == me,
        order_act.c.state == ActState.UNCLEAR,
        event.c.kind == EventKind.ORDER_ACT,
    )
    replied = exists().where(
        cast(approval.c.id, String) == event.c.new,
        approval.c.agent_id == me,
        event.c.kind == EventKind.APPROVAL,
    )
    role = connection.scalar(select(agent.c.role).where(agent.c.id == me))
    statement = (
        select(
            event.c.id,
            event.c.kind,
            event.c.agent_id,
            ticket.c.id.label("ticket"),
            ticket.c.number,
            ticket.c.subject,
            ticket.c.status,
            ticket.c.assignee_id,
            func.coalesce(customer.c.name, "").label("customer"),
            func.coalesce(mailbox.c.address, "").label("mailbox"),
            calls.label("calls"),
            and_(event.c.reason.startswith(TO_TEAM), ticket.c.team_id == mine).label("to_us"),
            follows.label("follows"),
            event.c.new,
            event.c.reason,
            or_(asked, replied).label("asked"),
        )
        .join(ticket, ticket.c.id == event.c.ticket_id)
        .outerjoin(mailbox, mailbox.c.id == ticket.c.mailbox_id)
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .order_by(event.c.id)
    )
    found = []
    for part in parts(ids):
        chosen = and_(event.c.ticket_id.in_(part), event.c.id > after, event.c.kind.in_(TOLD))
        for row in connection.execute(statement.where(chosen)):
            found.append(
                Happened(
                    row.id,
                    EventKind(row.kind),
                    TicketId(row.ticket),
                    row.number,
                    row.subject,
                    row.customer,
                    TicketStatus(row.status),
                    None if row.assignee_id is None else AgentId(row.assignee_id),
                    None if row.agent_id is None else AgentId(row.agent_id),
                    bool(row.calls),
                    bool(row.follows),
                    row.mailbox,
                    bool(row.to_us),
                    _step(EventKind(row.kind), row),
                    bool(row.asked),
                    role not in (None, JUNIOR),
                )
            )
    return tuple(found)


def _step(kind: EventKind, row: AnyRow) -> str:
    steps: dict[EventKind, str] = {
        EventKind.ORDER_ACT: row.new,
        EventKind.APPROVAL: row.reason,
    }
    return steps.get(kind, "")
