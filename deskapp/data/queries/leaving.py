"""What an agent has in hand, and letting it go when they leave."""

from sqlalchemy import ColumnElement, Connection, Table, delete, func, or_, select, update

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES, OutboxState
from deskapp.domain.leaving import Left

from ..database import Unit
from ..tables.approvals import approval
from ..tables.assigning import absence
from ..tables.facts import ticket_follower
from ..tables.notes import PROMISED, message_entry
from ..tables.people import agent
from ..tables.presence import take_over
from ..tables.replies import draft, outbox
from ..tables.tickets import SNOOZED, message, ticket

_TO_LEAVE = (OutboxState.QUEUED, OutboxState.CLAIMED)


def in_hand(connection: Connection, who: AgentId) -> tuple[list[TicketId], Left]:
    """Their tickets that have not ended, and all that there is with its counts."""
    theirs = ticket.c.assignee_id == who, ticket.c.status.in_(ACTIVE_STATUSES)
    ids = connection.execute(select(ticket.c.id).where(*theirs)).scalars().all()
    promised = select(func.count(func.distinct(message.c.ticket_id))).join_from(
        message_entry, message
    )
    promised = promised.join(ticket, ticket.c.id == message.c.ticket_id).where(PROMISED, *theirs)
    me = connection.execute(
        select(agent.c.name, agent.c.login, agent.c.team_id, agent.c.active).where(
            agent.c.id == who
        )
    ).one()

    def count(table: Table, *rules: ColumnElement[bool]) -> int:
        return connection.execute(
            select(func.count()).select_from(table).where(*rules)
        ).scalar_one()

    return [TicketId(one) for one in ids], Left(
        name=me.name,
        login=me.login or "",
        tickets=len(ids),
        snoozed=count(ticket, SNOOZED, *theirs),
        promised=connection.execute(promised).scalar_one(),
        drafts=count(draft, draft.c.agent_id == who, draft.c.closed_at.is_(None)),
        waiting=count(approval, approval.c.agent_id == who, approval.c.state == "waiting"),
        queued=count(outbox, outbox.c.agent_id == who, outbox.c.state.in_(_TO_LEAVE)),
        followed=count(ticket_follower, ticket_follower.c.agent_id == who),
        substitute_for=count(absence, absence.c.substitute_id == who),
        in_team=me.team_id is not None,
        was_active=me.active,
    )


def let_go(unit: Unit, who: AgentId, to: AgentId | None) -> None:
    """They are in no team and at work no more; who counted on them as a substitute has ``to``.

    Nobody waits for their answer any more, nor they for anybody's.
    """
    connection = unit.connection
    asked = or_(take_over.c.asker_id == who, take_over.c.holder_id == who)
    connection.execute(delete(take_over).where(asked, take_over.c.answer == ""))
    connection.execute(delete(ticket_follower).where(ticket_follower.c.agent_id == who))
    connection.execute(delete(absence).where(absence.c.agent_id == who))
    # Nobody stands in for themselves.
    own = absence.c.substitute_id == who
    connection.execute(
        update(absence).where(own, absence.c.agent_id == to).values(substitute_id=None)
    )
    connection.execute(update(absence).where(own).values(substitute_id=to))
    changed = (
        update(agent)
        .where(agent.c.id == who)
        .values(team_id=None, active=False, version=agent.c.version + 1)
    )
    connection.execute(changed)
    unit.touched.areas.update(("agents", "teams"))
