"""Reading the change log on from a cursor."""

from sqlalchemy import Connection, select

from deskapp.domain.changes import ALL_AREAS, Changes, Cursor

from ..database import unpacked
from ..tables.people import customer
from ..tables.team import change
from ..tables.tickets import ticket


def newest_change(connection: Connection) -> Cursor:
    """The cursor from which only what happens from now on is read."""
    last = select(change.c.id, change.c.act).order_by(change.c.id.desc()).limit(1)
    found = connection.execute(last).one_or_none()
    return Cursor() if found is None else Cursor(*found)


def changes_since(
    connection: Connection, cursor: Cursor, but_not: str = ""
) -> tuple[Cursor, Changes]:
    """All that was touched after ``cursor``, put together; without what ``but_not`` wrote itself.

    Change rows are numbered under a lock held until their commit, so none can appear later below
    the cursor. Where the cursor's own row is not there any more, for it was long ago
    (``change_keeping``), a backup was restored, or a replica took over that had not got it, all
    there is may have changed.
    """
    together = Changes()
    columns = (change.c.id, change.c.act, change.c.origin, change.c.touched)
    rows = select(*columns).where(change.c.id >= cursor.number)
    found = connection.execute(rows.order_by(change.c.id)).all()
    if cursor.number and (not found or Cursor(found[0].id, found[0].act) != cursor):
        return newest_change(connection), _all_there_is(connection)
    reached = cursor
    for number, act, origin, touched in found:
        if number > cursor.number and origin != but_not:
            together = together | unpacked(touched, origin)
        reached = Cursor(number, act)
    return reached, together


def _all_there_is(connection: Connection) -> Changes:
    tickets, customers = (
        frozenset(connection.execute(select(one.c.id)).scalars()) for one in (ticket, customer)
    )
    return Changes(tickets, customers, ALL_AREAS)
