"""Reading the change log on from a cursor."""

from sqlalchemy import Connection, func, select

from deskapp.domain.changes import ALL_AREAS, Changes
from deskapp.domain.ids import ChangeId

from ..database import unpacked
from ..tables.people import customer
from ..tables.team import change
from ..tables.tickets import ticket


def newest_change(connection: Connection) -> ChangeId:
    """The cursor from which only what happens from now on is read."""
    newest: int | None = connection.execute(select(func.max(change.c.id))).scalar()
    return ChangeId(newest or 0)


def changes_since(
    connection: Connection, cursor: ChangeId, but_not: str = ""
) -> tuple[ChangeId, Changes]:
    """All that was touched after ``cursor``, put together; without what ``but_not`` wrote itself.

    Change rows are numbered under a lock held until their commit, so none can appear later below
    the cursor. Where the cursor's own row is not there any more, for it was long ago
    (``change_keeping``) or a backup was restored, all there is may have changed.
    """
    together = Changes()
    rows = select(change.c.id, change.c.origin, change.c.touched).where(change.c.id >= cursor)
    found = connection.execute(rows.order_by(change.c.id)).all()
    if cursor and (not found or found[0].id != cursor):
        return newest_change(connection), _all_there_is(connection)
    for number, origin, touched in found:
        if number > cursor and origin != but_not:
            together = together | unpacked(touched, origin)
        cursor = ChangeId(number)
    return cursor, together


def _all_there_is(connection: Connection) -> Changes:
    tickets, customers = (
        frozenset(connection.execute(select(one.c.id)).scalars()) for one in (ticket, customer)
    )
    return Changes(tickets, customers, ALL_AREAS)
