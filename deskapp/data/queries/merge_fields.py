"""The fields of two records side by side, and writing those that a person chose."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from deskapp.domain.ids import AgentId, CustomerId, FieldId
from deskapp.domain.merging_people import FIELDS, OWN, MergeField, proposed
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.customer_facts import custom_field, custom_value
from ..tables.people import customer
from .companies import BY_PERSON, company_named, name_of
from .customer_facts import note_change
from .customers_write import with_name_key
from .writes import insert_row


def fields_of(connection: Connection, kept: AnyRow, merged: AnyRow) -> dict[str, MergeField]:
    """Every field that one of the two has a value in, in the order of a record."""
    told: dict[str, MergeField] = {}
    for name in FIELDS:
        one, other = _told(connection, kept, name), _told(connection, merged, name)
        if one or other:
            told[name] = MergeField(name, one, other, proposed(name, one, other))
    ours, theirs = _own(connection, kept.id), _own(connection, merged.id)
    for number in sorted(ours.keys() | theirs.keys()):
        title, one = ours.get(number, ("", ""))
        other_title, other = theirs.get(number, ("", ""))
        name = f"{OWN}{number}"
        best = proposed(name, one, other)
        told[name] = MergeField(name, one, other, best, title or other_title)
    return told


def fields_between(
    connection: Connection, kept: CustomerId, merged: CustomerId
) -> dict[str, MergeField]:
    """The same for two customers by their ids. Raises Problem(NOT_FOUND)."""
    rows = {}
    for one in (kept, merged):
        row = connection.execute(select(customer).where(customer.c.id == one)).first()
        if row is None:
            raise Problem(ProblemKind.NOT_FOUND, what="customer", id=one)
        rows[one] = row
    return fields_of(connection, rows[kept], rows[merged])


def write_fields(
    unit: Unit, one: CustomerId, wanted: Mapping[str, str], at: datetime, by: AgentId | None
) -> dict[str, tuple[str, str]]:
    """Writes these values, also into the record's history; what changed, from what to what."""
    row = unit.connection.execute(select(customer).where(customer.c.id == one)).one()
    own = _own(unit.connection, one)
    changed: dict[str, tuple[str, str]] = {}
    values: dict[str, Any] = {}
    for name, value in wanted.items():
        number = int(name.removeprefix(OWN)) if name.startswith(OWN) else None
        before = own.get(number, ("", ""))[1] if number else _told(unit.connection, row, name)
        if before == value:
            continue
        changed[name] = (before, value)
        own_field = None if number is None else FieldId(number)
        note_change(unit, one, {name: (before, value)}, at, by, own_field)
        if number is not None:
            _put_own(unit, one, FieldId(number), value)
        elif name == "company":
            values["company_id"] = company_named(unit, value, at)
            values["company_by"] = BY_PERSON
        else:
            values[name] = bool(value) if name == "vip" else value
    if values:
        unit.connection.execute(
            update(customer).where(customer.c.id == one).values(**with_name_key(values))
        )
    return changed


def current(connection: Connection, one: CustomerId, name: str) -> str:
    """What a field says now."""
    if name.startswith(OWN):
        return _own(connection, one).get(int(name.removeprefix(OWN)), ("", ""))[1]
    row = connection.execute(select(customer).where(customer.c.id == one)).one()
    return _told(connection, row, name)


def _told(connection: Connection, row: AnyRow, name: str) -> str:
    if name == "company":
        return name_of(connection, row.company_id)
    value = row._mapping[name]
    return ("yes" if value else "") if isinstance(value, bool) else str(value or "")


def _own(connection: Connection, one: int) -> dict[int, tuple[str, str]]:
    asked = (
        select(custom_field.c.id, custom_field.c.name, custom_value.c.value)
        .join(custom_value, custom_value.c.field_id == custom_field.c.id)
        .where(custom_value.c.customer_id == one)
    )
    return {row.id: (row.name, row.value) for row in connection.execute(asked)}


def _put_own(unit: Unit, one: CustomerId, field: FieldId, value: str) -> None:
    mine = (custom_value.c.customer_id == one) & (custom_value.c.field_id == field)
    unit.connection.execute(delete(custom_value).where(mine))
    if value:
        row = {"customer_id": one, "field_id": field, "value": value}
        insert_row(unit.connection, custom_value, row)
