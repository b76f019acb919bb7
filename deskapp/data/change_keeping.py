"""How long the change log is kept: what is older goes by itself, so that it never grows for ever.

Every write of every program adds a row, and each saved draft is a write. Who opens a laptop after
longer than this reads all anew (``queries.changes``).
"""

from datetime import timedelta

from sqlalchemy import Connection, delete, func, select

from .queries.leases import clock
from .tables.team import change

KEPT = timedelta(days=30)
EVERY = 997
"""About each so many changes, whoever writes the last of them takes away what is too old. An odd
number: on PostgreSQL each change takes two of the sequence."""
_AT_ONCE = 5 * EVERY  # more than come meanwhile, and still a matter of milliseconds


def forget_old(connection: Connection, number: int) -> None:
    """For the writer of a change row that got this ``number`` first, in the same transaction.

    What was written before the oldest row that is young enough, by the database's clock: a program
    whose own clock is years behind writes rows that look old, and others have not read them yet.
    """
    if number % EVERY:
        return
    young = change.c.at >= clock(connection) - KEPT
    first = select(func.min(change.c.id)).where(young, change.c.id > 0).scalar_subquery()
    oldest = (
        select(change.c.id)
        .where(change.c.id > 0, change.c.id < first)
        .order_by(change.c.id)
        .limit(_AT_ONCE)
    )
    connection.execute(delete(change).where(change.c.id.in_(oldest)))
