"""Who is signed in, as the database's own functions say it (migrations/first/rights.py)."""

from sqlalchemy import Connection, text

from deskapp.domain.identity import Identity
from deskapp.domain.ids import AgentId

_ASKED = text(
    "SELECT desk_groups() <> '' AS team_desk, desk_role() AS role, desk_agent() AS agent, "
    "session_user::text AS login"
)


def identity_of(connection: Connection) -> Identity:
    """The identity of this connection's login; on SQLite everybody is the owner."""
    if connection.dialect.name != "postgresql":
        return Identity()
    found = connection.execute(_ASKED).one()
    agent = None if found.agent is None else AgentId(found.agent)
    return Identity(found.team_desk, found.role, agent, found.login)
