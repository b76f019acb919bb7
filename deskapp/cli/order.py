"""``deskapp order``: takes in order files, finds orders, here and at the shops."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.order_faults import RowFault
from deskapp.domain.problem import Problem, ProblemKind

from .errors import FAILED, IN_PART
from .house import opened
from .options import Json, Limit
from .order_act import act
from .order_act_rules import rules
from .order_source import source
from .output import safe_line, show_json, show_list, tell, when

if TYPE_CHECKING:
    from deskapp.domain.order_files import ColumnMapping, Reading, ReadingHints
    from deskapp.domain.order_rows import OrderRow

app = typer.Typer()
order = typer.Typer(help="Orders: import a file, find one; the shops they come from.")
order.add_typer(source, name="source")
act.add_typer(rules)
order.add_typer(act, name="act")
app.add_typer(order, name="order")

_KIND = "file"


@order.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV or xlsx.")],
    source: Annotated[str, typer.Option(metavar="NAME", help="The shop these orders are of.")],
    profile: Annotated[
        str | None, typer.Option(metavar="P", help="shopify, woocommerce, generic, …")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=HEADER", help="Say which column is which; may be repeated."),
    ] = None,
    dates: Annotated[str, typer.Option(help="dmy, mdy or ymd, for dates like 01/03/26.")] = "",
    decimal: Annotated[str, typer.Option(help="The decimal mark, . or ,")] = "",
    currency: Annotated[str, typer.Option(help="For files that name none.")] = "",
    zone: Annotated[str, typer.Option(help="The time zone of dates without one.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read only; store nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Take in an order file. An order with a faulty row is left out whole, and named."""
    from deskapp.shops.files import read_orders

    hints = _hints(dates, decimal, currency, zone)
    reading = read_orders(file, profile, _mapping(column or ()), hints)
    told: dict[str, object] = {"rows": reading.rows, "orders": len(reading.orders)}
    told |= {"new": 0, "updated": 0, "unchanged": 0, "dry_run": dry_run}
    if not dry_run:
        with opened(context) as desk:
            told |= asdict(desk.orders.save(source, _KIND, reading.profile, reading.orders))
    told["failed"] = [_fault(one) for one in reading.faults]
    told["profile"] = reading.profile
    told["assumed"] = [asdict(one) for one in reading.assumed]
    if as_json:
        show_json(told)
    else:
        _import_shown(reading, told, dry_run)
    if reading.faults:
        raise typer.Exit(IN_PART if reading.orders else FAILED)


def _fault(one: RowFault) -> dict[str, object]:
    return {
        "row": one.row,
        "why": one.why,
        "column": one.column,
        "value": one.value,
        "number": one.number,
    }


def _import_shown(reading: "Reading", told: dict[str, object], dry_run: bool) -> None:
    for one in reading.faults:
        what = one.why.replace("_", " ")
        tell(
            f"Row {one.row}: {what} {one.column} {one.value!r}; order {one.number or '?'} left out"
        )
    for taken in reading.assumed:
        tell(f"Taken for granted: {taken.what.replace('_', ' ')} {taken.value}".rstrip())
    if dry_run:
        typer.echo(f"{len(reading.orders)} orders in {reading.rows} rows; nothing was stored.")
    else:
        counts = f"{told['new']} new, {told['updated']} updated, {told['unchanged']} as before"
        typer.echo(f"{reading.rows} rows: {counts}, {len(reading.faults)} rows failed.")


def _mapping(columns: "list[str] | tuple[()]") -> "ColumnMapping | None":
    from deskapp.domain.order_files import OrderField

    if not columns:
        return None
    found: dict[OrderField, str] = {}
    for one in columns:
        field, mark, header = one.partition("=")
        if not mark or field not in list(OrderField):
            raise Problem(ProblemKind.INVALID, what="column", value=one)
        found[OrderField(field)] = header
    return found


def _hints(dates: str, decimal: str, currency: str, zone: str) -> "ReadingHints":
    from datetime import UTC
    from zoneinfo import ZoneInfo

    from deskapp.domain.order_files import DateOrder, ReadingHints

    if dates and dates not in list(DateOrder):
        raise Problem(ProblemKind.INVALID, what="dates", value=dates)
    if decimal not in ("", ".", ","):
        raise Problem(ProblemKind.INVALID, what="decimal", value=decimal)
    try:
        place = ZoneInfo(zone) if zone else UTC
    except (KeyError, ValueError, OSError) as error:
        raise Problem(ProblemKind.INVALID, what="time zone", value=zone) from error
    return ReadingHints(DateOrder(dates) if dates else None, decimal, currency.upper(), place)


@order.command()
def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", show_default=False)],
    limit: Limit = 50,
    ask_shops: Annotated[
        bool, typer.Option("--ask-shops", help="Ask the shops first; what they have is stored.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Find orders by number, mail address, phone, name, postcode or tracking number.

    A shop that does not answer is named, and what is here is shown all the same.
    """
    wanted, troubles = " ".join(words), 0
    with opened(context) as desk:
        if ask_shops:
            from .asking_shops import asked_shops

            troubles = asked_shops(desk, wanted)
        rows = desk.orders.find(wanted, limit)
    show_list(
        as_json,
        [_line(row) for row in rows],
        ("number", "source", "status", "total", "placed", "name"),
        [
            (row.number, row.source, row.status, _total(row), when(row.placed_at), row.name)
            for row in rows
        ],
        "No order was found.",
    )
    if troubles:
        raise typer.Exit(IN_PART)


def _total(row: "OrderRow") -> str:
    return "" if row.total is None else safe_line(f"{row.total} {row.currency}")


def _line(row: "OrderRow") -> dict[str, object]:
    told = asdict(row)
    told["customer"] = told.pop("customer_id")
    del told["version"]
    return told
