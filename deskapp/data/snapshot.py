"""One state of the desk for as long as a long read takes, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from .database import Database
from .faults import explained


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """A reading connection on which every statement sees the same state.

    SQLite's transactions are so by themselves; PostgreSQL's only when asked.
    """
    with explained(), database.reader.connect() as connection:
        if not database.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            if not database.is_sqlite:  # what is read is worked on for long: see connect
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            yield connection
