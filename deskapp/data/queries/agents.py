"""The staff: who is there, and changes to them."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from deskapp.domain.folding import fold
from deskapp.domain.ids import AgentId
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.people import agent
from .writes import insert_row, unique, update_seen

_COLUMNS = (
    agent.c.id,
    agent.c.name,
    agent.c.email,
    agent.c.role,
    agent.c.signature,
    agent.c.active,
    agent.c.version,
    agent.c.login,
)


def agent_rows(connection: Connection) -> tuple[AgentRow, ...]:
    """All staff, those at work first, by name."""
    found = connection.execute(select(*_COLUMNS)).all()
    return tuple(sorted(map(_row, found), key=lambda row: (not row.active, fold(row.name), row.id)))


def agent_row(connection: Connection, agent_id: AgentId) -> AgentRow:
    """Raises Problem(NOT_FOUND)."""
    found = connection.execute(select(*_COLUMNS).where(agent.c.id == agent_id)).first()
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="agent", id=agent_id)
    return _row(found)


def insert_agent(unit: Unit, values: Mapping[str, object]) -> AgentId:
    """Raises Problem(DUPLICATE) when somebody has this mail address already."""
    with unique("agent", str(values["email"])):
        made = insert_row(unit.connection, agent, values)
    unit.touched.areas.add("agents")
    return AgentId(made)


def update_agent(
    unit: Unit, agent_id: AgentId, values: Mapping[str, object], version: int | None
) -> AgentRow:
    """Raises Problem NOT_FOUND, CHANGED_MEANWHILE or DUPLICATE (mail address)."""
    with unique("agent", str(values.get("email", ""))):
        update_seen(unit.connection, agent, agent_id, version, values, what="agent")
    unit.touched.areas.add("agents")
    return agent_row(unit.connection, agent_id)


def _row(found: AnyRow) -> AgentRow:
    return AgentRow(
        found.id,
        found.name,
        found.email,
        found.role,
        found.signature,
        found.active,
        found.version,
        found.login or "",
    )
