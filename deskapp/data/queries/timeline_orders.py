"""Orders and returns on a customer's axis, a page of each at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from deskapp.domain.ids import CustomerId, OrderId, TicketId
from deskapp.domain.timeline import Happening, TimelineEntry

from ..tables.columns import AnyRow
from ..tables.orders import shop_order, shop_return
from ..tables.returns import return_case
from ..tables.tickets import ticket

Owners = Sequence[CustomerId]


def newest(
    statement: Select[Any], when: ColumnElement[Any], before: datetime | None, size: int
) -> Select[Any]:
    """From ``before`` on, the instant itself too: what of it was shown is passed over."""
    chosen = statement if before is None else statement.where(when <= before)
    return chosen.limit(size)


def orders(
    connection: Connection, owners: Owners, before: datetime | None, size: int
) -> list[TimelineEntry]:
    when = func.coalesce(shop_order.c.placed_at, shop_order.c.seen_at)
    statement = (
        select(shop_order)
        .where(shop_order.c.customer_id.in_(owners))
        .order_by(when.desc(), shop_order.c.id.desc())
    )
    entries = []
    for row in connection.execute(newest(statement, when, before, size)):
        amount = "" if row.total is None else f"{row.total:f} {row.currency}".strip()
        words = (row.status_text or row.status, amount)
        entries.append(
            TimelineEntry(
                at=row.placed_at or row.seen_at,
                what=Happening.ORDER,
                title=row.number,
                detail=" · ".join(word for word in words if word),
                order_id=OrderId(row.id),
                order_number=row.number,
            )
        )
    return entries


def returns(
    connection: Connection, owners: Owners, before: datetime | None, size: int
) -> list[TimelineEntry]:
    """Our own cases, and goods on their way back that a shop told of."""
    return [*_cases(connection, owners, before, size), *_told(connection, owners, before, size)]


def _cases(
    connection: Connection, owners: Owners, before: datetime | None, size: int
) -> list[TimelineEntry]:
    statement = (
        select(
            return_case.c.created_at.label("at"),
            return_case.c.state.label("title"),
            return_case.c.reason.label("detail"),
            return_case.c.order_id,
            return_case.c.order_number.label("number"),
            return_case.c.ticket_id,
            ticket.c.number.label("ticket_number"),
        )
        .outerjoin(ticket, ticket.c.id == return_case.c.ticket_id)
        .where(cases_of(owners))
        .order_by(return_case.c.created_at.desc(), return_case.c.id.desc())
    )
    rows = connection.execute(newest(statement, return_case.c.created_at, before, size))
    return [
        replace(
            _return(row),
            ticket_id=None if row.ticket_id is None else TicketId(row.ticket_id),
            ticket_number=row.ticket_number,
        )
        for row in rows
    ]


def cases_of(owners: Owners) -> ColumnElement[bool]:
    """Return cases by their order or, where there is none, by their ticket."""
    orders = select(shop_order.c.id).where(shop_order.c.customer_id.in_(owners))
    tickets = select(ticket.c.id).where(ticket.c.customer_id.in_(owners)).correlate(None)
    of_ticket = and_(return_case.c.order_id.is_(None), return_case.c.ticket_id.in_(tickets))
    return or_(return_case.c.order_id.in_(orders), of_ticket)


def _told(
    connection: Connection, owners: Owners, before: datetime | None, size: int
) -> list[TimelineEntry]:
    statement = (
        select(
            shop_return.c.at,
            shop_return.c.name.label("title"),
            shop_return.c.status.label("detail"),
            shop_order.c.id.label("order_id"),
            shop_order.c.number,
        )
        .join(shop_order, shop_order.c.id == shop_return.c.order_id)
        .where(shop_order.c.customer_id.in_(owners), shop_return.c.at.is_not(None))
        .order_by(shop_return.c.at.desc(), shop_return.c.id.desc())
    )
    rows = connection.execute(newest(statement, shop_return.c.at, before, size))
    return [_return(row) for row in rows]


def _return(row: AnyRow) -> TimelineEntry:
    return TimelineEntry(
        at=row.at,
        what=Happening.RETURN,
        title=row.title,
        detail=row.detail,
        order_id=None if row.order_id is None else OrderId(row.order_id),
        order_number=row.number,
    )
