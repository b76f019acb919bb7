"""The next ticket for somebody who asks for one: whose promise comes first, and that nobody else
gets at the same moment."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from deskapp.domain.ids import AgentId, TeamId, TicketId
from deskapp.domain.kinds import WAITS_FOR_US
from deskapp.domain.saved_views import pinned_id

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.presence import presence
from ..tables.tickets import ticket
from .leases import clock
from .presence import SEEN_FOR
from .saved_views import pinned_tickets
from .snoozes import back, snoozed_ids
from .teams import in_reach_of
from .ticket_lists import view_shows
from .ticket_order import due_soon_ids


def take_from(
    unit: Unit, me: AgentId | None, now: datetime, view: str, team: TeamId | None
) -> AnyRow | None:
    """Locks the ticket whose promise comes first among those that nobody has, in a view and of a
    team where these are named ("" and None: all that are not another team's); None for none.

    First what is due within a day, overdue or back from a snooze, the earliest first; then who
    waits longest, as the lists stand. Another program's lock is stepped over: two who ask at once
    get two tickets. Only when that leaves nothing is it waited for, as it may be let go again.
    """
    connection = unit.connection
    free = and_(*_free(connection, me, now), *_chosen(connection, me, now, view, team))
    pinned = None
    if view and (number := pinned_id(view)) is not None:
        pinned = frozenset(pinned_tickets(connection, number, me, now, None))
    for skips in (True, False):
        first = _promised(connection, free, now)
        if pinned is not None:
            first = [one for one in (*first, *_in_turn(connection, free)) if one in pinned]
        for one in first:
            if (row := _lock(unit, and_(free, ticket.c.id == one), skips=skips)) is not None:
                return row
        if pinned is None and (row := _lock(unit, free, skips=skips)) is not None:
            return row
    return None


def _free(
    connection: Connection, me: AgentId | None, now: datetime
) -> Iterator[ColumnElement[bool]]:
    """What nobody has or writes on, and waits for us: nothing that sleeps, ended or is spam."""
    yield ticket.c.assignee_id.is_(None)
    open_now = and_(ticket.c.status.in_(WAITS_FOR_US), ticket.c.id.not_in(snoozed_ids()))
    yield or_(open_now, back(now))
    yield ~exists().where(
        presence.c.ticket_id == ticket.c.id,
        presence.c.doing == "writing",
        presence.c.seen_at > clock(connection) - SEEN_FOR,
        or_(presence.c.agent_id.is_(None), presence.c.agent_id != me),
    )


def _chosen(
    connection: Connection, me: AgentId | None, now: datetime, view: str, team: TeamId | None
) -> Iterator[ColumnElement[bool]]:
    yield ticket.c.team_id == team if team is not None else in_reach_of(connection, me)
    if view and pinned_id(view) is None:
        yield view_shows(view, me, now)


def _promised(connection: Connection, free: ColumnElement[bool], now: datetime) -> list[TicketId]:
    """What has a time that comes soon or has passed, the earliest first."""
    due = due_soon_ids(connection, free, now)
    moments = (ticket.c.due_at, ticket.c.snoozed_until, ticket.c.waiting_since)
    timed = select(ticket.c.id, *moments).where(or_(ticket.c.id.in_(due), and_(free, back(now))))
    found = []
    for row in connection.execute(timed):
        soon = row.due_at if row.id in due else None
        woken = row.snoozed_until if row.id not in due or row.snoozed_until else None
        at = min(filter(None, (soon, woken)), default=row.waiting_since or now)
        found.append((at, TicketId(row.id)))
    return [one for _, one in sorted(found)]


def _in_turn(connection: Connection, free: ColumnElement[bool]) -> Iterable[TicketId]:
    found = select(ticket.c.id).where(free)
    ordered = found.order_by(ticket.c.waiting_since.nulls_first(), ticket.c.id)
    return [TicketId(one) for one in connection.execute(ordered).scalars()]


def _lock(unit: Unit, which: ColumnElement[bool], *, skips: bool) -> AnyRow | None:
    """The first of these, once it is ours; the database looks again whether it still is one."""
    ordered = select(ticket).where(which)
    ordered = ordered.order_by(ticket.c.waiting_since.nulls_first(), ticket.c.id).limit(1)
    chosen = ordered.with_for_update(of=ticket, key_share=True, skip_locked=skips)
    row: AnyRow | None = unit.connection.execute(chosen).first()
    return row
