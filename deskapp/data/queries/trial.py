"""Rows that two writers may make at once: one of them takes all of its own back, and finds."""

from collections.abc import Callable

from sqlalchemy import Connection


def stands(connection: Connection, make: Callable[[], bool]) -> bool:
    """Whether what ``make`` wrote stands: it says False where another writer was first, and then
    nothing of it was ever there. So nobody needs the right to delete such rows."""
    with connection.begin_nested() as point:
        if make():
            return True
        point.rollback()
    return False
