"""Two records of one person made one, and made two again."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select, update

from deskapp.domain.ids import AgentId, CustomerId, TicketId
from deskapp.domain.kinds import ContactKind, EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.standing import BY_MERGE, BY_UNMERGE

from ..database import Unit
from ..search import forget_rows
from ..tables.columns import AnyRow
from ..tables.customer_facts import consent, customer_change
from ..tables.orders import shop_order
from ..tables.people import contact_point, customer, customer_merge, customer_note
from ..tables.tickets import event, ticket
from .customers_write import customer_here, index_customers, with_name_key
from .parts import parts
from .writes import insert_row

_MOVING: Mapping[str, Table] = {
    "contacts": contact_point,
    "tickets": ticket,
    "notes": customer_note,
    "orders": shop_order,
    "consents": consent,
    "changes": customer_change,
}
_FIELDS = (
    "name",
    "family_name",
    "given_name",
    "call_name",
    "honorific",
    "language",
    "time_zone",
    "country",
    "must_know",
    "vip",
    "company_id",
)
"""What the kept record takes from the merged one where it has nothing itself."""
_EMPTY: Mapping[str, object] = {"company_id": None, "vip": False}


def merge_customers(
    unit: Unit, kept: CustomerId, merged: CustomerId, at: datetime, by: AgentId | None
) -> None:
    """Moves all that is the merged customer's to the kept one, and writes down what moved.

    Raises Problem INVALID (the same twice), NOT_FOUND, or CHANGED_MEANWHILE for one merged already.
    """
    if kept == merged:
        raise Problem(ProblemKind.INVALID, what="merge", value=merged)
    # Locked in id order, so that merging both ways at once leaves one of them alive.
    rows = {one: customer_here(unit, one) for one in sorted((kept, merged))}
    filled = {
        name: rows[merged]._mapping[name]
        for name in _FIELDS
        if not rows[kept]._mapping[name] and rows[merged]._mapping[name]
    }
    moved: dict[str, Any] = {name: _ids(unit, table, merged) for name, table in _MOVING.items()}
    moved["primary"] = _no_longer_primary(unit, kept, merged)
    moved["filled"] = filled
    for name, table in _MOVING.items():
        _move(unit, table, moved[name], merged, kept)
    _note_on_tickets(unit, moved["tickets"], rows[merged], rows[kept], at, by, BY_MERGE)
    _set(unit, kept, filled)
    _set(unit, merged, {"merged_into": kept})
    insert_row(
        unit.connection,
        customer_merge,
        {
            "kept_id": kept,
            "merged_id": merged,
            "agent_id": by,
            "at": at,
            "moved": json.dumps(moved, separators=(",", ":")),
        },
    )
    forget_rows(unit.connection, "customer", [merged])
    index_customers(unit, [kept])
    _touch(unit, kept, merged, moved["tickets"])


def unmerge_customers(unit: Unit, merged: CustomerId, at: datetime, by: AgentId | None) -> None:
    """Gives a merged customer back what moved, as far as it is still with the kept one.

    Raises Problem NOT_FOUND where nothing is to undo, or CHANGED_MEANWHILE where the kept customer
    was merged further: that comes first.
    """
    record = unit.connection.execute(
        select(customer_merge)
        .where(customer_merge.c.merged_id == merged, customer_merge.c.undone_at.is_(None))
        .order_by(customer_merge.c.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if record is None:
        raise Problem(ProblemKind.NOT_FOUND, what="merge", id=merged)
    kept = CustomerId(record.kept_id)
    before = customer_here(unit, kept)
    moved = json.loads(record.moved)
    for name, table in _MOVING.items():
        _move(unit, table, moved.get(name, ()), kept, merged)
    _primary(unit, moved["primary"], True)
    _take_later_orders(unit, kept, merged)
    filled = moved["filled"]
    emptied = {
        name: _EMPTY.get(name, "")
        for name, value in filled.items()
        if before._mapping[name] == value
    }
    _set(unit, kept, emptied)
    _set(unit, merged, {"merged_into": None})
    after = customer_here(unit, merged)
    _note_on_tickets(unit, moved["tickets"], before, after, at, by, BY_UNMERGE)
    unit.connection.execute(
        update(customer_merge).where(customer_merge.c.id == record.id).values(undone_at=at)
    )
    index_customers(unit, [kept, merged])
    _touch(unit, kept, merged, moved["tickets"])


def _ids(unit: Unit, table: Table, owner: CustomerId) -> list[int]:
    statement = select(table.c.id).where(table.c.customer_id == owner).order_by(table.c.id)
    return list(unit.connection.execute(statement).scalars())


def _move(
    unit: Unit, table: Table, ids: Sequence[int], source: CustomerId, into: CustomerId
) -> None:
    values: dict[str, Any] = {"customer_id": into}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    for part in parts(ids):
        unit.connection.execute(
            update(table).where(table.c.id.in_(part), table.c.customer_id == source).values(values)
        )


def _no_longer_primary(unit: Unit, kept: CustomerId, merged: CustomerId) -> list[int]:
    """Of two primary contacts of one kind the kept customer's own stays it."""
    own = select(contact_point.c.kind).where(
        contact_point.c.customer_id == kept, contact_point.c.is_primary
    )
    both = select(contact_point.c.id).where(
        contact_point.c.customer_id == merged,
        contact_point.c.is_primary,
        contact_point.c.kind.in_(own),
    )
    ids = list(unit.connection.execute(both).scalars())
    _primary(unit, ids, False)
    return ids


def _primary(unit: Unit, ids: Sequence[int], primary: bool) -> None:
    for part in parts(ids):
        unit.connection.execute(
            update(contact_point).where(contact_point.c.id.in_(part)).values(is_primary=primary)
        )


def _take_later_orders(unit: Unit, kept: CustomerId, merged: CustomerId) -> None:
    """Orders that came since under an address that went back go with it."""
    addresses = select(contact_point.c.value_key).where(
        contact_point.c.customer_id == merged, contact_point.c.kind == ContactKind.MAIL
    )
    unit.connection.execute(
        update(shop_order)
        .where(shop_order.c.customer_id == kept, shop_order.c.email_key.in_(addresses))
        .values(customer_id=merged)
    )


def _set(unit: Unit, one: CustomerId, values: Mapping[str, object]) -> None:
    unit.connection.execute(
        update(customer)
        .where(customer.c.id == one)
        .values(**with_name_key(values), version=customer.c.version + 1)
    )


def _note_on_tickets(
    unit: Unit,
    tickets: Sequence[int],
    old: AnyRow,
    new: AnyRow,
    at: datetime,
    by: AgentId | None,
    reason: str,
) -> None:
    if not tickets:
        return
    unit.connection.execute(
        insert(event),
        [
            {
                "ticket_id": one,
                "kind": EventKind.CUSTOMER,
                "at": at,
                "agent_id": by,
                "old": old.name,
                "new": new.name,
                "reason": reason,
            }
            for one in tickets
        ],
    )


def _touch(unit: Unit, kept: CustomerId, merged: CustomerId, tickets: Sequence[int]) -> None:
    unit.touched.customers.update((kept, merged))
    unit.touched.tickets.update(map(TicketId, tickets))
    unit.touched.areas.add("orders")
