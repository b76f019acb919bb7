"""What a table holds, in two numbers that do not depend on the database or on any order."""

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table

from deskapp.domain.desk_move import TableSum

from .table_rows import count_rows, row_parts
from .tables import metadata

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
    """Rows and sum of every table; ``told`` hears of how many rows more it read in which."""
    there = count_rows(connection)
    return {
        table.name: table_sum(connection, table, told) if there[table.name] else _sum(0, 0)
        for table in metadata.sorted_tables
        if table.name not in _REBUILT
    }


def table_sum(
    connection: Connection,
    table: Table,
    told: Callable[[str, int], None] = lambda table, rows: None,
) -> TableSum:
    """The rows' hashes (BLAKE2b, 128 bits) added up: a row that is missing, doubled or different
    changes the sum, another order of the rows does not."""
    without = _OWN.get(table.name, ())
    columns = [column for column in table.c if column.name not in without]
    rows, total = 0, 0
    told(table.name, 0)
    for part in row_parts(connection, table, columns):
        for row in part:
            words = [_WRITTEN[type(value)](value) for value in row]
            sealed = b"".join([b"%d:%b" % (len(word), word) for word in words])
            total += int.from_bytes(hashlib.blake2b(sealed, digest_size=16).digest())
        rows += len(part)
        total %= _LONGEST
        told(table.name, len(part))
    return _sum(rows, total)


def _sum(rows: int, total: int) -> TableSum:
    return TableSum(rows, f"{total:032x}")


def _number(value: int) -> bytes:
    return b"i%d" % value  # also a bool, which SQLite keeps as a number


_WRITTEN: dict[type, Callable[[Any], bytes]] = {
    type(None): lambda value: b"n",
    str: lambda value: b"s" + value.encode("utf-8", "surrogatepass"),
    int: _number,
    bool: _number,
    bytes: lambda value: b"b" + value,
    memoryview: lambda value: b"b" + bytes(value),
    date: lambda value: b"d" + value.isoformat().encode(),
    Decimal: lambda value: b"m" + format(value, "f").encode(),
    float: lambda value: b"f" + repr(value).encode(),
}
"""Values as bytes that differ where values differ, the same from either database."""
