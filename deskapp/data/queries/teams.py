"""Teams: who is in them, and the tickets that are theirs."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true, update

from deskapp.domain.ids import AgentId, TeamId
from deskapp.domain.kinds import WAITS_FOR_US
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TeamRow

from ..database import Unit
from ..tables.people import agent, team
from ..tables.tickets import TEAMED, ticket
from .snoozes import back, snoozed_ids
from .writes import insert_row, lock_row, unique


def team_rows(connection: Connection) -> tuple[TeamRow, ...]:
    """All teams, those no longer offered too, by name."""
    members: dict[int, list[str]] = defaultdict(list)
    staff = select(agent.c.team_id, agent.c.name).where(
        agent.c.team_id.is_not(None), agent.c.active
    )
    for one, name in connection.execute(staff):
        members[one].append(name)
    rows = (
        TeamRow(TeamId(row.id), row.name, bool(row.active), tuple(sorted(members[row.id])))
        for row in connection.execute(select(team))
    )
    return tuple(sorted(rows, key=lambda row: (not row.active, name_key(row.name), row.id)))


def insert_team(unit: Unit, name: str) -> TeamId:
    """Raises Problem(DUPLICATE)."""
    with unique("team", name):
        made = insert_row(unit.connection, team, {"name": name})
    unit.touched.areas.add("teams")
    return TeamId(made)


def lock_team(unit: Unit, one: TeamId) -> None:
    """It stays as it is until this write changes it."""
    lock_row(unit.connection, team, one)


def update_team(unit: Unit, one: TeamId, values: Mapping[str, object]) -> None:
    """Raises Problem NOT_FOUND or DUPLICATE (name)."""
    with unique("team", str(values.get("name", ""))):
        statement = update(team).where(team.c.id == one).values(**values)
        if not unit.connection.execute(statement).rowcount:
            raise Problem(ProblemKind.NOT_FOUND, what="team", value=one)
    unit.touched.areas.add("teams")


def empty_team(unit: Unit, one: TeamId) -> None:
    """Nobody is in it any more."""
    unit.connection.execute(update(agent).where(agent.c.team_id == one).values(team_id=None))
    unit.touched.areas.add("agents")


def team_of(unit: Unit, who: AgentId) -> TeamId | None:
    """The team an agent is in until this write changes it. Raises Problem(NOT_FOUND)."""
    chosen = select(agent.c.team_id).where(agent.c.id == who).with_for_update()
    found = unit.connection.execute(chosen).first()
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="agent", value=who)
    return None if found.team_id is None else TeamId(found.team_id)


def put_in_team(unit: Unit, who: AgentId, one: TeamId | None) -> None:
    """An agent is in one team, or in none. Raises Problem(NOT_FOUND)."""
    known = select(team.c.id).where(team.c.id == one)
    if one is not None and unit.connection.execute(known).first() is None:
        raise Problem(ProblemKind.NOT_FOUND, what="team", value=one)
    moved = update(agent).where(agent.c.id == who).values(team_id=one)
    if not unit.connection.execute(moved).rowcount:
        raise Problem(ProblemKind.NOT_FOUND, what="agent", value=who)
    unit.touched.areas.update(("teams", "agents"))


def take_out_of_team(unit: Unit, who: AgentId, one: TeamId) -> None:
    """An agent is in none, if they were in this one."""
    is_in = and_(agent.c.id == who, agent.c.team_id == one)
    if unit.connection.execute(update(agent).where(is_in).values(team_id=None)).rowcount:
        unit.touched.areas.update(("teams", "agents"))


def of_team_of(me: AgentId | None) -> ColumnElement[bool]:
    """The tickets of the team that an agent is in."""
    mine = select(agent.c.team_id).where(agent.c.id == me).scalar_subquery()
    return and_(TEAMED, ticket.c.team_id == mine)


def in_reach_of(connection: Connection, me: AgentId | None) -> ColumnElement[bool]:
    """The tickets of no team and of an agent's own; all of them for who is in none."""
    mine = connection.execute(select(agent.c.team_id).where(agent.c.id == me)).scalar()
    return true() if mine is None else or_(ticket.c.team_id.is_(None), ticket.c.team_id == mine)


def count_team(connection: Connection, me: AgentId | None, now: datetime) -> int | None:
    """How many tickets of the agent's team wait for us, those that woke among them; None for an
    agent without a team."""
    mine = select(agent.c.team_id).where(agent.c.id == me)
    if connection.execute(mine).scalar() is None:
        return None
    ours = and_(ticket.c.status.in_(WAITS_FOR_US), ticket.c.id.not_in(snoozed_ids()))
    total = 0
    for which in (ours, back(now)):
        counted = select(func.count()).select_from(ticket).where(of_team_of(me), which)
        total += connection.execute(counted).scalar_one()
    return total
