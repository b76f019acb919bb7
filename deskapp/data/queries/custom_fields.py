"""The desk's own fields of customers: which there are, and their order."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select, update

from deskapp.domain.custom_fields import CustomField
from deskapp.domain.ids import FieldId
from deskapp.domain.kinds import FieldKind
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.customer_facts import custom_field, custom_value
from .writes import insert_row, unique, update_seen


def field_rows(connection: Connection) -> tuple[CustomField, ...]:
    """All, archived ones last, with how many customers have a value. Counts every value."""
    counted = (
        select(custom_value.c.field_id, func.count().label("used"))
        .group_by(custom_value.c.field_id)
        .subquery()
    )
    statement = (
        select(custom_field, counted.c.used)
        .outerjoin(counted, counted.c.field_id == custom_field.c.id)
        .order_by(
            custom_field.c.archived_at.is_not(None), custom_field.c.position, custom_field.c.id
        )
    )
    return tuple(field_of(row, row.used or 0) for row in connection.execute(statement))


def field_numbered(connection: Connection, one: FieldId) -> CustomField:
    """Raises Problem(NOT_FOUND)."""
    row = connection.execute(select(custom_field).where(custom_field.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="field", id=one)
    return field_of(row)


def field_of(row: AnyRow, used: int = 0) -> CustomField:
    return CustomField(
        FieldId(row.id),
        row.name,
        FieldKind(row.kind),
        tuple(filter(None, row.choices.split("\n"))),
        row.archived_at is not None,
        row.version,
        used,
    )


def insert_field(unit: Unit, values: Mapping[str, object]) -> FieldId:
    """Puts it at the end. Raises Problem(DUPLICATE)."""
    last = unit.connection.execute(select(func.max(custom_field.c.position))).scalar() or 0
    with unique("field", str(values["name"])):
        made = insert_row(unit.connection, custom_field, {**values, "position": last + 1})
    unit.touched.areas.add("fields")
    return FieldId(made)


def update_field(
    unit: Unit, one: FieldId, values: Mapping[str, object], version: int | None = None
) -> None:
    """Raises Problem NOT_FOUND, DUPLICATE or CHANGED_MEANWHILE."""
    with unique("field", str(values.get("name", ""))):
        update_seen(unit.connection, custom_field, one, version, values, what="field")
    unit.touched.areas.add("fields")


def lock_fields(unit: Unit) -> None:
    """Nobody else moves one until this write ends."""
    unit.connection.execute(select(custom_field.c.id).order_by(custom_field.c.id).with_for_update())


def order_fields(unit: Unit, ids: Sequence[FieldId]) -> None:
    """They stand in this order; those not named come after them."""
    named = list(dict.fromkeys(ids))
    rest = select(custom_field.c.id).where(custom_field.c.id.not_in(named))
    others = unit.connection.execute(rest.order_by(custom_field.c.position)).scalars()
    for position, one in enumerate([*named, *others], 1):
        unit.connection.execute(
            update(custom_field).where(custom_field.c.id == one).values(position=position)
        )
    unit.touched.areas.add("fields")
