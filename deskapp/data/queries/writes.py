"""What careful writes share: a version that must still be the one seen, and unique values."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from deskapp.domain.problem import Problem, ProblemKind

_UNIQUE_VIOLATION = "23505"  # PostgreSQL manual, appendix A


def insert_row(connection: Connection, table: Table, values: Mapping[str, object]) -> int:
    """Adds one row and returns its id."""
    made: int = connection.execute(
        insert(table).values(**values).returning(table.c.id)
    ).scalar_one()
    return made


def lock_row(connection: Connection, table: Table, row_id: int) -> None:
    """Nobody else changes it until this write ends, so that what is compared stays so.

    SQLite has but one writer anyway.
    """
    connection.execute(select(table.c.id).where(table.c.id == row_id).with_for_update())


def update_seen(
    connection: Connection,
    table: Table,
    row_id: int,
    version: int | None,
    values: Mapping[str, object],
    *,
    what: str,
) -> None:
    """Updates one row if it still has the version the person saw; None asks for no version.

    Raises Problem NOT_FOUND or CHANGED_MEANWHILE, with ``what`` and ``id``.
    """
    statement = update(table).where(table.c.id == row_id)
    if version is not None:
        statement = statement.where(table.c.version == version)
    done = connection.execute(statement.values(**values, version=table.c.version + 1))
    if done.rowcount:
        return
    there = connection.execute(select(table.c.id).where(table.c.id == row_id)).scalar()
    kind = ProblemKind.NOT_FOUND if there is None else ProblemKind.CHANGED_MEANWHILE
    raise Problem(kind, what=what, id=row_id)


@contextmanager
def unique(what: str, value: str) -> Iterator[None]:
    """A unique value that is already there leaves as Problem(DUPLICATE, what, value).

    The database decides, so that two people adding the same thing at once cannot both win.
    """
    try:
        yield
    except IntegrityError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state != _UNIQUE_VIOLATION and "UNIQUE constraint" not in str(error.orig):
            raise
        raise Problem(ProblemKind.DUPLICATE, what=what, value=value) from error
