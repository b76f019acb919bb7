"""Who is on the desk now and where, by the database's clock."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.presence import Colleague, Doing, Here, Standing

from ..database import Unit
from ..tables.people import agent
from ..tables.presence import presence
from ..tables.tickets import ticket
from .leases import clock

SEEN_FOR = timedelta(seconds=22)
"""How long somebody counts as there after their program was last heard: three beats of it."""
_FORGOTTEN_AFTER = timedelta(minutes=10)
PROGRAM = 0
"""The place of a program itself; its windows have others."""


def present_agents(connection: Connection) -> frozenset[AgentId]:
    """Staff at work whose program is open on the desk now; who left it is not among them at once,
    whose program was killed after ``SEEN_FOR``."""
    there = (
        select(presence.c.agent_id)
        .join(agent, agent.c.id == presence.c.agent_id)
        .where(presence.c.seen_at > clock(connection) - SEEN_FOR, agent.c.active)
    )
    return frozenset(AgentId(one) for one in connection.execute(there).scalars())


def colleagues(
    connection: Connection, now: datetime, but_not: str = "", on: TicketId | None = None
) -> tuple[Colleague, ...]:
    """Every window on a ticket of all programs heard lately, but for one program; all at once."""
    wanted = (
        select(presence, agent.c.name)
        .join(agent, agent.c.id == presence.c.agent_id)
        .where(presence.c.seen_at > now - SEEN_FOR, presence.c.client != but_not)
        .where(presence.c.ticket_id.is_not(None) if on is None else presence.c.ticket_id == on)
    )
    return tuple(
        Colleague(
            AgentId(row.agent_id),
            row.name,
            TicketId(row.ticket_id),
            Doing(row.doing),
            row.since,
            (row.seen_at + SEEN_FOR - now).total_seconds(),
        )
        for row in connection.execute(wanted)
    )


def others_here(connection: Connection, now: datetime, me: AgentId) -> tuple[Here, ...]:
    """Colleagues at work whose program has the desk open, by their names."""
    last = func.max(presence.c.seen_at)
    wanted = (
        select(agent.c.id, agent.c.name, last.label("last"))
        .join(presence, agent.c.id == presence.c.agent_id)
        .where(presence.c.seen_at > now - SEEN_FOR, agent.c.active, agent.c.id != me)
        .group_by(agent.c.id, agent.c.name)
        .order_by(agent.c.name)
    )
    return tuple(
        Here(AgentId(row.id), row.name, (row.last + SEEN_FOR - now).total_seconds())
        for row in connection.execute(wanted)
    )


def beat(unit: Unit, client: str, now: datetime) -> int:
    """Says that a program is still there; how many rows of it there were."""
    mine = update(presence).where(presence.c.client == client)
    return unit.connection.execute(mine.values(seen_at=now)).rowcount


def write_places(
    unit: Unit,
    client: str,
    by: AgentId,
    places: Mapping[int, tuple[Standing, datetime]],
    now: datetime,
) -> None:
    """All that is known of a program: where its windows stand, each since when."""
    unit.connection.execute(delete(presence).where(presence.c.client == client))
    common = {"client": client, "agent_id": by, "seen_at": now}
    rows: list[dict[str, Any]] = [
        {"place": place, "ticket_id": one.ticket, "doing": one.doing.value, "since": since}
        for place, (one, since) in places.items()
    ]
    rows.append({"place": PROGRAM, "ticket_id": None, "doing": "", "since": now})
    unit.connection.execute(insert(presence), [{**row, **common} for row in rows])


def leave(unit: Unit, client: str) -> bool:
    """The program ends; False when nothing was known of it."""
    gone = delete(presence).where(presence.c.client == client)
    return unit.connection.execute(gone).rowcount > 0


def is_alone(connection: Connection, client: str, now: datetime) -> bool:
    """Whether no other program is on the desk, so that nobody need be told."""
    others = presence.c.client != client
    there = exists().where(others, presence.c.seen_at > now - SEEN_FOR)
    return not connection.execute(select(there)).scalar_one()


def forget_the_dead(unit: Unit, now: datetime) -> None:
    """Takes away what killed programs left."""
    dead = presence.c.seen_at < now - _FORGOTTEN_AFTER
    unit.connection.execute(delete(presence).where(dead))


def known_tickets(connection: Connection, ids: Iterable[TicketId]) -> frozenset[TicketId]:
    """Those of these tickets that there are: one may have been erased while it was open."""
    found = connection.execute(select(ticket.c.id).where(ticket.c.id.in_(list(ids)))).scalars()
    return frozenset(TicketId(one) for one in found)
