"""A desk's rows as they lie in the tables, to be compared."""

from typing import Any

from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables import metadata

# What is there to tell that something was done and undone; versions only ever grow.
_TRACES = (
    *("event", "act_done", "act_ticket", "change", "ticket_move", "counter"),
    *("presence", "take_over", "audit", "audit_seal"),
)
_GROWING = ("version", "ticket_link.id")  # a link made again is another row

Dump = dict[str, list[tuple[tuple[str, Any], ...]]]


def rows_of(database: Database, without: tuple[str, ...] = ()) -> Dump:
    """Every row of every table that says what the desk knows, but for its traces."""
    found: Dump = {}
    with database.reading() as connection:
        for table in metadata.sorted_tables:
            if table.name in (*_TRACES, *without):
                continue
            columns = [
                column
                for column in table.c
                if column.name not in _GROWING and f"{table.name}.{column.name}" not in _GROWING
            ]
            rows = connection.execute(select(*columns)).mappings()
            found[table.name] = sorted((tuple(row.items()) for row in rows), key=repr)
    return found


def differences(before: Dump, after: Dump) -> list[str]:
    """What is not the same, row by row, as a failing test shows it."""
    told = []
    for name in before:
        for row in before[name]:
            if row not in after[name]:
                told.append(f"- {name} {dict(row)}")
        for row in after[name]:
            if row not in before[name]:
                told.append(f"+ {name} {dict(row)}")
    return told
