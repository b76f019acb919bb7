"""The rules of assignment, whom tickets can be given to, and those that wait to be given out.

Inside one write; never commits. Locks go in this order: tickets, then whose turn it is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, text

from deskapp.domain.assigning import How, Mode, Rule, Scope, Why
from deskapp.domain.ids import AgentId, TeamId, TicketId
from deskapp.domain.kinds import WAITS_FOR_US, EventKind
from deskapp.domain.snoozing import Snoozing

from ..bulk import insert_rows, update_rows
from ..database import Unit
from ..tables.assigning import assignment_rule, assignment_turn, to_assign
from ..tables.columns import AnyRow
from ..tables.people import agent, team
from ..tables.tickets import event, ticket
from .parts import parts
from .snoozes import snoozed_ids
from .upsert import insert_into

_TURN_LOCK = 0x6465736E


def wait_for_turn(connection: Connection) -> None:
    """Nobody else gives anything out until this write ends; on SQLite every write is alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TURN_LOCK})


def rules(connection: Connection) -> tuple[Rule, ...]:
    """All there are."""
    found = connection.execute(select(assignment_rule).order_by(assignment_rule.c.id))
    return tuple(
        Rule(
            Scope(row.scope),
            row.scope_id,
            Mode(row.mode),
            None if row.among_id is None else TeamId(row.among_id),
        )
        for row in found
    )


def put_rule(unit: Unit, rule: Rule) -> None:
    """Writes a rule in place of the one that there was; whose turn it is stays."""
    values = {"mode": rule.mode, "among_id": rule.among}
    unit.connection.execute(
        insert_into(unit.connection, assignment_rule)
        .values(scope=rule.scope, scope_id=rule.scope_id, **values)
        .on_conflict_do_update(index_elements=["scope", "scope_id"], set_=values)
    )
    unit.touched.areas.add("assignment")


def drop_rule(unit: Unit, scope: Scope, scope_id: int) -> None:
    """From now on the wider scope's rule counts."""
    mine = (assignment_rule.c.scope == scope, assignment_rule.c.scope_id == scope_id)
    unit.connection.execute(delete(assignment_rule).where(*mine))
    unit.touched.areas.add("assignment")


def turns(connection: Connection) -> dict[AgentId, int]:
    """When each got theirs last, as a number that counts up."""
    return {
        AgentId(row.agent_id): row.number for row in connection.execute(select(assignment_turn))
    }


def keep_turns(unit: Unit, fresh: Mapping[AgentId, int]) -> None:
    """Writes whose last turn was when."""
    rows = [{"agent_id": who, "number": number} for who, number in fresh.items()]
    known = "ON CONFLICT (agent_id) DO UPDATE SET number = excluded.number"
    insert_rows(unit.connection, assignment_turn, rows, known=known)


@dataclass(frozen=True, slots=True)
class Staff:
    """Names of all, the teams they are in, who works here, and the names of teams."""

    names: Mapping[int, str]
    team_of: Mapping[int, int | None]
    at_work: frozenset[AgentId]
    teams: Mapping[int, str]


def staff(connection: Connection) -> Staff:
    """Everybody, those who left too: they may still have tickets."""
    rows = connection.execute(select(agent.c.id, agent.c.name, agent.c.team_id, agent.c.active))
    people = rows.all()
    teams = {row.id: row.name for row in connection.execute(select(team.c.id, team.c.name))}
    return Staff(
        {row.id: row.name for row in people},
        {row.id: row.team_id for row in people},
        frozenset(AgentId(row.id) for row in people if row.active),
        teams,
    )


def open_counts(connection: Connection, agents: Collection[AgentId]) -> dict[AgentId, int]:
    """How many tickets of each wait for us, those put aside left out."""
    counted = (
        select(ticket.c.assignee_id, func.count())
        .where(ticket.c.assignee_id.in_(agents), ticket.c.status.in_(WAITS_FOR_US))
        .where(ticket.c.id.not_in(snoozed_ids()))
        .group_by(ticket.c.assignee_id)
    )
    return {AgentId(who): count for who, count in connection.execute(counted)}


@dataclass(frozen=True, slots=True)
class Given:
    """A locked ticket and who gets it, why, and by which name."""

    row: AnyRow
    agent: AgentId
    name: str
    why: Why
    before: str = ""  # the name of who had it


def give(unit: Unit, given: Sequence[Given], at: datetime) -> None:
    """Writes who has them now, and the history. Nobody did it: the program, by the desk's rule."""
    if not given:
        return
    events = [
        {
            "ticket_id": one.row.id,
            "kind": EventKind.ASSIGNED,
            "at": at,
            "message_id": one.row.newest_message_id,
            "old": one.before,
            "new": one.name,
            "reason": one.why.told(),
        }
        for one in given
    ]
    insert_rows(unit.connection, event, events)
    values = [
        {"id": one.row.id, "assignee_id": one.agent, "version": one.row.version + 1}
        for one in given
    ]
    update_rows(unit.connection, ticket, values)
    unit.touched.tickets.update(TicketId(one.row.id) for one in given)


def put_back(unit: Unit, ids: Collection[TicketId], at: datetime) -> None:
    """These are given out when somebody comes; told once in the history of each."""
    if not ids:
        return
    there: set[int] = set()
    for part in parts(sorted(ids)):
        known = select(to_assign.c.ticket_id).where(to_assign.c.ticket_id.in_(part))
        there |= set(unit.connection.execute(known).scalars())
    new = [one for one in sorted(ids) if one not in there]
    if not new:
        return
    rows = [{"ticket_id": one, "since": at} for one in new]
    insert_rows(unit.connection, to_assign, rows, known="ON CONFLICT DO NOTHING")
    told = [{"ticket_id": one, "kind": EventKind.UNATTENDED, "at": at} for one in new]
    insert_rows(unit.connection, event, told)
    unit.touched.tickets.update(new)
    unit.touched.areas.add("assignment")


def any_waits(connection: Connection) -> bool:
    """Whether any ticket waits to be given out."""
    return connection.execute(select(to_assign.c.ticket_id).limit(1)).first() is not None


def done_waiting(unit: Unit, ids: Iterable[TicketId]) -> None:
    """They wait no more: given out, taken by somebody, or at an end."""
    for part in parts(sorted(ids)):
        unit.connection.execute(delete(to_assign).where(to_assign.c.ticket_id.in_(part)))


def locked(unit: Unit, ids: Collection[TicketId]) -> list[AnyRow]:
    """Tickets, by id, that no other program is at work on; the others are left for the next
    round."""
    found: list[AnyRow] = []
    for part in parts(sorted(ids)):
        chosen = select(ticket).where(ticket.c.id.in_(part)).order_by(ticket.c.id)
        chosen = chosen.with_for_update(key_share=True, skip_locked=True)
        found += unit.connection.execute(chosen).all()
    return found


def unassign(unit: Unit, gone: Sequence[tuple[AnyRow, str]], at: datetime) -> None:
    """Takes locked tickets from who has left or is away, each with their name: they are given out
    when somebody comes."""
    if not gone:
        return
    events = [
        {
            "ticket_id": row.id,
            "kind": EventKind.ASSIGNED,
            "at": at,
            "old": name,
            "reason": Why(How.AWAY, after=name).told(),
        }
        for row, name in gone
    ]
    insert_rows(unit.connection, event, events)
    values = [{"id": row.id, "assignee_id": None, "version": row.version + 1} for row, _ in gone]
    update_rows(unit.connection, ticket, values)
    unit.touched.tickets.update(TicketId(row.id) for row, _ in gone)


@dataclass(frozen=True, slots=True)
class Waits:
    """A ticket that waits to be given out, as it is now."""

    id: TicketId
    team: int | None
    mailbox: int | None
    given: bool  # somebody has it, or nobody needs to any more


def waiting(connection: Connection) -> list[Waits]:
    """Those that wait to be given out, the longest first."""
    found = (
        select(ticket, to_assign.c.since)
        .join(to_assign, to_assign.c.ticket_id == ticket.c.id)
        .order_by(to_assign.c.since, ticket.c.id)
    )
    return [
        Waits(
            TicketId(row.id),
            row.team_id,
            row.mailbox_id,
            row.assignee_id is not None or not is_due(row),
        )
        for row in connection.execute(found)
    ]


def is_due(row: AnyRow) -> bool:
    """Whether a customer waits for us on a ticket: no automatic mail, bounce or spam, nothing that
    sleeps or was merged away."""
    waits = row.status in WAITS_FOR_US and row.waiting_since is not None
    return waits and row.snooze in ("", Snoozing.WOKE) and row.merged_into is None
