"""The staff of a desk."""

from datetime import datetime

from deskapp.data.database import Unit
from deskapp.data.queries.agents import agent_row, agent_rows, insert_agent, update_agent
from deskapp.domain.contact import contact_key, contact_value
from deskapp.domain.identity import ROLES
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.last_edits import About
from deskapp.domain.naming import name_key
from deskapp.domain.people import AgentRow
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .last_edits import edited
from .roles import refuse_last_admin, refuse_oneself


class Agents:
    """Adds, finds and changes members of staff. Nobody is deleted: old answers keep their name."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[AgentRow, ...]:
        """All staff, those at work first, by name."""
        with self._context.database.reading() as connection:
            return agent_rows(connection)

    def get(self, agent: AgentId) -> AgentRow:
        """Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return agent_row(connection, agent)

    def by_name(self, text: str) -> AgentId:
        """The agent with this mail address, else with this name; case and marks do not count.

        Somebody at work goes before somebody who left. Raises Problem(NOT_FOUND).
        """
        wanted, key = text.strip().casefold(), name_key(text)
        staff = self.list()
        for same in (
            [row.id for row in staff if wanted and row.email.casefold() == wanted],
            [row.id for row in staff if key and name_key(row.name) == key],
        ):
            if same:
                return same[0]
        raise Problem(ProblemKind.NOT_FOUND, what="agent", value=text)

    def add(self, name: str, email: str = "", role: str = "agent") -> AgentId:
        """Raises Problem EMPTY (name), INVALID (mail, role) or DUPLICATE (name or mail)."""
        with self._context.database.writing() as unit:
            return add_agent(unit, name, email, role, self._context.now())

    def edit(
        self,
        agent: AgentId,
        *,
        name: str | None = None,
        email: str | None = None,
        signature: str | None = None,
        role: str | None = None,
        active: bool | None = None,
        version: int | None = None,
    ) -> AgentRow:
        """Changes what is not None. Problems as ``add``, and NOT_FOUND, CHANGED_MEANWHILE."""
        values = _checked(name=name, email=email, role=role)
        if signature is not None:
            values["signature"] = plain_text(signature)
        if active is not None:
            values["active"] = active
        if not values:
            return self.get(agent)
        with self._context.database.writing() as unit:
            if name is not None:
                _refuse_same_name(agent_rows(unit.connection), str(values["name"]), agent)
            ends = active is False or role not in (None, "admin")
            if ends and self._context.identity.team_desk:
                refuse_last_admin(agent_rows(unit.connection), agent_row(unit.connection, agent))
            if active is False:
                refuse_oneself(self._context, agent_row(unit.connection, agent))
            edited(self._context, unit, About.AGENT, agent)
            return update_agent(unit, agent, values, version)


def add_agent(unit: Unit, name: str, email: str, role: str, at: datetime) -> AgentId:
    """Inside a write. Problems as ``Agents.add``."""
    values = _checked(name=name, email=email, role=role)
    _refuse_same_name(agent_rows(unit.connection), str(values["name"]), None)
    return insert_agent(unit, {**values, "created_at": at})


def _refuse_same_name(staff: tuple[AgentRow, ...], name: str, own: AgentId | None) -> None:
    """Two of one name cannot be told apart in an assignee list."""
    if any(row.id != own and name_key(row.name) == name_key(name) for row in staff):
        raise Problem(ProblemKind.DUPLICATE, what="agent", value=name)


def _checked(*, name: str | None, email: str | None, role: str | None) -> dict[str, object]:
    values: dict[str, object] = {}
    if name is not None:
        plain = one_line(name, 200)
        if not plain:
            raise Problem(ProblemKind.EMPTY, what="name")
        values["name"] = plain
    if email is not None:
        plain = contact_value(ContactKind.MAIL, email)
        values["email"] = plain
        values["email_key"] = contact_key(ContactKind.MAIL, plain) if plain else None
    if role is not None:
        if role not in ROLES:
            raise Problem(ProblemKind.INVALID, what="role", value=role)
        values["role"] = role
    return values
