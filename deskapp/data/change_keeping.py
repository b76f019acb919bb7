"""How long the change log is kept: what is older goes by itself, so that it never grows for ever.

Every write of every program adds a row, and each saved draft is a write. Who opens a laptop after
longer than this reads all anew (``queries.changes``).
"""

from datetime import timedelta

from sqlalchemy import Connection, delete, select

from .queries.leases import clock
from .tables.team import change

KEPT = timedelta(days=30)
EVERY = 1000
"""Each so many changes, whoever writes the last of them takes away what is too old."""
_AT_ONCE = 5 * EVERY  # more than come meanwhile, and still a matter of milliseconds


def forget_old(connection: Connection, number: int) -> None:
    """For the writer of the change row ``number``, in the same transaction. The row itself and
    what was written lately stay, by the database's clock."""
    if number % EVERY:
        return
    old = select(change.c.id).where(change.c.at < clock(connection) - KEPT, change.c.id < number)
    oldest = old.order_by(change.c.id).limit(_AT_ONCE)
    connection.execute(delete(change).where(change.c.id.in_(oldest)))
