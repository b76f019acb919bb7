"""Text in an order that is the same on both databases."""

from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class plain_order(GenericFunction[str]):  # noqa: N801 - written like the functions it stands among
    """By code points, a to z without regard to case. PostgreSQL would go by the language that
    somebody chose when the database was made, SQLite knows none."""

    inherit_cache = True
    type = Text()


@compiles(plain_order)
def _anywhere(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(plain_order, "postgresql")
def _postgresql(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    return f'lower({text} COLLATE "C")'
