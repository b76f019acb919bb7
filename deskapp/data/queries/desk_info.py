"""Who a desk is."""

from sqlalchemy import Connection, select

from ..tables.team import desk_info


def desk_secret(connection: Connection) -> bytes:
    """The secret under which the desk signs its Message-IDs."""
    found: bytes = connection.execute(select(desk_info.c.secret)).scalar_one()
    return found


def desk_name(connection: Connection) -> str:
    """What the team calls its desk."""
    found: str = connection.execute(select(desk_info.c.name)).scalar_one()
    return found
