"""Rows read page by page, and what belongs to them, for an export."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, select

Record = dict[str, Any]
PAGE = 200  # rows
KEYS = ("address_key", "email_key", "phone_key", "value_key", "name_key", "number_key")
"""Folded doubles of other columns: the desk's own business."""


def pages(
    connection: Connection, statement: Select[Any], table: Table
) -> Iterator[Sequence[RowMapping]]:
    """The rows of a statement in the order of a table's ids, a page at a time."""
    last = 0
    while True:
        page = statement.where(table.c.id > last).order_by(table.c.id).limit(PAGE)
        rows = connection.execute(page).mappings().all()
        if rows:
            yield rows
        if len(rows) < PAGE:
            return
        last = rows[-1]["id"]


def owned(
    connection: Connection, table: Table, owner: ColumnElement[Any], ids: Sequence[int]
) -> dict[int, list[Record]]:
    """The rows of a table that belong to these ids, in their own order."""
    found: dict[int, list[Record]] = defaultdict(list)
    statement = select(table).where(owner.in_(ids)).order_by(table.c.id)
    for row in connection.execute(statement).mappings():
        found[row[owner]].append(plain(row))
    return found


def grouped(
    connection: Connection, statement: Select[Any], owner: str
) -> dict[int, list[RowMapping]]:
    """The rows of a statement by the owner that its column ``owner`` names."""
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(statement).mappings():
        found[row[owner]].append(row)
    return found


def plain(row: RowMapping) -> Record:
    """Without the folded doubles."""
    return without(row, *KEYS)


def without(row: RowMapping, *names: str) -> Record:
    """A row without these columns."""
    return {name: value for name, value in row.items() if name not in names}
