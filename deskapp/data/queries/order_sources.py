"""Where orders come from: the sources as they are kept."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_rows import OrderSourceRow

from ..database import Unit
from ..tables.orders import order_source, shop_order
from .writes import insert_row


def file_source(unit: Unit, name: str, kind: str, profile: str, at: datetime) -> int:
    """The source that a person names when importing a file; it is made if there is none.

    A file read into a source that is asked by itself changes nothing about that source.
    """
    known = unit.connection.execute(
        select(order_source.c.id, order_source.c.settings).where(order_source.c.name == name)
    ).one_or_none()
    values = {"kind": kind, "profile": profile, "read_at": at}
    if known is None:
        return insert_row(unit.connection, order_source, {"name": name, **values})
    if known.settings == "{}":
        unit.connection.execute(
            update(order_source).where(order_source.c.id == known.id).values(**values)
        )
    return int(known.id)


def source_rows(connection: Connection) -> tuple[OrderSourceRow, ...]:
    """All order sources by name, with how many orders each brought."""
    counts = (
        select(shop_order.c.source_id, func.count().label("orders"))
        .group_by(shop_order.c.source_id)
        .subquery()
    )
    statement = (
        select(order_source, func.coalesce(counts.c.orders, 0).label("orders"))
        .outerjoin(counts, counts.c.source_id == order_source.c.id)
        .order_by(order_source.c.name)
    )
    return tuple(
        OrderSourceRow(
            OrderSourceId(row.id), row.name, row.kind, row.profile, row.orders, row.read_at
        )
        for row in connection.execute(statement)
    )
