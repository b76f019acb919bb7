"""Return cases as they are kept: lists of them, one whole, its history."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from deskapp.domain.ids import AgentId, CustomerId, OrderId, ReturnId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import (
    Condition,
    RefundState,
    ReturnCase,
    ReturnEvent,
    ReturnItem,
    ReturnKind,
    ReturnState,
)
from deskapp.domain.return_rules import counts

from ..tables.columns import AnyRow
from ..tables.orders import order_source, shop_order
from ..tables.people import agent, customer
from ..tables.returns import OPEN_RETURN, return_case, return_event, return_item
from ..tables.tickets import ticket
from .parts import parts

_SOON = (return_case.c.deadline.asc().nulls_last(), return_case.c.id)
_LATEST = (return_case.c.id.desc(),)


def open_returns(connection: Connection, limit: int) -> list[ReturnCase]:
    """Those that are not closed, the nearest deadline first."""
    return _cases(connection, _all().where(OPEN_RETURN).order_by(*_SOON).limit(limit))


def all_returns(connection: Connection, limit: int) -> list[ReturnCase]:
    """The newest first, closed ones too."""
    return _cases(connection, _all().order_by(*_LATEST).limit(limit))


def late_returns(connection: Connection, today: date) -> int:
    """How many open ones are past their deadline."""
    late = select(return_case.c.id).where(OPEN_RETURN, return_case.c.deadline < today)
    return len(connection.execute(late).all())


def returns_of_orders(connection: Connection, orders: Collection[OrderId]) -> list[ReturnCase]:
    """The cases about these orders, the newest first."""
    return _where(connection, return_case.c.order_id, orders)


def returns_of_ticket(connection: Connection, one: TicketId) -> list[ReturnCase]:
    """The cases on a ticket, the newest first."""
    return _where(connection, return_case.c.ticket_id, [one])


def returns_of_customer(connection: Connection, one: CustomerId) -> list[ReturnCase]:
    """The cases about a customer's orders or on their tickets, the newest first."""
    orders = select(shop_order.c.id).where(shop_order.c.customer_id == one)
    tickets = select(ticket.c.id).where(ticket.c.customer_id == one)
    theirs = or_(return_case.c.order_id.in_(orders), return_case.c.ticket_id.in_(tickets))
    return _cases(connection, _all().where(theirs).order_by(*_LATEST))


def return_detail(connection: Connection, case: ReturnId) -> ReturnCase:
    """One case. Raises Problem(NOT_FOUND, what="return")."""
    for found in _cases(connection, _all().where(return_case.c.id == case)):
        return found
    raise Problem(ProblemKind.NOT_FOUND, what="return", id=case)


def return_events(connection: Connection, case: ReturnId) -> tuple[ReturnEvent, ...]:
    """What was done to a case, in order."""
    asked = (
        select(return_event, agent.c.name.label("who"))
        .outerjoin(agent, agent.c.id == return_event.c.agent_id)
        .where(return_event.c.case_id == case)
        .order_by(return_event.c.id)
    )
    return tuple(
        ReturnEvent(row.id, row.at, row.who or "", row.what, row.old, row.new, row.undoes_id)
        for row in connection.execute(asked)
    )


def gone_pieces(
    connection: Connection, order: OrderId, but: ReturnId | None
) -> tuple[dict[str, Decimal], Decimal]:
    """Pieces of each line that other cases of this order took, and the money they give back."""
    pieces: dict[str, Decimal] = {}
    money = Decimal(0)
    for one in returns_of_orders(connection, [order]):
        if one.id == but:
            continue
        if one.refund_state is not RefundState.NONE and one.refund_amount is not None:
            money += one.refund_amount
        if counts(one.kind, one.state, one.ended_as):
            for item in one.items:
                pieces[item.line_key] = pieces.get(item.line_key, Decimal(0)) + item.quantity
    return pieces, money


def _all() -> Select[AnyRow]:
    return (
        select(
            return_case,
            ticket.c.number.label("ticket_number"),
            customer.c.name.label("customer"),
            shop_order.c.name.label("bought_by"),
            shop_order.c.number.label("number"),
            shop_order.c.total.label("paid"),
            order_source.c.name.label("source"),
        )
        .outerjoin(ticket, ticket.c.id == return_case.c.ticket_id)
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .outerjoin(shop_order, shop_order.c.id == return_case.c.order_id)
        .outerjoin(order_source, order_source.c.id == shop_order.c.source_id)
    )


def _where(
    connection: Connection, column: ColumnElement[int], ids: Collection[int]
) -> list[ReturnCase]:
    found: list[ReturnCase] = []
    for part in parts(ids):
        found += _cases(connection, _all().where(column.in_(part)).order_by(*_LATEST))
    return found


def _cases(connection: Connection, asked: Select[AnyRow]) -> list[ReturnCase]:
    rows = connection.execute(asked).all()
    items = _items(connection, [row.id for row in rows])
    return [_case(row, items.get(row.id, ())) for row in rows]


def _items(connection: Connection, cases: Sequence[int]) -> dict[int, tuple[ReturnItem, ...]]:
    found: dict[int, list[ReturnItem]] = defaultdict(list)
    for part in parts(cases):
        asked = select(return_item).where(return_item.c.case_id.in_(part))
        for row in connection.execute(asked.order_by(return_item.c.id)):
            found[row.case_id].append(
                ReturnItem(
                    row.title,
                    row.quantity,
                    row.sku,
                    row.line_key,
                    Condition(row.condition),
                    row.instead,
                )
            )
    return {case: tuple(items) for case, items in found.items()}


def _case(row: AnyRow, items: tuple[ReturnItem, ...]) -> ReturnCase:
    return ReturnCase(
        id=ReturnId(row.id),
        kind=ReturnKind(row.kind),
        state=ReturnState(row.state),
        ended_as=row.ended_as,
        order_id=None if row.order_id is None else OrderId(row.order_id),
        order_number=row.number or row.order_number,
        source=row.source or "",
        ticket_id=None if row.ticket_id is None else TicketId(row.ticket_id),
        ticket_number=row.ticket_number,
        customer=row.customer or row.bought_by or "",
        reason_code=row.reason_code,
        reason=row.reason,
        carrier=row.carrier,
        tracking_number=row.tracking_number,
        label_link=row.label_link,
        label_file=row.label_file,
        deadline=row.deadline,
        remind_on=row.remind_on,
        refund_state=RefundState(row.refund_state),
        refund_amount=row.refund_amount,
        refund_currency=row.refund_currency,
        created_at=row.created_at,
        created_by=None if row.created_by is None else AgentId(row.created_by),
        closed_at=row.closed_at,
        version=row.version,
        items=items,
        paid=row.paid,
    )
