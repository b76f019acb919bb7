"""What a table holds, in two numbers that do not depend on the database or on any order."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select

from deskapp.domain.desk_move import TableSum

from .tables import metadata

_ROWS = 1_000
_ROWS_WITH_BYTES = 20  # a blob can be a mail of 40 MB
_LONGEST = 1 << 128  # sums of rows wrap around here
_OWN = {
    # What a move itself says of the desk, and which version of the program has folded the index.
    "desk_info": ("moved_to", "arriving", "folding_version", "refolding_version", "refolded_from")
}
_REBUILT = ("search_row",)
"""Not copied but made anew from what was."""


def table_sums(
    connection: Connection, told: Callable[[str, int], None] = lambda table, rows: None
) -> dict[str, TableSum]:
    """Rows and sum of every table; ``told`` hears how far it is."""
    found: dict[str, TableSum] = {}
    for table in metadata.sorted_tables:
        if table.name not in _REBUILT:
            found[table.name] = table_sum(connection, table)
            told(table.name, found[table.name].rows)
    return found


def table_sum(connection: Connection, table: Table) -> TableSum:
    """The rows' hashes (BLAKE2b, 128 bits) added up: a row that is missing, doubled or different
    changes the sum, another order of the rows does not."""
    rows, total = 0, 0
    for row in _streamed(connection, table, _OWN.get(table.name, ())):
        sealed = hashlib.blake2b(digest_size=16)
        for value in row:
            word = _written(value)
            sealed.update(b"%d:" % len(word))
            sealed.update(word)
        rows += 1
        total = (total + int.from_bytes(sealed.digest())) % _LONGEST
    return TableSum(rows, f"{total:032x}")


def _streamed(
    connection: Connection, table: Table, without: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    columns = [column for column in table.c if column.name not in without]
    size = _ROWS_WITH_BYTES if any(isinstance(one.type, LargeBinary) for one in columns) else _ROWS
    asked = select(*columns).execution_options(yield_per=size)
    for part in connection.execute(asked).partitions():
        yield from map(tuple, part)


def _written(value: object) -> bytes:
    """One value as bytes that differ where values differ, the same from either database."""
    match value:
        case None:
            return b"n"
        case str():
            return b"s" + value.encode("utf-8", "surrogatepass")
        case int():  # also a bool, which SQLite keeps as a number
            return b"i%d" % value
        case bytes() | memoryview():
            return b"b" + bytes(value)
        case datetime():
            return b"t" + value.isoformat().encode()
        case date():
            return b"d" + value.isoformat().encode()
        case Decimal():
            return b"m" + format(value, "f").encode()
        case float():
            return b"f" + repr(value).encode()
    raise TypeError(f"no sum of {type(value).__name__}")
