"""Who is away, until when, and who stands in for them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, select

from deskapp.domain.assigning import Absence, StandIn, stands_in_for, stood_in_by
from deskapp.domain.ids import AgentId
from deskapp.domain.tickets import TicketRow

from ..database import Unit
from ..tables.assigning import absence
from ..tables.people import agent
from .upsert import insert_into

_NAMES = select(agent.c.id, agent.c.name)


def absences(connection: Connection) -> dict[AgentId, Absence]:
    """All that are noted, also those to come and those that have passed."""
    return {
        AgentId(row.agent_id): Absence(
            AgentId(row.agent_id),
            row.since,
            row.until,
            None if row.substitute_id is None else AgentId(row.substitute_id),
            row.reason,
        )
        for row in connection.execute(select(absence))
    }


def away_now(connection: Connection, now: datetime) -> dict[AgentId, Absence]:
    """Those who are away at this moment."""
    return {who: one for who, one in absences(connection).items() if one.is_on(now)}


def noted_absence(unit: Unit, who: AgentId) -> Absence | None:
    """What is noted of an agent; others wait with theirs until this write ends."""
    unit.connection.execute(select(agent.c.id).where(agent.c.id == who).with_for_update())
    return absences(unit.connection).get(who)


def put_absence(unit: Unit, one: Absence) -> None:
    """Notes it in place of one that was noted before."""
    values = {
        "since": one.since,
        "until": one.until,
        "substitute_id": one.substitute,
        "reason": one.reason,
    }
    unit.connection.execute(
        insert_into(unit.connection, absence)
        .values(agent_id=one.agent, **values)
        .on_conflict_do_update(index_elements=[absence.c.agent_id], set_=values)
    )
    unit.touched.areas.add("agents")


def drop_absence(unit: Unit, who: AgentId) -> bool:
    """They are back; whether they were away, or going to be."""
    gone = unit.connection.execute(delete(absence).where(absence.c.agent_id == who))
    if gone.rowcount:
        unit.touched.areas.add("agents")
    return bool(gone.rowcount)


def at_work(connection: Connection) -> frozenset[AgentId]:
    """Who has not left the desk, there or not."""
    here = select(agent.c.id).where(agent.c.active)
    return frozenset(AgentId(one) for one in connection.execute(here).scalars())


def owners_for(connection: Connection, me: AgentId | None, now: datetime) -> frozenset[AgentId]:
    """Whose tickets are an agent's to see to: their own, and those of whom they stand in for."""
    if me is None:
        return frozenset()
    away = away_now(connection, now)
    if not away:
        return frozenset((me,))
    return frozenset((me, *stood_in_by(me, away, at_work(connection))))


def with_stand_ins(connection: Connection, rows: list[TicketRow], now: datetime) -> list[TicketRow]:
    """The same rows; those whose assignee is away say so, and who stands in."""
    if all(row.assignee_id is None for row in rows):
        return rows
    away = away_now(connection, now)
    if not any(row.assignee_id in away for row in rows):
        return rows
    names = {row.id: row.name for row in connection.execute(_NAMES)}
    here = at_work(connection)
    shown: dict[AgentId | None, StandIn] = {}
    for who, one in away.items():
        by = stands_in_for(who, away, here)
        shown[who] = StandIn(one.until, by, names[by] if by is not None else "", one.reason)
    return [replace(row, away=shown.get(row.assignee_id)) for row in rows]
