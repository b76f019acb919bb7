"""Where orders come from: the sources as they are kept, and how each stands."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, func, select, true, update

from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_rows import OrderSourceRow
from deskapp.domain.order_sources import SourceState
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.orders import order_source, shop_order
from .order_source_json import settings_of, shortfalls_of, trouble_of
from .writes import insert_row

BY_HAND = "{}"
"""The settings of a source that nothing asks by itself."""


def lease_name(source: int) -> str:
    """The name under which an engine takes a source for itself."""
    return f"orders:{source}"


def file_source(unit: Unit, name: str, kind: str, profile: str, at: datetime) -> int:
    """The source that a person names when importing a file; it is made if there is none.

    A file read into a source that is asked by itself changes nothing about that source. Only what
    is otherwise is written: on a team desk what a source is, is an admin's to say.
    """
    known = unit.connection.execute(
        select(order_source).where(order_source.c.name == name)
    ).one_or_none()
    values: dict[str, object] = {"kind": kind, "profile": profile, "active": True}
    if known is None:
        new = {"name": name, "read_at": at, **values}
        return insert_row(unit.connection, order_source, new)
    if known.settings == BY_HAND:
        other = {column: new for column, new in values.items() if getattr(known, column) != new}
        unit.connection.execute(
            update(order_source).where(order_source.c.id == known.id).values(read_at=at, **other)
        )
    return int(known.id)


def source_rows(connection: Connection) -> tuple[OrderSourceRow, ...]:
    """All order sources by name, with how many orders each brought."""
    return tuple(
        OrderSourceRow(
            OrderSourceId(row.id), row.name, row.kind, row.profile, row.orders, row.read_at
        )
        for row in connection.execute(_counted(true()))
    )


def number_patterns(connection: Connection) -> tuple[str, ...]:
    """How the sources in use write their order numbers, where an admin has said so."""
    statement = select(order_source.c.number_pattern).where(
        order_source.c.number_pattern != "", order_source.c.active
    )
    return tuple(connection.execute(statement.order_by(order_source.c.id)).scalars())


def source_states(connection: Connection, *, counted: bool = True) -> tuple[SourceState, ...]:
    """All sources by name, as they stand; counting orders takes its time on a large desk."""
    statement = _counted(true()) if counted else select(order_source).order_by(order_source.c.name)
    return tuple(map(_state, connection.execute(statement)))


def source_state(
    connection: Connection, source: OrderSourceId, *, counted: bool = False
) -> SourceState:
    """Raises Problem(NOT_FOUND, what="order_source")."""
    this = order_source.c.id == source
    statement = _counted(this) if counted else select(order_source).where(this)
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="order_source", id=source)
    return _state(row)


def source_named(connection: Connection, name: str) -> OrderSourceId:
    """By its name in any case, or its id. Raises Problem(NOT_FOUND, what="order_source")."""
    rows = connection.execute(select(order_source.c.id, order_source.c.name)).all()
    exact = [row.id for row in rows if row.name == name]
    alike = [row.id for row in rows if row.name.casefold() == name.casefold()]
    for found in exact or alike:
        return OrderSourceId(found)
    raise Problem(ProblemKind.NOT_FOUND, what="order_source", value=name)


def _counted(which: ColumnElement[bool]) -> "Select[*tuple[object, ...]]":
    counts = (
        select(shop_order.c.source_id, func.count().label("orders"))
        .group_by(shop_order.c.source_id)
        .subquery()
    )
    return (
        select(order_source, func.coalesce(counts.c.orders, 0).label("orders"))
        .outerjoin(counts, counts.c.source_id == order_source.c.id)
        .where(which)
        .order_by(order_source.c.name)
    )


def _state(row: AnyRow) -> SourceState:
    return SourceState(
        id=OrderSourceId(row.id),
        settings=settings_of(row),
        active=row.active,
        orders=row._mapping.get("orders"),
        read_at=row.read_at,
        tried_at=row.tried_at,
        next_at=row.next_at,
        mark=row.mark,
        shortfalls=shortfalls_of(row.shortfalls),
        trouble=trouble_of(row.trouble),
        version=row.version,
    )
