"""Lists of tickets: ids in order for a view, rows for a page of them, counts for all views."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, true

from deskapp.domain.ids import AgentId, CustomerId, LabelId, MailboxId, TeamId, TicketId
from deskapp.domain.kinds import ENDED, WAITS_FOR_US, OutboxState, TicketStatus, View
from deskapp.domain.list_order import ListOrder
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import pinned_id
from deskapp.domain.snoozing import Snoozing
from deskapp.domain.ticket_facts import Priority, TagColour
from deskapp.domain.tickets import TicketRow, ViewCount

from ..tables.columns import AnyRow
from ..tables.facts import status_label, ticket_follower, ticket_star
from ..tables.mail import mailbox
from ..tables.people import agent, customer, team
from ..tables.replies import outbox
from ..tables.tickets import tag, ticket, ticket_seen, ticket_tag
from .entries import count_mentioning, mentioning
from .labels import LABEL_STANDS
from .marks import UNMARKED, Marks, count_marked, marked, marks_of
from .parts import parts
from .saved_views import pinned_tickets
from .snoozes import asleep, back, snooze_of, snoozed_ids
from .tags import tag_colour
from .teams import count_team, of_team_of
from .ticket_order import due_soon_ids, in_order
from .ticket_returns import returned_of

_TROUBLE = (OutboxState.UNCERTAIN, OutboxState.FAILED)
_LARGEST_NUMBER = 2**31 - 1  # of a column INTEGER on PostgreSQL
_ASIDE = (TicketStatus.WAITING, TicketStatus.ON_HOLD)
_OPEN_VIEWS = (View.MINE, View.MY_TEAM, View.UNASSIGNED, View.ALL_OPEN)


def _view_condition(view: str, me: AgentId | None, now: datetime) -> ColumnElement[bool]:
    """Which tickets a view shows to ``me``, but for those that woke."""
    ours = and_(ticket.c.status.in_(WAITS_FOR_US), ticket.c.id.not_in(snoozed_ids()))
    conditions: dict[str, ColumnElement[bool]] = {
        View.MINE: and_(ours, _whose(View.MINE, me)),
        View.MY_TEAM: and_(ours, _whose(View.MY_TEAM, me)),
        View.UNASSIGNED: and_(ours, _whose(View.UNASSIGNED, me)),
        View.ALL_OPEN: ours,
        View.WAITING: and_(ticket.c.status.in_(_ASIDE), ticket.c.id.not_in(snoozed_ids())),
        View.SNOOZED: asleep(now),
        View.MENTIONS: mentioning(me),
        View.FOLLOWING: marked(ticket_follower, me),
        View.STARRED: marked(ticket_star, me),
        View.CLOSED: ticket.c.status.in_(ENDED),
        View.SPAM: ticket.c.status == TicketStatus.SPAM,
        View.ALL: ticket.c.status != TicketStatus.MERGED,
    }
    if view not in conditions:
        raise Problem(ProblemKind.NOT_FOUND, what="view", value=view)
    return conditions[view]


def _whose(view: str, me: AgentId | None) -> ColumnElement[bool]:
    if view == View.MINE:
        return ticket.c.assignee_id == me
    if view == View.MY_TEAM:
        return of_team_of(me)
    return ticket.c.assignee_id.is_(None) if view == View.UNASSIGNED else true()


def view_ids(
    connection: Connection,
    view: str,
    me: AgentId | None,
    now: datetime,
    limit: int | None = None,
    order: ListOrder | None = None,
) -> list[TicketId]:
    """A view's tickets in order: what is due soon, then who waits longest; others newest first.

    What woke stands above all that is open, whatever its status. An unknown view is
    ``Problem(NOT_FOUND)``. ``order``: a person's own, which only sorts.
    """
    if (pinned := pinned_id(view)) is not None:
        return pinned_tickets(connection, pinned, me, now, limit)
    first = _back_ids(connection, view, me, now) if view in _OPEN_VIEWS else []
    if order is not None:
        condition = or_(_view_condition(view, me, now), ticket.c.id.in_(first))
        found = in_order(select(ticket.c.id).where(condition), order).limit(limit)
        return cast(list[TicketId], connection.execute(found).scalars().all())
    if view in _OPEN_VIEWS:
        first += due_soon_ids(connection, _view_condition(view, me, now), now)
    rest = None if limit is None else limit + len(first)
    found_ids = _view_ids(connection, view, me, now, rest)
    known = set(first)
    if known:
        found_ids = [one for one in found_ids if one not in known]
    return [*first, *found_ids][:limit]


def _back_ids(
    connection: Connection, view: str, me: AgentId | None, now: datetime
) -> list[TicketId]:
    """Those that woke, the latest first; of those that a reply woke before their time, by it."""
    found = select(ticket.c.id).where(back(now), _whose(view, me))
    found = found.order_by(ticket.c.waiting_since.nulls_last(), ticket.c.id)
    return cast(list[TicketId], connection.execute(found).scalars().all())


def _view_ids(
    connection: Connection, view: str, me: AgentId | None, now: datetime, limit: int | None
) -> list[TicketId]:
    found: Select[int] = select(ticket.c.id).where(_view_condition(view, me, now))
    if view == View.SNOOZED:
        found = found.order_by(ticket.c.snoozed_until.nulls_last(), ticket.c.id)
    elif view in _OPEN_VIEWS:
        # A failed delivery reopens a ticket nobody wrote on: those come first, without a time.
        found = found.order_by(ticket.c.waiting_since.nulls_first(), ticket.c.id)
    else:
        found = found.order_by(ticket.c.updated_at.desc(), ticket.c.id.desc())
    # Ten thousands of ids are not called TicketId one by one.
    return cast(list[TicketId], connection.execute(found.limit(limit)).scalars().all())


def counts(connection: Connection, me: AgentId | None, now: datetime) -> tuple[ViewCount, ...]:
    """How many tickets each view has, from one pass over an index in its own order."""
    statement = select(ticket.c.assignee_id, ticket.c.status, func.count()).group_by(
        ticket.c.assignee_id, ticket.c.status
    )
    totals: dict[str, int] = dict.fromkeys(View, 0)
    for owner, status, count in connection.execute(statement):
        for view in _views_of(TicketStatus(status), owner, me):
            totals[view] += count
    _count_snoozed(connection, me, now, totals)
    totals |= count_marked(connection, me)
    totals[View.MENTIONS] = count_mentioning(connection, me)
    team_total = count_team(connection, me, now)
    if team_total is None:
        del totals[View.MY_TEAM]
    else:
        totals[View.MY_TEAM] = team_total
    return tuple(ViewCount(str(view), count) for view, count in totals.items())


def _count_snoozed(
    connection: Connection, me: AgentId | None, now: datetime, totals: dict[str, int]
) -> None:
    """Takes those put aside out of the views of their status: they sleep, or came back as open."""
    sleeps = case((asleep(now), 1), else_=0).label("sleeps")
    columns = (ticket.c.assignee_id, ticket.c.status, sleeps)
    put_aside = select(*columns, func.count().label("count")).where(ticket.c.id.in_(snoozed_ids()))
    for owner, status, asleep_now, count in connection.execute(put_aside.group_by(*columns)):
        for view in _views_of(TicketStatus(status), owner, me):
            totals[view] -= count if view != View.ALL else 0
        now_in = [View.SNOOZED] if asleep_now else _views_of(TicketStatus.OPEN, owner, me)
        for view in now_in:
            totals[view] += count if view != View.ALL else 0


def _views_of(status: TicketStatus, owner: int | None, me: AgentId | None) -> list[View]:
    if status in WAITS_FOR_US:
        whose = [View.UNASSIGNED] if owner is None else [View.MINE] if owner == me else []
        return [*whose, View.ALL_OPEN, View.ALL]
    if status in _ASIDE:
        return [View.WAITING, View.ALL]
    if status in ENDED:
        return [View.CLOSED, View.ALL]
    return [View.SPAM, View.ALL] if status is TicketStatus.SPAM else []


def ticket_rows(
    connection: Connection, ids: Sequence[TicketId], me: AgentId | None
) -> list[TicketRow]:
    """The rows behind ids, in the order asked. Ids that are gone are left out."""
    found: dict[int, AnyRow] = {}
    for part in parts(ids):
        for row in connection.execute(_row_select(me).where(ticket.c.id.in_(part))):
            found[row.id] = row
    tags = _tags_of(connection, list(found))
    marks = marks_of(connection, list(found), me)
    trouble = _trouble_of(connection, list(found))
    returned = returned_of(connection, list(found))
    return [
        _ticket_row(
            found[one],
            tags.get(one, ()),
            marks.get(one, UNMARKED),
            trouble.get(one),
            one in returned,
        )
        for one in ids
        if one in found
    ]


def _row_select(me: AgentId | None) -> Select[*tuple[Any, ...]]:
    seen = and_(ticket_seen.c.ticket_id == ticket.c.id, ticket_seen.c.agent_id == me)
    unread = and_(
        ticket.c.status.in_(WAITS_FOR_US),
        or_(
            ticket_seen.c.message_id.is_(None),
            ticket_seen.c.message_id < ticket.c.newest_message_id,
        ),
    )
    return (
        select(
            ticket,
            customer.c.name.label("customer_name"),
            agent.c.name.label("assignee_name"),
            mailbox.c.address.label("mailbox_address"),
            status_label.c.name.label("label"),
            team.c.name.label("team_name"),
            unread.label("unread"),
        )
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .outerjoin(agent, agent.c.id == ticket.c.assignee_id)
        .outerjoin(mailbox, mailbox.c.id == ticket.c.mailbox_id)
        .outerjoin(status_label, LABEL_STANDS)
        .outerjoin(team, team.c.id == ticket.c.team_id)
        .outerjoin(ticket_seen, seen)
    )


Tags = Sequence[tuple[str, TagColour]]


def _tags_of(connection: Connection, ids: Sequence[int]) -> Mapping[int, Tags]:
    found: dict[int, list[tuple[str, TagColour]]] = defaultdict(list)
    for part in parts(ids):
        statement = (
            select(ticket_tag.c.ticket_id, tag.c.name, tag.c.colour)
            .join(tag, tag.c.id == ticket_tag.c.tag_id)
            .where(ticket_tag.c.ticket_id.in_(part))
            .order_by(tag.c.name_key)
        )
        for owner, name, colour in connection.execute(statement):
            found[owner].append((name, tag_colour(colour)))
    return found


def _trouble_of(connection: Connection, ids: Sequence[int]) -> dict[int, OutboxState]:
    found: dict[int, OutboxState] = {}
    for part in parts(ids):
        statement = select(outbox.c.ticket_id, outbox.c.state).where(
            outbox.c.ticket_id.in_(part), outbox.c.state.in_(_TROUBLE)
        )
        for owner, state in connection.execute(statement):
            if found.get(owner) is not OutboxState.UNCERTAIN:
                found[owner] = OutboxState(state)
    return found


def _ticket_row(
    row: AnyRow, tags: Tags, marks: Marks, trouble: OutboxState | None, returned: bool
) -> TicketRow:
    return TicketRow(
        id=TicketId(row.id),
        number=row.number,
        subject=row.subject,
        status=TicketStatus(row.status),
        customer_id=None if row.customer_id is None else CustomerId(row.customer_id),
        customer_name=row.customer_name or "",
        assignee_id=None if row.assignee_id is None else AgentId(row.assignee_id),
        assignee_name=row.assignee_name or "",
        mailbox_id=None if row.mailbox_id is None else MailboxId(row.mailbox_id),
        mailbox_address=row.mailbox_address or "",
        tags=tuple(name for name, _ in tags),
        tag_colours=tuple(colour for _, colour in tags),
        followers=tuple(one for one, _ in marks.followers),
        follower_names=tuple(name for _, name in marks.followers),
        starred=marks.starred,
        snippet=row.snippet,
        language=row.language,
        created_at=row.created_at,
        updated_at=row.updated_at,
        waiting_since=row.waiting_since,
        unread=bool(row.unread),
        has_attachment=row.has_attachment,
        message_count=row.message_count,
        trouble=trouble,
        version=row.version,
        returned=returned,
        snooze=snooze_of(row),
        woke=row.snooze == Snoozing.WOKE,
        label_id=LabelId(row.label_id) if row.label is not None else None,
        label=row.label or "",
        priority=Priority(row.priority),
        team_id=None if row.team_id is None else TeamId(row.team_id),
        team_name=row.team_name or "",
        due_at=row.due_at,
    )


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
