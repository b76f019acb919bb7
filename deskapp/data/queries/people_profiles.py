"""Which column means what in files that come again, by a name that a person gave."""

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


def put_profile(unit: Unit, name: str, mapping: str, at: datetime) -> None:
    values = {"mapping": mapping, "used_at": at}
    row = insert_into(unit.connection, customer_file).values(name=name, **values)
    unit.connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=values))
