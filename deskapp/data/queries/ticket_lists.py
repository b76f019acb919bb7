"""Lists of tickets: ids in order for a view, rows for a page of them, counts for all views."""

from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, true

from deskapp.domain.ids import AgentId, CustomerId, TicketId
from deskapp.domain.kinds import ENDED, WAITS_FOR_US, TicketStatus, View
from deskapp.domain.list_order import ListOrder
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import pinned_id
from deskapp.domain.tickets import ViewCount

from ..tables.facts import ticket_follower, ticket_star
from ..tables.tickets import ticket
from .absences import owners_for
from .entries import count_mentioning, mentioning
from .marks import count_marked, marked
from .packed_ids import packed_ids
from .saved_views import pinned_among, pinned_tickets
from .snoozes import asleep, back, snoozed_ids
from .teams import count_team, of_team_of
from .ticket_order import due_soon_ids, in_order, sorted_ids
from .ticket_rows import ticket_rows as ticket_rows

_LARGEST_NUMBER = 2**31 - 1  # of a column INTEGER on PostgreSQL
_ASIDE = (TicketStatus.WAITING, TicketStatus.ON_HOLD)
_OPEN_VIEWS = (View.MINE, View.MY_TEAM, View.UNASSIGNED, View.ALL_OPEN)


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who looks at a view. ``owners``: whose tickets are theirs to see to, where it is asked."""

    me: AgentId | None
    owners: frozenset[AgentId] = frozenset()


def _asker(connection: Connection, view: str, me: AgentId | None, now: datetime) -> _Asker:
    return _Asker(me, owners_for(connection, me, now) if view == View.MINE else frozenset())


def view_shows(view: str, me: AgentId | None, now: datetime) -> ColumnElement[bool]:
    """Which tickets a view is of that is not anybody's own, whether they sleep or woke."""
    who = _Asker(me)
    return _whose(view, who) if view in _OPEN_VIEWS else _view_condition(view, who, now)


def _view_condition(view: str, who: _Asker, now: datetime) -> ColumnElement[bool]:
    """Which tickets a view shows, but for those that woke."""
    me = who.me
    if view in _OPEN_VIEWS:
        return and_(_in(WAITS_FOR_US), ticket.c.id.not_in(snoozed_ids()), _whose(view, who))
    # Made only for the view that is asked for: to write down all of them takes 4 ms.
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        View.WAITING: lambda: and_(_in(_ASIDE), ticket.c.id.not_in(snoozed_ids())),
        View.SNOOZED: lambda: asleep(now),
        View.MENTIONS: lambda: mentioning(me),
        View.FOLLOWING: lambda: marked(ticket_follower, me),
        View.STARRED: lambda: marked(ticket_star, me),
        View.CLOSED: lambda: _in(ENDED),
        View.SPAM: lambda: ticket.c.status == TicketStatus.SPAM,
        View.ALL: lambda: ticket.c.status != TicketStatus.MERGED,
    }
    if view not in conditions:
        raise Problem(ProblemKind.NOT_FOUND, what="view", value=view)
    return conditions[view]()


def _in(statuses: Collection[TicketStatus]) -> ColumnElement[bool]:
    return ticket.c.status.in_(statuses)


def _whose(view: str, who: _Asker) -> ColumnElement[bool]:
    if view == View.MINE:
        if len(who.owners) > 1:
            return ticket.c.assignee_id.in_(who.owners)
        return ticket.c.assignee_id == who.me
    if view == View.MY_TEAM:
        return of_team_of(who.me)
    return ticket.c.assignee_id.is_(None) if view == View.UNASSIGNED else true()


def view_ids(
    connection: Connection,
    view: str,
    me: AgentId | None,
    now: datetime,
    limit: int | None = None,
    order: ListOrder | None = None,
) -> "array[int]":
    """A view's tickets in order: what is due soon, then who waits longest; others newest first.

    What woke stands above all that is open, whatever its status. An unknown view is
    ``Problem(NOT_FOUND)``. ``order``: a person's own, which only sorts.
    """
    if (pinned := pinned_id(view)) is not None:
        found_ids = pinned_tickets(connection, pinned, me, now, None if order else limit)
        found_ids = sorted_ids(connection, found_ids, order)[:limit] if order else found_ids
        return array("q", found_ids)
    who = _asker(connection, view, me, now)
    first = _back_ids(connection, view, who, now) if view in _OPEN_VIEWS else []
    if order is not None:
        condition = _view_condition(view, who, now)
        condition = or_(condition, ticket.c.id.in_(first)) if first else condition
        found = in_order(select(ticket.c.id).where(condition), order).limit(limit)
        return packed_ids(connection, found)
    if view in _OPEN_VIEWS:
        first += due_soon_ids(connection, _view_condition(view, who, now), now)
    rest = None if limit is None else limit + len(first)
    ids = packed_ids(connection, _in_view_order(view, who, now).limit(rest))
    if first:
        known = set(first)
        ids = array("q", [*first, *(one for one in ids if one not in known)])
    return ids[:limit]


def view_among(
    connection: Connection,
    view: str,
    me: AgentId | None,
    now: datetime,
    ids: Sequence[TicketId],
) -> set[TicketId]:
    """Which of these few tickets a view shows. An unknown view is ``Problem(NOT_FOUND)``."""
    if (pinned := pinned_id(view)) is not None:
        return pinned_among(connection, pinned, me, now, ids)
    who = _asker(connection, view, me, now)
    shown = _view_condition(view, who, now)
    if view in _OPEN_VIEWS:
        shown = or_(shown, and_(back(now), _whose(view, who)))
    asked = select(ticket.c.id).where(shown, ticket.c.id.in_(ids))
    return {TicketId(one) for one in connection.execute(asked).scalars()}


def _back_ids(connection: Connection, view: str, who: _Asker, now: datetime) -> list[TicketId]:
    """Those that woke, the latest first; of those that a reply woke before their time, by it."""
    # Asked first whether there are any: with an agent's name SQLite would go through all of his.
    if connection.execute(select(ticket.c.id).where(back(now)).limit(1)).first() is None:
        return []
    found = select(ticket.c.id).where(back(now), _whose(view, who))
    found = found.order_by(ticket.c.waiting_since.nulls_last(), ticket.c.id)
    return cast(list[TicketId], list(connection.execute(found).scalars()))


def _in_view_order(view: str, who: _Asker, now: datetime) -> Select[int]:
    found: Select[int] = select(ticket.c.id).where(_view_condition(view, who, now))
    if view == View.SNOOZED:
        return found.order_by(ticket.c.snoozed_until.nulls_last(), ticket.c.id)
    if view in _OPEN_VIEWS:
        # A failed delivery reopens a ticket nobody wrote on: those come first, without a time.
        return found.order_by(ticket.c.waiting_since.nulls_first(), ticket.c.id)
    return found.order_by(ticket.c.updated_at.desc(), ticket.c.id.desc())


def counts(connection: Connection, me: AgentId | None, now: datetime) -> tuple[ViewCount, ...]:
    """How many tickets each view has, from one pass over an index in its own order."""
    statement = select(ticket.c.assignee_id, ticket.c.status, func.count()).group_by(
        ticket.c.assignee_id, ticket.c.status
    )
    totals: dict[str, int] = dict.fromkeys(View, 0)
    mine = owners_for(connection, me, now)
    for owner, status, count in connection.execute(statement):
        for view in _views_of(TicketStatus(status), owner, mine):
            totals[view] += count
    _count_snoozed(connection, mine, now, totals)
    totals |= count_marked(connection, me)
    totals[View.MENTIONS] = count_mentioning(connection, me)
    team_total = count_team(connection, me, now)
    if team_total is None:
        del totals[View.MY_TEAM]
    else:
        totals[View.MY_TEAM] = team_total
    return tuple(ViewCount(str(view), count) for view, count in totals.items())


def _count_snoozed(
    connection: Connection, mine: Collection[AgentId], now: datetime, totals: dict[str, int]
) -> None:
    """Takes those put aside out of the views of their status: they sleep, or came back as open."""
    sleeps = case((asleep(now), 1), else_=0).label("sleeps")
    columns = (ticket.c.assignee_id, ticket.c.status, sleeps)
    put_aside = select(*columns, func.count().label("count")).where(ticket.c.id.in_(snoozed_ids()))
    for owner, status, asleep_now, count in connection.execute(put_aside.group_by(*columns)):
        for view in _views_of(TicketStatus(status), owner, mine):
            totals[view] -= count if view != View.ALL else 0
        now_in = [View.SNOOZED] if asleep_now else _views_of(TicketStatus.OPEN, owner, mine)
        for view in now_in:
            totals[view] += count if view != View.ALL else 0


def _views_of(status: TicketStatus, owner: int | None, mine: Collection[AgentId]) -> list[View]:
    if status in WAITS_FOR_US:
        whose = [View.UNASSIGNED] if owner is None else [View.MINE] if owner in mine else []
        return [*whose, View.ALL_OPEN, View.ALL]
    if status in _ASIDE:
        return [View.WAITING, View.ALL]
    if status in ENDED:
        return [View.CLOSED, View.ALL]
    return [View.SPAM, View.ALL] if status is TicketStatus.SPAM else []


def customer_of(connection: Connection, one: TicketId) -> CustomerId | None:
    """Whose a ticket is; of a merged one, the ticket it lives on in."""
    row = connection.execute(
        select(ticket.c.customer_id, ticket.c.merged_into).where(ticket.c.id == one)
    ).first()
    if row is not None and row.merged_into is not None:
        return customer_of(connection, TicketId(row.merged_into))
    return None if row is None or row.customer_id is None else CustomerId(row.customer_id)


def ticket_numbered(connection: Connection, number: int) -> TicketId | None:
    """The ticket with a number, if there is one; for a merged one the ticket it lives on in."""
    if not 0 < number <= _LARGEST_NUMBER:
        return None
    asked = select(ticket.c.id, ticket.c.merged_into)
    row = connection.execute(asked.where(ticket.c.number == number)).first()
    while row is not None and row.merged_into is not None:
        row = connection.execute(asked.where(ticket.c.id == row.merged_into)).first()
    return None if row is None else TicketId(row.id)


def id_of_number(connection: Connection, number: int) -> TicketId:
    """The ticket with a number; ``Problem(NOT_FOUND)`` if there is none."""
    found = ticket_numbered(connection, number)
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=number)
    return found
