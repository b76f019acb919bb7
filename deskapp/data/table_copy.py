"""A whole desk from one database into another, table by table, through our own tables."""

from collections.abc import Callable

from sqlalchemy import Column, Connection, LargeBinary, Table, func, insert, select, text, update

from .queries.search_rebuild import rebuild_search
from .tables import metadata

_ROWS = 500
_ROWS_WITH_BYTES = 20  # a blob can be a mail of 40 MB


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows by table, the search index's own tables left out."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


def copy_tables(
    source: Connection,
    target: Connection,
    told: Callable[[str], None] = lambda table: None,
) -> None:
    """Fills the empty tables of ``target``, sets its sequences and builds its search index.

    ``told`` hears the name of each table before it is copied.
    """
    for table in metadata.sorted_tables:
        told(table.name)
        if table.name != "search_row":
            _copy(source, target, table)
    if target.dialect.name == "postgresql":
        _set_sequences(target)
    rebuild_search(target)


def _copy(source: Connection, target: Connection, table: Table) -> None:
    """Rows may point at later rows of their own table; those links are set at the end."""
    own = [column for column in table.c if _points_home(column)]
    links: list[dict[str, object]] = []
    size = _ROWS_WITH_BYTES if _has_bytes(table) else _ROWS
    order = list(table.primary_key.columns)
    asked = select(table).order_by(*order).execution_options(yield_per=size)
    found = source.execute(asked)
    for part in found.mappings().partitions(size):
        rows = [dict(row) for row in part]
        for row in rows:
            for column in own:
                if row[column.name] is not None:
                    links.append({"b_id": row["id"], column.name: row[column.name]})
                    row[column.name] = None
        target.execute(insert(table), rows)
    for link in links:
        one = link.pop("b_id")
        target.execute(update(table).where(table.c.id == one).values(**link))


def _points_home(column: Column[object]) -> bool:
    return any(key.column.table is column.table for key in column.foreign_keys)


def _has_bytes(table: Table) -> bool:
    return any(isinstance(column.type, LargeBinary) for column in table.c)


def _set_sequences(target: Connection) -> None:
    """PostgreSQL counts on from the largest id that was copied."""
    for table in metadata.sorted_tables:
        name = f"{table.name}_id_seq"
        there = target.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar()
        if there is not None and "id" in table.c:
            largest = target.execute(select(func.max(table.c.id))).scalar()
            if largest is not None:
                target.execute(
                    text("SELECT setval(CAST(:name AS regclass), :value)"),
                    {"name": name, "value": largest},
                )
