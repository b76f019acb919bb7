"""The undo stack of each agent: acts with what they changed, and taking them back part by part.

Each function runs inside one write and never commits. What is taken back is itself an act, so that
it can be done again.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from deskapp.domain.ids import ActId, AgentId, OutboxId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.undoing import (
    MAILS,
    TAGS,
    TOLD_AS,
    UNDO_REASON,
    Act,
    ActKind,
    Plain,
    TicketChange,
    exact_back,
    plain,
    way_back,
)

from ..bulk import insert_rows
from ..database import Unit
from ..tables.acts import act_done, act_ticket
from ..tables.columns import AnyRow
from ..tables.people import agent
from ..tables.tickets import event, ticket
from .parts import parts
from .ticket_edit import By, edit_rows, lock_rows

_KEPT_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Doing:
    """What an act is: who did it, when, and its detail (``domain.undoing.ActKind``)."""

    kind: ActKind
    at: datetime
    agent: AgentId | None
    detail: str = ""


def note_act(
    unit: Unit,
    doing: Doing,
    changes: Sequence[TicketChange],
    *,
    goes_on: ActId | None = None,
    undoes: ActId | None = None,
) -> ActId | None:
    """Keeps what was done to these tickets; None for an edit that changed nothing.

    ``goes_on``: the act that this is the next part of.
    """
    changes = list({one.ticket: one for one in changes}.values())
    if not changes:
        return goes_on
    number = goes_on if goes_on is not None else _begin(unit, doing, changes, undoes)
    rows = [
        {
            "act_id": number,
            "ticket_id": one.ticket,
            "version": one.version,
            "fields": json.dumps(one.fields, separators=(",", ":")),
        }
        for one in changes
    ]
    insert_rows(unit.connection, act_ticket, rows)
    if goes_on is not None:
        more = act_done.c.tickets + len(changes)
        unit.connection.execute(
            update(act_done).where(act_done.c.id == goes_on).values(tickets=more)
        )
    return number


def _begin(
    unit: Unit, doing: Doing, changes: Sequence[TicketChange], undoes: ActId | None
) -> ActId:
    _prune(unit, doing.agent, doing.at)
    first = changes[0]
    fields = json.dumps({name: pair[1] for name, pair in first.fields.items()})
    if undoes is not None:  # it is told by what it does again
        again = select(act_done.c.fields).where(act_done.c.id == undoes)
        fields = unit.connection.execute(again).scalar_one()
    number: int = unit.connection.execute(
        insert(act_done)
        .values(
            agent_id=doing.agent,
            at=doing.at,
            kind=doing.kind,
            detail=doing.detail[:120],
            fields=fields,
            tickets=len(changes),
            ticket_id=first.ticket,
            undoes_id=undoes,
        )
        .returning(act_done.c.id)
    ).scalar_one()
    unit.touched.areas.add("acts")
    return ActId(number)


def _prune(unit: Unit, who: AgentId | None, now: datetime) -> None:
    """An agent's acts of days ago: a stack that is for today does not grow for ever."""
    mine = act_done.c.agent_id.is_(None) if who is None else act_done.c.agent_id == who
    old = select(act_done.c.id).where(mine, act_done.c.at < now - _KEPT_FOR)
    gone = list(unit.connection.execute(old.order_by(act_done.c.id).limit(20)).scalars())
    if gone:
        unit.connection.execute(delete(act_ticket).where(act_ticket.c.act_id.in_(gone)))
        unit.connection.execute(
            update(act_done).where(act_done.c.undoes_id.in_(gone)).values(undoes_id=None)
        )
        unit.connection.execute(delete(act_done).where(act_done.c.id.in_(gone)))


def acts_of(connection: Connection, who: AgentId | None, now: datetime, limit: int) -> list[Act]:
    """An agent's acts that can be taken back, newest first."""
    mine = act_done.c.agent_id.is_(None) if who is None else act_done.c.agent_id == who
    found = (
        select(act_done, ticket.c.number)
        .outerjoin(ticket, ticket.c.id == act_done.c.ticket_id)
        .where(mine, act_done.c.taken_back.is_(False), act_done.c.at >= now - _KEPT_FOR)
        .order_by(act_done.c.id.desc())
        .limit(limit)
    )
    return [_act(connection, row) for row in connection.execute(found)]


def _act(connection: Connection, row: AnyRow) -> Act:
    fields: dict[str, Plain] = json.loads(row.fields)
    who = fields.get("assignee_id")
    if who is not None:
        named = select(agent.c.name).where(agent.c.id == who)
        fields["assignee"] = connection.execute(named).scalar() or ""
    return Act(
        ActId(row.id),
        ActKind(row.kind),
        row.detail,
        row.at,
        row.tickets,
        None if row.ticket_id is None else TicketId(row.ticket_id),
        row.number,
        fields,
        row.undoes_id is not None,
    )


def act_numbered(connection: Connection, one: ActId) -> Act:
    """Raises Problem NOT_FOUND; TOO_LATE for one that was taken back (what="act")."""
    found = (
        select(act_done, ticket.c.number)
        .outerjoin(ticket, ticket.c.id == act_done.c.ticket_id)
        .where(act_done.c.id == one)
    )
    row = connection.execute(found).first()
    if row is None or row.taken_back:
        kind = ProblemKind.NOT_FOUND if row is None else ProblemKind.TOO_LATE
        raise Problem(kind, what="act", value=one)
    return _act(connection, row)


def act_of_mail(connection: Connection, outbox: OutboxId) -> ActId | None:
    """The act that sent one mail, unless it was taken back."""
    found = select(act_done.c.id).where(
        act_done.c.kind.in_(MAILS),
        act_done.c.detail == str(outbox),
        act_done.c.taken_back.is_(False),
    )
    number = connection.execute(found.order_by(act_done.c.id.desc()).limit(1)).scalar()
    return None if number is None else ActId(number)


def note_fields(unit: Unit, one: ActId, change: TicketChange) -> None:
    """What was set of a ticket along with the mail that an act sent."""
    kept = json.dumps(change.fields, separators=(",", ":"))
    mine = and_(act_ticket.c.act_id == one, act_ticket.c.ticket_id == change.ticket)
    unit.connection.execute(
        update(act_ticket).where(mine).values(version=change.version, fields=kept)
    )


def values_of(connection: Connection, one: ActId, name: str) -> list[Plain]:
    """What an act left in one field, ticket by ticket."""
    mine = select(act_ticket.c.fields).where(act_ticket.c.act_id == one)
    rows = connection.execute(mine.order_by(act_ticket.c.ticket_id)).scalars()
    return [json.loads(fields)[name][1] for fields in rows]


def changes_of(
    connection: Connection, one: ActId
) -> list[tuple[TicketId, dict[str, tuple[Plain, Plain]]]]:
    """What an act still has to take back, ticket by ticket."""
    mine = select(act_ticket).where(act_ticket.c.act_id == one).order_by(act_ticket.c.ticket_id)
    return [
        (TicketId(row.ticket_id), {k: (b, a) for k, (b, a) in json.loads(row.fields).items()})
        for row in connection.execute(mine)
    ]


def drop_tickets(unit: Unit, one: ActId) -> None:
    """Strikes all that is left of an act off it."""
    unit.connection.execute(delete(act_ticket).where(act_ticket.c.act_id == one))


def settle(unit: Unit, one: ActId) -> None:
    """Notes that all of an act has been taken back."""
    unit.connection.execute(update(act_done).where(act_done.c.id == one).values(taken_back=True))
    unit.touched.areas.add("acts")


@dataclass(slots=True)
class Part:
    """How one part of taking an act back went. ``kept``: ticket rows with the fields left alone."""

    restored: int = 0
    kept: list[tuple[AnyRow, tuple[str, ...]]] = field(default_factory=list)
    changes: list[TicketChange] = field(default_factory=list)
    done: bool = False


def take_back_part(unit: Unit, one: ActId, at: datetime, by: AgentId | None, limit: int) -> Part:
    """Takes an act's next ``limit`` tickets back; what is done is struck off the act."""
    mine = select(act_ticket).where(act_ticket.c.act_id == one).order_by(act_ticket.c.ticket_id)
    there = unit.connection.execute(mine.limit(limit)).all()
    part = Part(done=len(there) < limit)
    stored: dict[int, AnyRow] = {row.ticket_id: row for row in there}
    edits: dict[TicketEdit, list[AnyRow]] = defaultdict(list)
    exact: dict[int, Mapping[str, Any]] = {}
    locked = lock_rows(unit, [TicketId(number) for number in stored])
    touched = [row.id for row in locked if row.version != stored[row.id].version]
    theirs = _set_by_others(unit.connection, one, touched, by)
    for row in locked:
        fields = {name: tuple(pair) for name, pair in json.loads(stored[row.id].fields).items()}
        if row.merged_into is not None:
            part.kept.append((row, tuple(fields)))
            continue
        columns = row._mapping
        now = {name: plain(columns[name]) for name in fields if name != TAGS and name in columns}
        edit, kept = way_back(fields, now, theirs.get(row.id, set()))
        if kept:
            part.kept.append((row, kept))
        if row.version == stored[row.id].version:
            exact[row.id] = exact_back(fields)
        if edit != TicketEdit():
            edits[edit].append(row)
    before = len(unit.changed)
    for edit, rows in edits.items():
        part.restored += edit_rows(unit, rows, edit, By(at, by, UNDO_REASON), exact)
    part.changes = unit.changed[before:]
    for some in parts(stored):
        unit.connection.execute(
            delete(act_ticket).where(act_ticket.c.act_id == one, act_ticket.c.ticket_id.in_(some))
        )
    return part


def _set_by_others(
    connection: Connection, one: ActId, tickets: Sequence[int], me: AgentId | None
) -> dict[int, set[str]]:
    """The fields of these tickets that somebody else set since, if only to the same value."""
    found: dict[int, set[str]] = defaultdict(set)
    since = select(act_done.c.at).where(act_done.c.id == one).scalar_subquery()
    for part in parts(tickets):
        set_since = (
            select(event.c.ticket_id, event.c.kind)
            .where(event.c.ticket_id.in_(part), event.c.at >= since)
            .where(event.c.agent_id.is_distinct_from(me), event.c.kind.in_(TOLD_AS))
        )
        for number, kind in connection.execute(set_since):
            found[number].add(TOLD_AS[EventKind(kind)])
    return found


def changed_by(connection: Connection, one: int, since: datetime, me: AgentId | None) -> str:
    """The name of the colleague who last did something to a ticket; "" for nobody."""
    last = (
        select(agent.c.name)
        .join(event, event.c.agent_id == agent.c.id)
        .where(event.c.ticket_id == one, event.c.at >= since, event.c.agent_id != me)
    )
    name: str | None = connection.execute(last.order_by(event.c.id.desc()).limit(1)).scalar()
    return name or ""
