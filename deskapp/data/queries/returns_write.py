"""Writing return cases: each change with its event, in the case's history and on the ticket."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from deskapp.domain.ids import AgentId, OrderId, ReturnId, TicketId
from deskapp.domain.kinds import ACTIVE_STATUSES, EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import ReturnItem, case_name
from deskapp.domain.return_rules import wakes_at
from deskapp.domain.snoozing import Snoozing, WokeBy

from ..database import Unit
from ..tables.orders import shop_order
from ..tables.returns import RETURN_WAKES, return_case, return_event, return_item
from ..tables.tickets import event, ticket
from .parts import parts
from .ticket_write import add_event
from .writes import insert_row, update_seen

Told = tuple[str, str, str]
"""A field that changed: its name, and the old and the new value as text."""


def lock_order(unit: Unit, order: OrderId) -> None:
    """Keeps other cases of this order from being written at once: pieces are counted."""
    chosen = select(shop_order.c.id).where(shop_order.c.id == order).with_for_update()
    if unit.connection.execute(chosen).first() is None:
        raise Problem(ProblemKind.NOT_FOUND, what="order", id=order)


def insert_case(
    unit: Unit, values: Mapping[str, Any], items: Sequence[ReturnItem], at: datetime
) -> ReturnId:
    """A new case, with its first event."""
    case = ReturnId(insert_row(unit.connection, return_case, {**values, "created_at": at}))
    put_items(unit, case, items)
    note(unit, case, at, values["created_by"], [("opened", "", values["state"])])
    return case


def put_items(unit: Unit, case: ReturnId, items: Sequence[ReturnItem]) -> None:
    """What a case is about, instead of what it was."""
    unit.connection.execute(delete(return_item).where(return_item.c.case_id == case))
    rows = [
        {
            "case_id": case,
            "line_key": one.line_key,
            "sku": one.sku,
            "title": one.title,
            "quantity": one.quantity,
            "condition": one.condition,
            "instead": one.instead,
        }
        for one in items
    ]
    if rows:
        unit.connection.execute(insert(return_item), rows)


def update_case(
    unit: Unit, case: ReturnId, version: int | None, values: Mapping[str, Any], at: datetime
) -> None:
    """New values, and from them when it brings its ticket back.

    Raises Problem NOT_FOUND or CHANGED_MEANWHILE (what="return").
    """
    update_seen(unit.connection, return_case, case, version, values, what="return")
    chosen = select(return_case).where(return_case.c.id == case)
    row = unit.connection.execute(chosen).one()
    due = wakes_at(at, row.closed_at is not None, row.remind_on, row.deadline)
    unit.connection.execute(
        update(return_case).where(return_case.c.id == case).values(wakes_at=due)
    )


def note(
    unit: Unit,
    case: ReturnId,
    at: datetime,
    by: AgentId | None,
    told: Iterable[Told],
    undoes: Mapping[str, int] | None = None,
) -> None:
    """What happened to a case. ``undoes``: by field, the event that is taken back."""
    rows = [
        {
            "case_id": case,
            "at": at,
            "agent_id": by,
            "what": what,
            "old": old,
            "new": new,
            "undoes_id": (undoes or {}).get(what),
        }
        for what, old, new in told
    ]
    if rows:
        unit.connection.execute(insert(return_event), rows)
    unit.touched.areas.add("returns")


def tell_ticket(
    unit: Unit,
    one: TicketId | None,
    case: ReturnId,
    old: str,
    new: str,
    by: tuple[datetime, int | None],
) -> None:
    """A line in the history of the ticket that the case is on."""
    if one is not None:
        at, who = by
        agent = None if who is None else AgentId(who)
        name = case_name(case)
        add_event(unit, one, EventKind.RETURN_CASE, at, agent, old=old, new=new, reason=name)
        unit.touched.tickets.add(one)


def next_return(connection: Connection) -> datetime | None:
    """When the next case brings its ticket back, or should have without anybody noting it."""
    first = select(func.min(return_case.c.wakes_at)).where(RETURN_WAKES)
    found: datetime | None = connection.execute(first).scalar()
    return found


def wake_returns(unit: Unit, now: datetime) -> list[TicketId]:
    """Brings the tickets back whose case has come to its day, in one conditional update. A ticket
    that has ended stays so; its history and the notice tell of the case."""
    due = unit.connection.execute(
        update(return_case)
        .where(RETURN_WAKES, return_case.c.wakes_at <= now)
        .values(wakes_at=None)
        .returning(
            return_case.c.id,
            return_case.c.ticket_id,
            return_case.c.remind_on,
            return_case.c.deadline,
        )
    ).all()
    for row in due:
        later = wakes_at(now, False, row.remind_on, row.deadline)
        if later is not None:
            unit.connection.execute(
                update(return_case).where(return_case.c.id == row.id).values(wakes_at=later)
            )
    owners = {row.id: row.ticket_id for row in due if row.ticket_id is not None}
    for part in parts(sorted(set(owners.values()))):
        unit.connection.execute(
            update(ticket)
            .where(ticket.c.id.in_(part), ticket.c.status.in_(ACTIVE_STATUSES))
            .values(snooze=Snoozing.WOKE)
        )
    rows = [
        {
            "ticket_id": on,
            "kind": EventKind.WOKE,
            "at": now,
            "reason": WokeBy.RETURN,
            "new": case_name(case),
        }
        for case, on in sorted(owners.items())
    ]
    if rows:
        unit.connection.execute(insert(event), rows)
    woke = [TicketId(one) for one in dict.fromkeys(owners.values())]
    unit.touched.tickets.update(woke)
    if due:
        unit.touched.areas.add("returns")
    return woke
