"""Tags of the desk."""

from sqlalchemy import Connection, select

from ..tables.tickets import tag


def tag_names(connection: Connection) -> tuple[str, ...]:
    """All tags, in the order of their folded names."""
    return tuple(connection.execute(select(tag.c.name).order_by(tag.c.name_key)).scalars())
