"""Many rows at once, for a pull: SQLAlchemy's own way costs more than the database's work.

Values pass through the types of their columns as everywhere else; only the way into the database
is shorter: bare tuples for one prepared statement on SQLite, a column at a time on PostgreSQL
(7 microseconds of ours for a row instead of 18, 17 of the server's instead of 20).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table
from sqlalchemy.types import TypeDecorator, TypeEngine

Row = Mapping[str, Any]


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Row], *, known: str = ""
) -> None:
    """Adds rows that all name the same columns; defaults of Python are not filled in.

    ``known``: an ON CONFLICT clause as both databases read it.
    """
    if not rows:
        return
    names = tuple(rows[0])
    values = _stored(connection, table, names, rows)
    _insert(connection, table, names, values, known)


def insert_stored(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """The same for values that were read as they are stored (``table_rows``), in the order of
    ``names``."""
    values = []
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        kept = stored_type(table.c[name]).dialect_impl(connection.dialect)
        process = kept.bind_processor(connection.dialect)
        values.append(list(column if process is None else map(process, column)))
    _insert(connection, table, names, values)


def stored_type(column: Column[Any]) -> TypeEngine[Any]:
    """What a database keeps for a column whose values are something else to the program."""
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def _insert(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    values: list[list[Any]],
    known: str = "",
) -> None:
    """``values`` by column, as the driver takes them."""
    head = f"INSERT INTO {table.name} ({_listed(names)})"
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(
            f"{head} VALUES ({marks}) {known}", list(zip(*values, strict=True))
        )
    else:
        arrays = _arrays(connection.dialect, table, names)
        connection.exec_driver_sql(f"{head} SELECT * FROM unnest({arrays}) {known}", tuple(values))


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Writes the columns that the rows name besides their ``id``."""
    if not rows:
        return
    names = tuple(name for name in rows[0] if name != "id")
    values = _stored(connection, table, (*names, "id"), rows)
    if connection.dialect.name == "sqlite":
        changes = ", ".join(f'"{name}" = ?' for name in names)
        connection.exec_driver_sql(
            f"UPDATE {table.name} SET {changes} WHERE id = ?", list(zip(*values, strict=True))
        )
    else:
        arrays = _arrays(connection.dialect, table, (*names, "id"))
        changes = ", ".join(f'"{name}" = new."{name}"' for name in names)
        connection.exec_driver_sql(
            f"UPDATE {table.name} SET {changes} FROM unnest({arrays}) "
            f"AS new ({_listed((*names, 'id'))}) WHERE {table.name}.id = new.id",
            tuple(values),
        )


def _stored(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row]
) -> list[list[Any]]:
    """The rows by column, as the driver takes them."""
    columns = []
    for name in names:
        column: list[Any] = [row[name] for row in rows]
        stored = table.c[name].type.dialect_impl(connection.dialect)
        process = stored.bind_processor(connection.dialect)
        columns.append(column if process is None else list(map(process, column)))
    return columns


@cache
def _arrays(dialect: Dialect, table: Table, names: Sequence[str]) -> str:
    """A binary parameter for each column. Without lengths: to cast to one would cut silently."""
    types = [table.c[name].type.compile(dialect).partition("(")[0] for name in names]
    return ", ".join(f"%b::{one}[]" for one in types)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
