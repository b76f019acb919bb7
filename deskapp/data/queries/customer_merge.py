"""Two records of one person made one. How they are made two again stands in customer_unmerge."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, or_, select, update

from deskapp.domain.ids import AgentId, CustomerId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.merging_people import chosen
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.standing import BY_MERGE

from ..database import Unit
from ..search import forget_rows
from ..tables.columns import AnyRow
from ..tables.customer_facts import consent, customer_change, customer_tag
from ..tables.duplicates import customer_pair
from ..tables.orders import shop_order
from ..tables.people import contact_point, customer, customer_merge, customer_note
from ..tables.tickets import event, ticket
from .customer_facts import no_mail_of
from .customers_write import customer_here, index_customers
from .merge_fields import fields_of, write_fields
from .parts import parts
from .upsert import insert_into
from .writes import insert_row

MOVING: Mapping[str, Table] = {
    "contacts": contact_point,
    "tickets": ticket,
    "notes": customer_note,
    "orders": shop_order,
    "consents": consent,
    "changes": customer_change,
}
"""Rows that go to the kept record as they are; tests/data/test_personal.py knows the others."""


def merge_customers(
    unit: Unit,
    kept: CustomerId,
    merged: CustomerId,
    at: datetime,
    by: AgentId | None,
    wanted: Mapping[str, str] | None = None,
) -> None:
    """Moves all that is the merged customer's to the kept one, and writes down what moved.

    ``wanted``: the values of fields as a person chose them; all others become the fuller of both.
    Who is not to be mailed in one record is not to be mailed in both. Raises Problem INVALID (the
    same twice), NOT_FOUND, or CHANGED_MEANWHILE for one merged already.
    """
    if kept == merged:
        raise Problem(ProblemKind.INVALID, what="merge", value=merged)
    # Locked in id order, so that merging both ways at once leaves one of them alive.
    rows = {one: customer_here(unit, one) for one in sorted((kept, merged))}
    fields = fields_of(unit.connection, rows[kept], rows[merged])
    unwanted = no_mail_of(unit.connection, [kept, merged], at)
    moved: dict[str, Any] = {name: _ids(unit, table, merged) for name, table in MOVING.items()}
    moved["primary"] = _no_longer_primary(unit, kept, merged)
    moved["fields"] = write_fields(unit, kept, chosen(fields, wanted or {}), at, by)
    moved["tags"] = _add_tags(unit, kept, merged)
    for name, table in MOVING.items():
        move_rows(unit, table, moved[name], merged, kept)
    moved["no_mail"] = _keep_no_mail(unit, kept, unwanted, at, by)
    note_on_tickets(unit, moved["tickets"], rows[merged], rows[kept], at, by, BY_MERGE)
    touch_version(unit, kept, {})
    touch_version(unit, merged, {"merged_into": kept})
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
    _forget_pairs(unit, merged)
    forget_rows(unit.connection, "customer", [merged])
    index_customers(unit, [kept])
    touch(unit, (kept, merged), moved["tickets"])


def move_rows(
    unit: Unit, table: Table, ids: Sequence[int], source: CustomerId, into: CustomerId
) -> None:
    """Gives rows another customer, as far as they are still the source's."""
    values: dict[str, Any] = {"customer_id": into}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    for part in parts(ids):
        unit.connection.execute(
            update(table).where(table.c.id.in_(part), table.c.customer_id == source).values(values)
        )


def set_primary(unit: Unit, ids: Sequence[int], primary: bool) -> None:
    for part in parts(ids):
        unit.connection.execute(
            update(contact_point).where(contact_point.c.id.in_(part)).values(is_primary=primary)
        )


def touch_version(unit: Unit, one: CustomerId, values: Mapping[str, object]) -> None:
    unit.connection.execute(
        update(customer)
        .where(customer.c.id == one)
        .values(**values, version=customer.c.version + 1)
    )


def note_on_tickets(
    unit: Unit,
    tickets: Sequence[int],
    old: AnyRow,
    new: AnyRow,
    at: datetime,
    by: AgentId | None,
    reason: str,
) -> None:
    """The history of each ticket that gets another customer by it."""
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


def touch(unit: Unit, people: Sequence[CustomerId], tickets: Sequence[int]) -> None:
    unit.touched.customers.update(people)
    unit.touched.tickets.update(map(TicketId, tickets))
    unit.touched.areas.add("orders")


def _ids(unit: Unit, table: Table, owner: CustomerId) -> list[int]:
    statement = select(table.c.id).where(table.c.customer_id == owner).order_by(table.c.id)
    return list(unit.connection.execute(statement).scalars())


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
    set_primary(unit, ids, False)
    return ids


def _add_tags(unit: Unit, kept: CustomerId, merged: CustomerId) -> list[int]:
    """Which tags the kept record got; the merged one keeps its own for the way back."""

    def tags(one: CustomerId) -> set[int]:
        asked = select(customer_tag.c.tag_id).where(customer_tag.c.customer_id == one)
        return set(unit.connection.execute(asked).scalars())

    new = sorted(tags(merged) - tags(kept))
    for number in new:
        row = insert_into(unit.connection, customer_tag).values(customer_id=kept, tag_id=number)
        unit.connection.execute(row.on_conflict_do_nothing())
    return new


def _keep_no_mail(
    unit: Unit,
    kept: CustomerId,
    unwanted: Mapping[CustomerId, Any],
    at: datetime,
    by: AgentId | None,
) -> int | None:
    """The stricter word counts: it is said again where the other record's is the newer one."""
    if not unwanted or kept in no_mail_of(unit.connection, [kept], at):
        return None
    ends = [one.until for one in unwanted.values()]
    word = next(iter(unwanted.values()))
    return insert_row(
        unit.connection,
        consent,
        {
            "customer_id": kept,
            "purpose": "mail",
            "allowed": False,
            "reason": word.reason,
            "source": word.source,
            "at": at,
            "until": None if None in ends else max(ends),
            "agent_id": by,
        },
    )


def _forget_pairs(unit: Unit, merged: CustomerId) -> None:
    """They are no longer two to be compared. What a person said of pairs stays with the row."""
    either = or_(customer_pair.c.one_id == merged, customer_pair.c.other_id == merged)
    open_ones = either & customer_pair.c.refused_at.is_(None)
    unit.connection.execute(customer_pair.delete().where(open_ones))
