"""A table in parts, for the data steps of migrations."""

from collections.abc import Iterator

from sqlalchemy import Connection, text


def in_batches(connection: Connection, table: str, rows: int) -> Iterator[tuple[int, int]]:
    """The lowest and highest ``id`` of each part of about so many rows."""
    first, last = connection.execute(text(f"SELECT min(id), max(id) FROM {table}")).one()
    if first is not None:
        for low in range(first, last + 1, rows):
            yield low, min(low + rows - 1, last)
