"""Statements about many rows at once, whose numbers are handed in as ``some``.

On PostgreSQL they go along as one array: written out one by one, as SQLite likes them, a hundred
make a statement that takes longer to write, to look through and to plan than to answer.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Executable,
    any_,
    bindparam,
)
from sqlalchemy.dialects.postgresql import ARRAY

Among = Callable[[ColumnElement[Any]], ColumnElement[bool]]
"""Makes the condition that a column's value is one of the numbers."""


class OfMany:
    """``made`` writes the statement, once for each kind of database."""

    def __init__(self, made: Callable[[Among], Executable]) -> None:
        self._on = {"sqlite": made(_listed), "postgresql": made(_in_array)}

    def on(self, connection: Connection) -> Executable:
        return self._on[connection.dialect.name]


def _listed(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column.in_(bindparam("some", expanding=True))


def _in_array(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column == any_(bindparam("some", type_=ARRAY(BigInteger)))
