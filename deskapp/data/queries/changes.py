"""Reading the change log on from a cursor."""

from sqlalchemy import Connection, func, select

from deskapp.domain.changes import Changes
from deskapp.domain.ids import ChangeId

from ..database import unpacked
from ..tables.team import change


def newest_change(connection: Connection) -> ChangeId:
    """The cursor from which only what happens from now on is read."""
    newest: int | None = connection.execute(select(func.max(change.c.id))).scalar()
    return ChangeId(newest or 0)


def changes_since(
    connection: Connection, cursor: ChangeId, but_not: str = ""
) -> tuple[ChangeId, Changes]:
    """All that was touched after ``cursor``, put together; without what ``but_not`` wrote itself.

    Change rows are numbered under a lock held until their commit, so none can appear later below
    the cursor.
    """
    together = Changes()
    rows = select(change.c.id, change.c.origin, change.c.touched).where(change.c.id > cursor)
    for number, origin, touched in connection.execute(rows.order_by(change.c.id)):
        cursor = ChangeId(number)
        if origin != but_not:
            together = together | unpacked(touched, origin)
    return cursor, together
