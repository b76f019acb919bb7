"""Who follows tickets, and who starred them: set for many tickets at once, read for a page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from ..among import OfMany
from ..bulk import insert_rows
from ..database import Unit
from ..tables.facts import ticket_follower, ticket_star
from ..tables.people import agent
from ..tables.tickets import event, ticket
from .edited import Edited
from .parts import parts
from .upsert import insert_into


@dataclass(slots=True)
class Marks:
    """Of one ticket: its followers by name, and whether the asking agent starred it."""

    followers: list[tuple[AgentId, str]] = field(default_factory=list)
    starred: bool = False


UNMARKED = Marks()
_MARKS = OfMany(
    lambda among: union_all(
        select(ticket_follower.c.ticket_id, agent.c.id, agent.c.name)
        .join(agent, agent.c.id == ticket_follower.c.agent_id)
        .where(among(ticket_follower.c.ticket_id)),
        select(ticket_star.c.ticket_id, literal(None), literal(None)).where(
            ticket_star.c.agent_id == bindparam("me"), among(ticket_star.c.ticket_id)
        ),
    )
)


def marks_of(connection: Connection, ids: Sequence[int], me: AgentId | None) -> dict[int, Marks]:
    """The marks of those of these tickets that have any."""
    found: dict[int, Marks] = defaultdict(Marks)
    for part in parts(ids):
        for one, who, name in connection.execute(_MARKS.on(connection), {"some": part, "me": me}):
            if who is None:
                found[one].starred = True
            else:
                found[one].followers.append((AgentId(who), name))
    for marks in found.values():
        marks.followers.sort(key=lambda follower: (follower[1].casefold(), follower[0]))
    return found


def marked(table: Table, me: AgentId | None) -> ColumnElement[bool]:
    """The tickets that an agent follows, or starred."""
    mine = select(table.c.ticket_id).where(table.c.agent_id == me)
    return and_(ticket.c.id.in_(mine), ticket.c.status != TicketStatus.MERGED)


def count_marked(connection: Connection, me: AgentId | None) -> dict[str, int]:
    """How many tickets the agent follows, and how many have their star."""
    totals = {}
    for view, table in ((View.FOLLOWING, ticket_follower), (View.STARRED, ticket_star)):
        mine = (
            select(func.count())
            .select_from(table.join(ticket, ticket.c.id == table.c.ticket_id))
            .where(table.c.agent_id == me, ticket.c.status != TicketStatus.MERGED)
        )
        totals[view.value] = connection.execute(mine).scalar_one()
    return totals


def mark_tickets(
    unit: Unit, edited: Sequence[Edited], edit: TicketEdit, at: datetime, by: AgentId | None
) -> None:
    """Followers and the acting agent's star, noted on what they changed anything of. They
    overwrite nothing, and so make no new version.

    Raises Problem NOT_FOUND for an agent who is not here, EMPTY (what="acting_agent") for a star
    of nobody.
    """
    ours = {TicketId(one.before.id): one for one in edited}
    chosen = sorted(ours)
    for who in dict.fromkeys(edit.remove_followers):
        told = {"kind": EventKind.UNFOLLOWED, "old": _agent_name(unit, who), "new": ""}
        gone = _take(unit, ticket_follower, chosen, who)
        _tell(unit, gone, told, at, by)
        for one in gone:
            ours[one].followers[0].append(who)
    for who in dict.fromkeys(edit.add_followers):
        told = {"kind": EventKind.FOLLOWER, "old": "", "new": _agent_name(unit, who)}
        put = _put(unit, ticket_follower, chosen, who, at)
        _tell(unit, put, told, at, by)
        for one in put:
            ours[one].followers[1].append(who)
    if edit.star is not None and by is None:
        raise Problem(ProblemKind.EMPTY, what="acting_agent")
    if edit.star is not None and by is not None:
        given = edit.star and _put(unit, ticket_star, chosen, by, at)
        for one in given or ([] if edit.star else _take(unit, ticket_star, chosen, by)):
            ours[one].star = edit.star


def take_marks(
    unit: Unit, source: TicketId, into: TicketId
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who followed or starred a ticket that is merged does so with the one it lives on in. The
    followers and the starring agents who did not before."""
    taken = []
    for table in (ticket_follower, ticket_star):
        there = select(table.c.agent_id).where(table.c.ticket_id == into)
        mine = and_(table.c.ticket_id == source, table.c.agent_id.not_in(there))
        found = select(table.c.agent_id).where(mine).order_by(table.c.agent_id)
        taken.append(tuple(unit.connection.execute(found).scalars()))
        new = select(table.c.agent_id, literal(into), table.c.at).where(mine)
        unit.connection.execute(insert(table).from_select(["agent_id", "ticket_id", "at"], new))
    return taken[0], taken[1]


def _put(
    unit: Unit, table: Table, ids: Sequence[TicketId], who: AgentId, at: datetime
) -> list[TicketId]:
    """Those that did not have it."""
    added: list[TicketId] = []
    for part in parts(ids):
        has = select(table.c.ticket_id).where(table.c.agent_id == who, table.c.ticket_id.in_(part))
        there = set(unit.connection.execute(has).scalars())
        new = [one for one in part if one not in there]
        if new:
            rows = [{"agent_id": who, "ticket_id": one, "at": at} for one in new]
            statement = insert_into(unit.connection, table).on_conflict_do_nothing()
            unit.connection.execute(statement, rows)
        added += new
    return added


def _take(unit: Unit, table: Table, ids: Sequence[TicketId], who: AgentId) -> list[TicketId]:
    gone: list[TicketId] = []
    for part in parts(ids):
        mine = and_(table.c.agent_id == who, table.c.ticket_id.in_(part))
        taken = delete(table).where(mine).returning(table.c.ticket_id)
        gone += [TicketId(one) for one in unit.connection.execute(taken).scalars()]
    return gone


def _tell(
    unit: Unit, ids: Sequence[TicketId], told: dict[str, Any], at: datetime, by: AgentId | None
) -> None:
    rows = [{"ticket_id": one, "at": at, "agent_id": by, **told} for one in sorted(ids)]
    insert_rows(unit.connection, event, rows)


def _agent_name(unit: Unit, one: AgentId) -> str:
    named = select(agent.c.name).where(agent.c.id == one)
    found: str | None = unit.connection.execute(named).scalar()
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="agent", value=one)
    return found
