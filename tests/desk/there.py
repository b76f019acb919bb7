"""Agents who have a program open on the desk, as its presence rows say."""

from datetime import timedelta

from sqlalchemy import delete, insert

from deskapp.data.queries.leases import clock
from deskapp.data.tables.presence import presence
from deskapp.desk import Desk
from deskapp.domain.ids import AgentId, TicketId

from .ground import Ground

_STAYS = timedelta(hours=1)  # tests send no beats


def come(
    ground: Ground | Desk, *agents: AgentId, writing: TicketId | None = None, client: str = "window"
) -> None:
    """They are there from now on; ``writing``: on this ticket."""
    with ground.database.writing() as unit:
        seen = clock(unit.connection) + _STAYS
        for one in agents:
            unit.connection.execute(
                insert(presence).values(
                    client=f"{client} {one}",
                    place=0 if writing is None else 1,
                    agent_id=one,
                    ticket_id=writing,
                    doing="" if writing is None else "writing",
                    since=seen,
                    seen_at=seen,
                )
            )


def leave(ground: Ground | Desk, *agents: AgentId) -> None:
    """They have closed their programs."""
    with ground.database.writing() as unit:
        unit.connection.execute(delete(presence).where(presence.c.agent_id.in_(agents)))
