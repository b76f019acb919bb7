"""A whole desk from one database into another, table by table, through our own tables."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Connection, Table, or_, select, text

from deskapp.domain.desk_move import MoveStep

from .bulk import insert_stored, update_rows
from .queries.search_rebuild import rebuild_search
from .table_rows import count_rows, row_parts
from .tables import metadata

Told = Callable[[MoveStep, str, int], None]
"""Hears what is done (copy, index), in which table, and with how many rows more."""


def copy_tables(
    source: Connection, target: Connection, told: Told = lambda step, table, rows: None
) -> None:
    """Fills the empty tables of ``target``, sets its sequences and builds its search index.

    Reads in parts: a desk of 50 000 tickets takes no more memory than one of 5 000.
    """
    there = count_rows(source)
    for table in metadata.sorted_tables:
        if there[table.name] and table.name != "search_row":
            told("copy", table.name, 0)
            _copy(source, target, table, told)
    if target.dialect.name == "postgresql":
        _set_sequences(target)
    rebuild_search(target, lambda rows: told("index", "search_row", rows))


def _copy(source: Connection, target: Connection, table: Table, told: Told) -> None:
    """Rows may point at later rows of their own table; those links are set at the end."""
    links = [column for column in table.c if _points_home(column)]
    columns = [column for column in table.c if column not in links]
    names = tuple(column.name for column in columns)
    for part in row_parts(source, table, columns):
        insert_stored(target, table, names, part)
        told("copy", table.name, len(part))
    if not links:
        return
    linked = select(table.c.id, *links).where(or_(*(one.is_not(None) for one in links)))
    found = source.execute(linked.execution_options(yield_per=500))
    for rows in found.mappings().partitions():
        update_rows(target, table, list(map(dict, rows)))


def _points_home(column: Column[Any]) -> bool:
    return any(key.column.table is column.table for key in column.foreign_keys)


def _set_sequences(target: Connection) -> None:
    """PostgreSQL counts on from the largest id that was copied. Where a table has no sequence, or
    no rows, nothing happens; rows of the change log get their numbers within COMMIT, until when
    they are below nought."""
    for table in metadata.sorted_tables:
        if "id" in table.c:
            largest = f'(SELECT max(id) FROM "{table.name}" WHERE id > 0)'
            asked = f"SELECT setval(to_regclass('{table.name}_id_seq'), {largest})"
            target.execute(text(asked))
