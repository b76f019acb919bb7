"""The rows of whole tables, in parts that fit into memory however large desk and mails are."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Table,
    bindparam,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from .bulk import stored_type
from .tables import metadata

Part = Sequence[Row[Any]]
Key = TypeVar("Key")

_ROWS = 500
_BYTES = 4 << 20
_HEAVY = {"blob": ("bytes",), "message_body": ("text", "reply_text", "html", "reply_html")}
"""Where one row can be a mail of 40 MB."""


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows by table, the search index's own tables left out."""
    asked = [
        select(literal(table.name), func.count()).select_from(table)
        for table in metadata.sorted_tables
    ]
    return {str(name): int(count) for name, count in connection.execute(union_all(*asked))}


def row_parts(
    connection: Connection, table: Table, columns: Sequence[Column[Any]]
) -> Iterator[Part]:
    """These columns of every row, as they are stored; the older before the newer, where rows have
    numbers."""
    stored = [type_coerce(column, stored_type(column)) for column in columns]
    if table.name in _HEAVY:
        return _by_weight(connection, table, stored)
    asked = select(*stored).execution_options(yield_per=_ROWS)
    if "id" in table.c:  # others would be sorted first, all of them in memory
        asked = asked.order_by(table.c.id)
    return iter(connection.execute(asked).partitions())


def _by_weight(
    connection: Connection, table: Table, columns: Sequence[ColumnElement[Any]]
) -> Iterator[Part]:
    """Asks first how long they are, which neither database reads them for.

    The statement is made once: what SQLAlchemy makes of a list in a statement's own words points
    at itself, and stays in memory until Python looks for such things, in a command seldom.
    """
    [key] = table.primary_key.columns
    asked = select(*columns).where(key.in_(bindparam("some", expanding=True)))
    weighed = select(key, weight(table)).execution_options(yield_per=_ROWS)
    keys: list[Any]
    for keys in light_parts((one, size) for one, size in connection.execute(weighed)):
        yield connection.execute(asked, {"some": keys}).all()


def weight(table: Table) -> ColumnElement[int]:
    """Bytes of a row's long columns."""
    sizes = [func.coalesce(func.octet_length(table.c[name]), 0) for name in _HEAVY[table.name]]
    return sum(sizes, literal(0))


def light_parts(weighed: Iterable[tuple[Key, int]]) -> Iterator[list[Key]]:
    """Keys with the bytes behind them, in order, in parts that fit into memory."""
    keys: list[Key] = []
    weight = 0
    for one, size in weighed:
        if keys and (weight + size > _BYTES or len(keys) == _ROWS):
            yield keys
            keys, weight = [], 0
        keys.append(one)
        weight += size
    if keys:
        yield keys
