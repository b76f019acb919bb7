"""A merge taken back: both records as they were, but for what somebody changed since."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from deskapp.domain.ids import AgentId, CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.merging_people import UNDO_WITHIN, MergeRow, Unmerged
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.standing import BY_UNMERGE

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.customer_facts import consent, customer_tag
from ..tables.duplicates import customer_pair
from ..tables.orders import shop_order
from ..tables.people import agent, contact_point, customer, customer_merge
from .customer_merge import (
    MOVING,
    move_rows,
    note_on_tickets,
    set_primary,
    touch,
    touch_version,
)
from .customers import kept_customer
from .customers_write import index_customers
from .merge_fields import current, write_fields
from .upsert import insert_into


def unmerge_customers(unit: Unit, merged: CustomerId, at: datetime, by: AgentId | None) -> Unmerged:
    """Gives a merged customer back what moved, as far as nobody gave it to somebody else.

    Where the kept record was merged further, its rows are fetched from where they live on, so that
    merges are undone in any order. Raises Problem NOT_FOUND where nothing is to undo, or
    TOO_LATE(what="customer_merge") after 30 days.
    """
    record = _standing(unit, merged)
    if record is None:
        raise Problem(ProblemKind.NOT_FOUND, what="merge", id=merged)
    if at - record.at > UNDO_WITHIN:
        raise Problem(ProblemKind.TOO_LATE, what="customer_merge", id=merged)
    kept = CustomerId(record.kept_id)
    heir = kept_customer(unit.connection, kept) or kept
    before = _locked(unit, {kept, heir, merged})
    moved: Mapping[str, Any] = json.loads(record.moved)
    for name, table in MOVING.items():
        move_rows(unit, table, moved.get(name, ()), heir, merged)
    set_primary(unit, moved["primary"], True)
    _one_primary_each(unit, merged)
    _take_later_orders(unit, heir, merged)
    since = _restore_fields(unit, kept, moved.get("fields", {}), at, by)
    _remove_tags(unit, kept, moved.get("tags", ()))
    if moved.get("no_mail"):
        unit.connection.execute(delete(consent).where(consent.c.id == moved["no_mail"]))
    touch_version(unit, kept, {})
    touch_version(unit, merged, {"merged_into": None})
    note_on_tickets(unit, moved["tickets"], before[heir], before[merged], at, by, BY_UNMERGE)
    unit.connection.execute(
        update(customer_merge).where(customer_merge.c.id == record.id).values(undone_at=at)
    )
    _not_the_same(unit, heir, merged, at, by)
    index_customers(unit, sorted({heir, merged}))
    touch(unit, (kept, heir, merged), moved["tickets"])
    return Unmerged(heir, merged, since)


def merges_of(connection: Connection, kept: CustomerId) -> tuple[MergeRow, ...]:
    """The merges into a record that stand, the newest first; also those of records that went into
    it with others in them."""
    found: list[MergeRow] = []
    fresh = {int(kept)}
    while fresh:
        asked = (
            select(customer_merge, customer.c.name, agent.c.name.label("agent_name"))
            .join(customer, customer.c.id == customer_merge.c.merged_id)
            .outerjoin(agent, agent.c.id == customer_merge.c.agent_id)
            .where(customer_merge.c.kept_id.in_(fresh), customer_merge.c.undone_at.is_(None))
        )
        rows = connection.execute(asked).all()
        found += [
            MergeRow(
                CustomerId(row.merged_id),
                row.name,
                row.at,
                row.agent_name or "",
                row.at + UNDO_WITHIN,
            )
            for row in rows
        ]
        fresh = {row.merged_id for row in rows}
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _standing(unit: Unit, merged: CustomerId) -> AnyRow | None:
    return unit.connection.execute(
        select(customer_merge)
        .where(customer_merge.c.merged_id == merged, customer_merge.c.undone_at.is_(None))
        .order_by(customer_merge.c.id.desc())
        .limit(1)
        .with_for_update()
    ).first()


def _locked(unit: Unit, ids: set[CustomerId]) -> dict[int, AnyRow]:
    """In id order, as every write takes them."""
    asked = select(customer).where(customer.c.id.in_(ids)).order_by(customer.c.id)
    return {row.id: row for row in unit.connection.execute(asked.with_for_update())}


def _restore_fields(
    unit: Unit,
    kept: CustomerId,
    written: Mapping[str, Sequence[str]],
    at: datetime,
    by: AgentId | None,
) -> tuple[str, ...]:
    """What the merge wrote goes back; what somebody wrote since stays, and is named."""
    back: dict[str, str] = {}
    since: list[str] = []
    for name, (before, after) in written.items():
        if current(unit.connection, kept, name) == after:
            back[name] = before
        else:
            since.append(name)
    write_fields(unit, kept, back, at, by)
    return tuple(since)


def _remove_tags(unit: Unit, kept: CustomerId, tags: Sequence[int]) -> None:
    unit.connection.execute(
        delete(customer_tag).where(
            customer_tag.c.customer_id == kept, customer_tag.c.tag_id.in_(tags)
        )
    )


def _one_primary_each(unit: Unit, merged: CustomerId) -> None:
    """A contact that was removed meanwhile leaves its kind without a first one."""
    asked = (
        select(contact_point.c.kind, contact_point.c.id, contact_point.c.is_primary)
        .where(contact_point.c.customer_id == merged)
        .order_by(contact_point.c.id)
    )
    first: dict[str, int] = {}
    for row in unit.connection.execute(asked):
        if row.is_primary:
            first[row.kind] = 0
        first.setdefault(row.kind, row.id)
    set_primary(unit, [one for one in first.values() if one], True)


def _take_later_orders(unit: Unit, heir: CustomerId, merged: CustomerId) -> None:
    """Orders that came since under an address that went back go with it."""
    addresses = select(contact_point.c.value_key).where(
        contact_point.c.customer_id == merged, contact_point.c.kind == ContactKind.MAIL
    )
    unit.connection.execute(
        update(shop_order)
        .where(shop_order.c.customer_id == heir, shop_order.c.email_key.in_(addresses))
        .values(customer_id=merged)
    )


def _not_the_same(
    unit: Unit, heir: CustomerId, merged: CustomerId, at: datetime, by: AgentId | None
) -> None:
    """Who takes a merge back says so: the two are not proposed again."""
    one, other = sorted((heir, merged))
    values = {"refused_at": at, "refused_by": by}
    row = insert_into(unit.connection, customer_pair).values(
        one_id=one, other_id=other, reasons="[]", found_at=at, **values
    )
    unit.connection.execute(
        row.on_conflict_do_update(index_elements=["one_id", "other_id"], set_=values)
    )
