"""Who is on the desk now, by the database's clock."""

from datetime import timedelta

from sqlalchemy import Connection, select

from deskapp.domain.ids import AgentId

from ..tables.people import agent
from ..tables.presence import presence
from .leases import clock

SEEN_FOR = timedelta(seconds=22)
"""How long somebody counts as there after their program was last heard: three beats of it."""


def present_agents(connection: Connection) -> frozenset[AgentId]:
    """Staff at work whose program is open on the desk now; who left it is not among them at once,
    whose program was killed after ``SEEN_FOR``."""
    there = (
        select(presence.c.agent_id)
        .join(agent, agent.c.id == presence.c.agent_id)
        .where(presence.c.seen_at > clock(connection) - SEEN_FOR, agent.c.active)
    )
    return frozenset(AgentId(one) for one in connection.execute(there).scalars())
