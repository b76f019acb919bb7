"""Acts in shops as they are kept: lists, and each step forward as one conditional update."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, update

from deskapp.domain.act_states import SENT_STATES, ActState, ActWhy
from deskapp.domain.ids import AgentId, OrderActId, OrderId, OrderSourceId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.order_act_rows import ActRow, shown_kept
from deskapp.domain.order_act_stored import act_kept
from deskapp.domain.order_acts import ActKind, OrderAct
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.order_acts import order_act
from ..tables.orders import order_source
from ..tables.people import agent
from ..tables.tickets import ticket
from .ticket_write import add_event
from .writes import insert_row, unique

OPEN_ACT = order_act.c.slot.is_not(None)


def insert_act(unit: Unit, values: Mapping[str, Any]) -> OrderActId:
    """A new act. Raises Problem(DUPLICATE, what="order_act") while another holds its slot."""
    with unique("order_act", str(values["order_number"])):
        made = insert_row(unit.connection, order_act, values)
    unit.touched.areas.add("acts")
    return OrderActId(made)


def step(
    unit: Unit,
    act: OrderActId,
    only_from: Collection[ActState],
    values: Mapping[str, Any],
    version: int | None = None,
) -> bool:
    """Moves an act on if it still stands where it did; who comes second changes nothing."""
    statement = update(order_act).where(order_act.c.id == act, order_act.c.state.in_(only_from))
    if version is not None:
        statement = statement.where(order_act.c.version == version)
    done = unit.connection.execute(statement.values(**values, version=order_act.c.version + 1))
    unit.touched.areas.add("acts")
    return done.rowcount == 1


def tell_ticket(
    unit: Unit, row: ActRow, old: str, new: ActState, at: datetime, by: AgentId | None
) -> None:
    """A line in the history of the ticket that an act was wanted from."""
    if row.ticket_id is not None:
        one = row.ticket_id
        add_event(unit, one, EventKind.ORDER_ACT, at, by, old=old, new=new, reason=row.told)
        unit.touched.tickets.add(one)


def act_row(connection: Connection, act: OrderActId) -> ActRow:
    """One act. Raises Problem(NOT_FOUND, what="order_act")."""
    for found in _acts(connection, _all().where(order_act.c.id == act)):
        return found
    raise Problem(ProblemKind.NOT_FOUND, what="order_act", id=act)


def open_acts(connection: Connection) -> list[ActRow]:
    """Those that are not settled, the oldest first."""
    return _acts(connection, _all().where(OPEN_ACT).order_by(order_act.c.id))


def all_acts(connection: Connection, limit: int) -> list[ActRow]:
    """The newest first."""
    return _acts(connection, _all().order_by(order_act.c.id.desc()).limit(limit))


def acts_of_ticket(connection: Connection, one: TicketId) -> list[ActRow]:
    """The newest first."""
    mine = _all().where(order_act.c.ticket_id == one)
    return _acts(connection, mine.order_by(order_act.c.id.desc()))


def acts_of_order(connection: Connection, order: OrderId) -> list[ActRow]:
    """The newest first."""
    mine = _all().where(order_act.c.order_id == order)
    return _acts(connection, mine.order_by(order_act.c.id.desc()))


def moved_before(connection: Connection, row: ActRow, currency: str) -> Decimal:
    """What who wanted ``row`` has moved for the same order, and what may be on its way, also
    where only a person says that it was not done."""
    if row.order_id is None:  # a new one
        return Decimal(0)
    may_be = order_act.c.state.in_((ActState.APPROVED, *SENT_STATES, ActState.DONE))
    asked = select(order_act.c.amount).where(
        order_act.c.order_id == row.order_id,
        order_act.c.asked_by == row.asked_by,
        order_act.c.currency == currency,
        or_(may_be, order_act.c.why == ActWhy.BY_HAND),
        order_act.c.id != row.id,
    )
    return sum((one or Decimal(0) for one in connection.execute(asked).scalars()), Decimal(0))


def act_in_slot(connection: Connection, slot: str) -> ActRow | None:
    """What is not settled there."""
    found = _acts(connection, _all().where(order_act.c.slot == slot))
    return found[0] if found else None


def due_acts(connection: Connection, now: datetime) -> list[ActRow]:
    """What an engine has to do with now."""
    due = _all().where(OPEN_ACT, order_act.c.next_at <= now)
    return _acts(connection, due.order_by(order_act.c.next_at, order_act.c.id))


def being_sent(connection: Connection) -> list[ActRow]:
    """What some engine is sending, or was when it died."""
    return _acts(connection, _all().where(OPEN_ACT, order_act.c.state == ActState.SENDING))


def next_act(connection: Connection) -> datetime | None:
    """When an engine has something to do next."""
    first = select(func.min(order_act.c.next_at)).where(OPEN_ACT)
    found: datetime | None = connection.execute(first).scalar()
    return found


def _all() -> Select[AnyRow]:
    asker, approver, settler = (agent.alias(name) for name in ("asker", "approver", "settler"))
    return (
        select(
            order_act,
            order_source.c.name.label("source"),
            ticket.c.number.label("ticket_number"),
            asker.c.name.label("asked_name"),
            approver.c.name.label("approved_name"),
            settler.c.name.label("settled_name"),
        )
        .outerjoin(order_source, order_source.c.id == order_act.c.source_id)
        .outerjoin(ticket, ticket.c.id == order_act.c.ticket_id)
        .outerjoin(asker, asker.c.id == order_act.c.asked_by)
        .outerjoin(approver, approver.c.id == order_act.c.approved_by)
        .outerjoin(settler, settler.c.id == order_act.c.settled_by)
    )


def _acts(connection: Connection, asked: Select[AnyRow]) -> list[ActRow]:
    return [_row(row) for row in connection.execute(asked)]


def _row(row: AnyRow) -> ActRow:
    return ActRow(
        id=OrderActId(row.id),
        key=row.act_key,
        source_id=OrderSourceId(row.source_id or 0),
        source=row.source or "",
        order_id=None if row.order_id is None else OrderId(row.order_id),
        order_number=row.order_number,
        ticket_id=None if row.ticket_id is None else TicketId(row.ticket_id),
        ticket_number=row.ticket_number,
        act=_act(row.body),
        kind=ActKind(row.kind),
        state=ActState(row.state),
        why=ActWhy(row.why),
        shown=shown_kept(row.preview),
        amount=row.amount,
        currency=row.currency,
        asked_by=None if row.asked_by is None else AgentId(row.asked_by),
        asked_name=row.asked_name or "",
        asked_at=row.asked_at,
        approved_name=row.approved_name or "",
        approved_at=row.approved_at,
        holder=row.holder,
        sent_at=row.sent_at,
        next_at=row.next_at,
        looks=row.looks,
        ended_at=row.ended_at,
        ref=row.ref,
        link=row.link,
        came_to=row.came_to,
        said=row.said,
        trouble=json.loads(row.trouble) if row.trouble else {},
        settled_name=row.settled_name or "",
        settled_words=row.settled_words,
        version=row.version,
    )


def _act(body: str) -> OrderAct | None:
    try:
        return act_kept(body)
    except ValueError:  # erased with the person it was about
        return None
