"""Which column means what in files that come again, by a name that a person gave."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from ..database import Unit
from ..tables.duplicates import customer_file
from .upsert import insert_into


def profiles(connection: Connection) -> dict[str, str]:
    """JSON by name, the last used first."""
    asked = select(customer_file.c.name, customer_file.c.mapping).order_by(
        customer_file.c.used_at.desc(), customer_file.c.id
    )
    return {row.name: row.mapping for row in connection.execute(asked)}


def profile_id(connection: Connection, name: str) -> int | None:
    asked = select(customer_file.c.id).where(customer_file.c.name == name)
    found: int | None = connection.execute(asked).scalar()
    return found


def put_profile(
    unit: Unit, name: str, mapping: str, at: datetime, instead: Collection[str] | None
) -> int | None:
    """Its id. ``instead``: the JSON that it may replace; None for any. None where another stands
    there: the database decides, so that of two at once one hears of it."""
    values = {"mapping": mapping, "used_at": at}
    row = insert_into(unit.connection, customer_file).values(name=name, **values)
    made = row.on_conflict_do_update(
        index_elements=["name"],
        set_=values,
        where=None if instead is None else customer_file.c.mapping.in_(instead),
    )
    kept: int | None = unit.connection.execute(made.returning(customer_file.c.id)).scalar()
    return kept
