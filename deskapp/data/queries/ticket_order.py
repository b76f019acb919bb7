"""Lists of tickets in the order of a column, and those that were promised soon in front."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES, TicketStatus
from deskapp.domain.list_order import Column, ListOrder
from deskapp.domain.ticket_facts import Priority

from ..tables.mail import mailbox
from ..tables.people import agent, customer, team
from ..tables.plain_order import plain_order
from ..tables.tickets import tag, ticket, ticket_tag
from .parts import parts

SOON = timedelta(days=1)
"""What is due within this, or overdue, stands before everybody who only waits."""
_FEW = 500  # dated tickets that are named one by one

_STATUSES = (
    TicketStatus.NEW,
    TicketStatus.OPEN,
    TicketStatus.WAITING,
    TicketStatus.ON_HOLD,
    TicketStatus.SOLVED,
    TicketStatus.CLOSED,
    TicketStatus.SPAM,
)
_KEYS: dict[Column, ColumnElement[Any]] = {
    Column.NUMBER: ticket.c.number,
    Column.CUSTOMER: customer.c.name_key,
    Column.STATUS: case(
        {one.value: place for place, one in enumerate(_STATUSES)}, value=ticket.c.status
    ),
    Column.PRIORITY: case(
        {one.value: -place for place, one in enumerate(Priority)}, value=ticket.c.priority
    ),
    Column.WAITING: ticket.c.waiting_since,
    Column.DUE: ticket.c.due_at,
    Column.SUBJECT: plain_order(ticket.c.subject),
    Column.ASSIGNEE: plain_order(agent.c.name),
    Column.TEAM: plain_order(team.c.name),
    Column.MAILBOX: plain_order(mailbox.c.address),
    Column.TAGS: (
        select(func.min(plain_order(tag.c.name_key)))
        .join(ticket_tag, ticket_tag.c.tag_id == tag.c.id)
        .where(ticket_tag.c.ticket_id == ticket.c.id)
        .correlate(ticket)
        .scalar_subquery()
    ),
    Column.UPDATED: ticket.c.updated_at,
    Column.CREATED: ticket.c.created_at,
}
_BESIDE = {
    Column.CUSTOMER: (customer, customer.c.id == ticket.c.customer_id),
    Column.ASSIGNEE: (agent, agent.c.id == ticket.c.assignee_id),
    Column.TEAM: (team, team.c.id == ticket.c.team_id),
    Column.MAILBOX: (mailbox, mailbox.c.id == ticket.c.mailbox_id),
}


def in_order(found: Select[Any], order: ListOrder) -> Select[Any]:
    """A selection of tickets, sorted. Of equal ones the older ticket stands first.

    A column that nothing sorts by leaves the newest first.
    """
    key = _KEYS.get(order.column)
    if key is None:
        return found.order_by(ticket.c.updated_at.desc(), ticket.c.id.desc())
    if order.column in _BESIDE:
        found = found.outerjoin(*_BESIDE[order.column])
    sorted_by = key.desc() if order.descending else key.asc()
    return found.order_by(sorted_by.nulls_last(), ticket.c.id)


def sorted_ids(connection: Connection, ids: Sequence[TicketId], order: ListOrder) -> list[TicketId]:
    """These tickets, as a search found them, in another order. Those that are gone are left out."""
    key = _KEYS.get(order.column)
    if key is None:
        return list(ids)
    found: list[tuple[Any, TicketId]] = []
    for part in parts(ids):
        asked = select(key, ticket.c.id).where(ticket.c.id.in_(part))
        if order.column in _BESIDE:
            asked = asked.outerjoin(*_BESIDE[order.column])
        found += [(value, one) for value, one in connection.execute(asked)]
    found.sort(key=itemgetter(1))
    there = [one for one in found if one[0] is not None]
    there.sort(key=itemgetter(0), reverse=order.descending)  # of equal ones the older first
    without = [one for value, one in found if value is None]
    return [one for _, one in there] + without


def due_soon_ids(
    connection: Connection, condition: ColumnElement[bool], now: datetime
) -> list[TicketId]:
    """Of a view's tickets those that are overdue or due soon, the earliest first."""
    # The status as a plain value, which no index knows: SQLite would rather go through all open
    # tickets than through the few that have a date.
    is_active = ticket.c.status.concat("").in_(ACTIVE_STATUSES)
    soon = and_(ticket.c.due_at.is_not(None), ticket.c.due_at <= now + SOON, is_active)
    dated = connection.execute(select(ticket.c.id).where(soon).limit(_FEW + 1)).scalars().all()
    if not dated:
        return []
    these = ticket.c.id.in_(dated) if len(dated) <= _FEW else soon
    found = select(ticket.c.id).where(these, condition)
    found = found.order_by(ticket.c.due_at, ticket.c.id)
    return cast(list[TicketId], list(connection.execute(found).scalars()))
