"""What is still to happen with a customer: promised, due, put aside, on its way back, overdue."""

from datetime import datetime, time

from sqlalchemy import Connection, and_, func, or_, select

from deskapp.domain.ids import CustomerId, OrderId, TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES
from deskapp.domain.orders import OrderStatus
from deskapp.domain.timeline import Contacted, Promise, PromiseKind

from ..tables.notes import message_entry
from ..tables.orders import shipment, shop_order
from ..tables.returns import OPEN_RETURN, return_case
from ..tables.tickets import SNOOZED, message, ticket
from .timeline_orders import cases_of

MOST_PROMISES = 50
_END_OF_DAY = time(18)  # a deadline is a day; what is due that evening is late the next morning
_GONE = (OrderStatus.CANCELLED, OrderStatus.REFUNDED, OrderStatus.DELIVERED)


def promises_of(connection: Connection, one: CustomerId, now: datetime) -> tuple[Promise, ...]:
    """The soonest first, those without a moment last."""
    found = [
        *_follow_ups(connection, one),
        *_of_tickets(connection, one),
        *_returns(connection, one),
        *_parcels(connection, one, now),
    ]
    found.sort(key=lambda each: (each.at is None, each.at or now))
    return tuple(found[:MOST_PROMISES])


def contacted(connection: Connection, one: CustomerId) -> Contacted:
    """When we were in touch by mail or otherwise."""
    theirs = select(
        func.min(ticket.c.created_at), func.max(ticket.c.last_in_at), func.max(ticket.c.last_out_at)
    ).where(ticket.c.customer_id == one)
    first, last_in, last_out = connection.execute(theirs).one()
    return Contacted(first, last_in, last_out)


def _follow_ups(connection: Connection, one: CustomerId) -> list[Promise]:
    statement = (
        select(message_entry.c.wakes_at, message_entry.c.outcome, ticket)
        .join(message, message.c.id == message_entry.c.message_id)
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .where(ticket.c.customer_id == one, message_entry.c.wakes_at.is_not(None))
        .limit(MOST_PROMISES)
    )
    return [
        Promise(
            PromiseKind.FOLLOW_UP,
            row.wakes_at,
            row.outcome or row.subject,
            TicketId(row.id),
            row.number,
        )
        for row in connection.execute(statement)
    ]


def _of_tickets(connection: Connection, one: CustomerId) -> list[Promise]:
    dated = or_(ticket.c.due_at.is_not(None), and_(SNOOZED, ticket.c.snoozed_until.is_not(None)))
    statement = select(ticket).where(
        ticket.c.customer_id == one, ticket.c.status.in_(ACTIVE_STATUSES), dated
    )
    found = []
    for row in connection.execute(statement.limit(MOST_PROMISES)):
        place = (row.subject, TicketId(row.id), row.number)
        if row.due_at is not None:
            found.append(Promise(PromiseKind.DUE, row.due_at, *place))
        if row.snooze in ("time", "first") and row.snoozed_until is not None:
            found.append(Promise(PromiseKind.SNOOZE, row.snoozed_until, *place))
    return found


def _returns(connection: Connection, one: CustomerId) -> list[Promise]:
    statement = (
        select(return_case, ticket.c.number.label("ticket"))
        .outerjoin(ticket, ticket.c.id == return_case.c.ticket_id)
        .where(OPEN_RETURN, cases_of([one]))
        .limit(MOST_PROMISES)
    )
    return [
        Promise(
            PromiseKind.RETURN,
            None
            if row.deadline is None
            else datetime.combine(row.deadline, _END_OF_DAY).astimezone(),
            row.reason,
            None if row.ticket_id is None else TicketId(row.ticket_id),
            row.ticket,
            None if row.order_id is None else OrderId(row.order_id),
            row.order_number,
        )
        for row in connection.execute(statement)
    ]


def _parcels(connection: Connection, one: CustomerId, now: datetime) -> list[Promise]:
    """Of an order with several parcels the one expected first."""
    statement = (
        select(shop_order.c.id, shop_order.c.number, func.min(shipment.c.expected_at).label("at"))
        .join(shipment, shipment.c.order_id == shop_order.c.id)
        .where(
            shop_order.c.customer_id == one,
            shop_order.c.status.not_in(_GONE),
            shipment.c.delivered_at.is_(None),
            shipment.c.expected_at < now,
        )
        .group_by(shop_order.c.id, shop_order.c.number)
        .limit(MOST_PROMISES)
    )
    return [
        Promise(PromiseKind.PARCEL, row.at, "", None, None, OrderId(row.id), row.number)
        for row in connection.execute(statement)
    ]
