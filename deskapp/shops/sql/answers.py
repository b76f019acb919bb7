"""What the two queries answer, laid into one table for the reader of order files."""

from collections.abc import Sequence
from datetime import tzinfo

from deskapp.domain.order_files import (
    Assumption,
    ColumnMapping,
    OrderField,
    Reading,
    ReadingHints,
)
from deskapp.domain.problem import Problem, ProblemKind

from ..files.columns import column_place, recognised
from ..files.delimited import Row
from ..files.reading import read_rows
from ..files.table import Table
from .asking import Rows

_ITEMS = (OrderField.ITEM, OrderField.SKU, OrderField.QUANTITY, OrderField.PRICE)
_LINES = "lines."  # before the columns of the second query, where a fault names one


def mapped(rows: Rows, columns: ColumnMapping | None) -> ColumnMapping:
    """Field to column as the answer spells it; ``columns`` None asks the names themselves.

    Raises Problem WRONG_COLUMNS (what="query", missing, found), and INVALID (what="query_column",
    value) for a column whose name another one has too.
    """
    header = rows.columns
    wanted = columns or {field: header[place] for field, place in recognised(header).items()}
    if OrderField.NUMBER not in wanted:
        raise _missing(OrderField.NUMBER.value, header)
    told: dict[OrderField, str] = {}
    for field, column in wanted.items():
        place = column_place(header, column)
        if place is None:
            raise _missing(column, header)
        if header.count(header[place]) > 1:
            raise Problem(ProblemKind.INVALID, what="query_column", value=header[place])
        told[OrderField(field)] = header[place]
    return told


def numbers_of(rows: Rows, columns: ColumnMapping) -> tuple[str, ...]:
    """The order numbers of an answer, each once."""
    place = rows.columns.index(columns[OrderField.NUMBER])
    return tuple(dict.fromkeys(row[place] for row in rows.rows if row[place].strip()))


def read_answers(
    orders: Rows,
    columns: ColumnMapping,
    lines: Sequence[Rows],
    line_columns: ColumnMapping | None,
    hints: ReadingHints,
    zone: tzinfo | None,
) -> Reading:
    """The orders of one answer with the items of the others.

    Raises Problem INVALID (what="time_zone", value) for a time without a zone where none was
    named, INVALID (what="query_lines", value) for items of an order that was not asked for, and
    what ``mapped`` raises.
    """
    header, told = list(orders.columns), dict(columns)
    table = [Row(at, cells) for at, cells in enumerate(orders.rows, 1)]
    if lines:
        told = {field: column for field, column in told.items() if field not in _ITEMS}
        own = mapped(lines[0], line_columns)
        kept = {field: own[field] for field in _ITEMS if field in own}
        if OrderField.ITEM not in kept and OrderField.SKU not in kept:
            raise _missing(OrderField.ITEM.value, lines[0].columns)
        told |= {field: _LINES + column for field, column in kept.items()}
        header += [_LINES + column for column in kept.values()]
        table += _item_rows(orders, columns, lines, own, tuple(kept.values()))
    reading = read_rows(Table(tuple(header), table, frozenset()), told, hints)
    naive = next((one for one in reading.assumed if one.what is Assumption.NO_ZONE), None)
    if naive and zone is None:
        raise Problem(ProblemKind.INVALID, what="time_zone", value=naive.value)
    return reading


def _item_rows(
    orders: Rows,
    columns: ColumnMapping,
    lines: Sequence[Rows],
    own: ColumnMapping,
    kept: Sequence[str],
) -> list[Row]:
    known = set(numbers_of(orders, columns))
    number_at = orders.columns.index(columns[OrderField.NUMBER])
    rows: list[Row] = []
    for answer in lines:
        number = answer.columns.index(own[OrderField.NUMBER])
        places = [answer.columns.index(column) for column in kept]
        for at, cells in enumerate(answer.rows, 1):
            if cells[number] not in known:
                raise Problem(ProblemKind.INVALID, what="query_lines", value=cells[number][:64])
            blank = [""] * len(orders.columns)
            blank[number_at] = cells[number]
            rows.append(Row(at, (*blank, *(cells[place] for place in places))))
    return rows


def _missing(column: str, header: Sequence[str]) -> Problem:
    found = " | ".join(header)[:300]
    return Problem(ProblemKind.WRONG_COLUMNS, what="query", missing=column, found=found)
