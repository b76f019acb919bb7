"""A whole order file read: the dry run, and what an import then stores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from deskapp.domain.order_faults import RowFault
from deskapp.domain.order_files import (
    Assumed,
    Assumption,
    ColumnMapping,
    FilePreview,
    OrderField,
    Reading,
    ReadingHints,
)
from deskapp.domain.orders import OrderData
from deskapp.domain.problem import Problem, ProblemKind

from . import assemble
from .columns import (
    PROFILES,
    Profile,
    column_place,
    detect_profile,
    item_list_places,
    suggest_mapping,
)
from .dates import date_reader, proven_order
from .delimited import Row
from .footers import without_footer
from .money import proven_marks
from .row_reading import ReadRow, RowReader
from .table import Table, read_table

_Places = Mapping[OrderField, tuple[int, ...]]
_DATES = (
    OrderField.PLACED_AT,
    OrderField.CANCELLED_AT,
    OrderField.SHIPPED_AT,
    OrderField.DELIVERED_AT,
    OrderField.CHANGED_AT,
)
_AMOUNTS = (OrderField.TOTAL, OrderField.PRICE)
_SAMPLE_ROWS = 5


def preview_orders(path: Path) -> FilePreview:
    """The head of a file and what we take it for. Raises what ``read_table`` raises."""
    table = read_table(path)
    return FilePreview(
        table.header,
        tuple(row.cells for row in table.rows[:_SAMPLE_ROWS]),
        table.encoding,
        table.delimiter,
        detect_profile(table.header),
        suggest_mapping(table.header),
    )


def read_orders(
    path: Path,
    profile: str | None = None,
    mapping: ColumnMapping | None = None,
    hints: ReadingHints | None = None,
) -> Reading:
    """Reads a file without storing anything; nothing in its rows raises.

    Without ``profile`` the header decides; a ``mapping`` says itself what the columns are. An
    order with a fault in any of its rows is left out whole, the others are read. Raises what
    ``read_table`` raises, Problem(NOT_FOUND, what="profile"), and Problem(WRONG_COLUMNS,
    missing=...) when a mapped column, or one for the order number, is not in the file.
    """
    table = read_table(path, tuple(mapping.values()) if mapping else ())
    known = _profile(profile, mapping, table)
    columns = _columns(table, known, mapping)
    rows, footer = without_footer(table)
    assumed: dict[Assumption, str] = {}
    if footer:
        assumed[Assumption.FOOTER_SKIPPED] = footer
    if table.damaged:
        assumed[Assumption.DAMAGED_TEXT] = table.encoding
    return _reading(table, rows, known, columns, hints or ReadingHints(), assumed)


def read_rows(table: Table, mapping: ColumnMapping, hints: ReadingHints) -> Reading:
    """Reads rows that come from elsewhere than a file: every one of them is meant.

    Raises Problem(WRONG_COLUMNS, missing=...) as ``read_orders`` does.
    """
    known = PROFILES["generic"]
    return _reading(table, table.rows, known, _columns(table, known, mapping), hints, {})


def _reading(
    table: Table,
    rows: Sequence[Row],
    known: Profile,
    columns: ColumnMapping,
    hints: ReadingHints,
    assumed: dict[Assumption, str],
) -> Reading:
    places = _places(table, columns, known)
    reader = _row_reader(table, places, rows, hints, assumed)
    read: list[ReadRow] = []
    faults: list[RowFault] = []
    for row in rows:
        result = reader.read(row)
        if isinstance(result, ReadRow):
            read.append(result)
        else:
            faults.append(result)
    orders = _orders(read, faults, known, columns, hints, assumed)
    faults.sort(key=lambda fault: fault.row)
    decided = tuple(Assumed(what, value) for what, value in assumed.items())
    return Reading(known.name, columns, orders, tuple(faults), len(rows), decided)


def _profile(name: str | None, mapping: ColumnMapping | None, table: Table) -> Profile:
    if name is None:
        name = "generic" if mapping else detect_profile(table.header) or "generic"
    if name not in PROFILES:
        raise Problem(ProblemKind.NOT_FOUND, what="profile", name=name)
    return PROFILES[name]


def _columns(table: Table, profile: Profile, mapping: ColumnMapping | None) -> ColumnMapping:
    """Field to header as the file spells it."""
    header = table.header
    found = " | ".join(header)[:300]
    wanted = mapping or profile.mapping or suggest_mapping(header)
    columns: dict[OrderField, str] = {}
    for field, column in wanted.items():
        place = column_place(header, column)
        if place is not None:
            columns[OrderField(field)] = header[place]
        elif mapping:
            raise Problem(ProblemKind.WRONG_COLUMNS, missing=column, found=found)
    if OrderField.NUMBER not in columns:
        missing = (profile.mapping or {}).get(OrderField.NUMBER, OrderField.NUMBER.value)
        raise Problem(ProblemKind.WRONG_COLUMNS, missing=missing, found=found)
    return columns


def _places(table: Table, columns: ColumnMapping, profile: Profile) -> _Places:
    places = {field: (table.header.index(column),) for field, column in columns.items()}
    for field, column in (profile.fallbacks or {}).items():
        place = column_place(table.header, column)
        own = columns.get(field) in (None, (profile.mapping or {}).get(field))
        if place is not None and own:
            places[field] = (*places.get(field, ()), place)
    return places


def _row_reader(
    table: Table,
    places: _Places,
    rows: Sequence[Row],
    hints: ReadingHints,
    assumed: dict[Assumption, str],
) -> RowReader:
    dates = proven_order(_texts(rows, places, _DATES), hints.date_order)
    packs_items = OrderField.ITEM not in places and OrderField.SKU not in places
    return RowReader(
        header=table.header,
        places=places,
        packed=item_list_places(table.header) if packs_items else (),
        ragged=not table.delimiter,
        marks=proven_marks(_texts(rows, places, _AMOUNTS), hints.decimal_mark),
        dates=dates,
        read_date=date_reader(dates, hints.zone),
        hints=hints,
        assumed=assumed,
    )


def _texts(rows: Iterable[Row], places: _Places, fields: Iterable[OrderField]) -> Iterator[str]:
    wanted = [place for field in fields for place in places.get(field, ())]
    for row in rows:
        for place in wanted:
            if place < len(row.cells) and row.cells[place]:
                yield row.cells[place].strip()


def _orders(
    read: list[ReadRow],
    faults: list[RowFault],
    profile: Profile,
    columns: ColumnMapping,
    hints: ReadingHints,
    assumed: dict[Assumption, str],
) -> tuple[OrderData, ...]:
    """The orders none of whose rows has a fault; conflicts between rows are added to faults."""
    left_out = {fault.number for fault in faults}
    grouped = assemble.by_number(read)
    per_line = not profile.blocks and assemble.totals_are_per_line(grouped)
    if per_line:
        assumed[Assumption.TOTALS_ADDED] = columns.get(OrderField.TOTAL, "")
    orders: list[OrderData] = []
    for number, rows in grouped.items():
        if number in left_out:
            continue
        try:
            orders.append(assemble.joined(rows, blocks=profile.blocks, per_line=per_line))
        except assemble.Conflict as conflict:
            column = columns.get(conflict.field, "")
            faults.append(assemble.conflict_fault(conflict, column, number))
    if hints.currency:
        orders = [
            order if order.currency else replace(order, currency=hints.currency) for order in orders
        ]
    return tuple(orders)
