"""``deskapp customer merge``, ``unmerge``, ``duplicates``: records of one person."""

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.duplicates import DuplicatePair
from deskapp.domain.ids import CustomerId
from deskapp.domain.merging_people import MergeField
from deskapp.domain.people import CustomerRow
from deskapp.domain.problem import Problem, ProblemKind

from .customer_shown import line
from .house import opened
from .options import Json, Limit
from .output import safe_line, show_json, show_list, tell

if TYPE_CHECKING:
    from deskapp.desk import Desk

Number = Annotated[int, typer.Argument(metavar="ID", show_default=False)]
_OTHERS = "B"


def merge(
    context: typer.Context,
    kept: Annotated[int, typer.Argument(metavar="KEPT", show_default=False)],
    merged: Annotated[int, typer.Argument(metavar="MERGED", show_default=False)],
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar="FIELD=B",
            help="Take a field from MERGED (B), keep KEPT's (A), or write another value.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make two records one: all of MERGED goes to KEPT. `unmerge MERGED` undoes it for 30 days."""
    with opened(context) as desk:
        one, other = CustomerId(kept), CustomerId(merged)
        wanted = _wanted(desk, one, other, take or [])
        desk.customers.merge(one, other, wanted)
        row = desk.customers.record(one).row
    _show(row, as_json)


def unmerge(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Undo a merge: the record that was merged comes back with what was its own."""
    with opened(context) as desk:
        told = desk.customers.unmerge(CustomerId(number))
        row = desk.customers.record(CustomerId(number)).row
    for name in told.changed_since:
        tell(f"Of the other record “{name}” was changed since and stays as it is.")
    _show(row, as_json)


def duplicates(
    context: typer.Context,
    refuse: Annotated[
        tuple[int, int] | None,
        typer.Option("--not-same", metavar="ID ID", help="These two are not the same person."),
    ] = None,
    limit: Limit = 500,
    as_json: Json = False,
) -> None:
    """List records that may be of one person, with the reason. Nothing is merged by itself."""
    with opened(context) as desk:
        if refuse is not None:
            desk.duplicates.refuse(CustomerId(refuse[0]), CustomerId(refuse[1]))
        while desk.duplicates.look():
            pass
        pairs = desk.duplicates.pairs(limit)
    show_list(
        as_json,
        [_pair(one) for one in pairs],
        ("id", "other", "why", "name", "other name"),
        [(one.one.id, one.other.id, _why(one), _name(one.one), _name(one.other)) for one in pairs],
        "No two records look like one person's.",
    )


def _wanted(desk: "Desk", kept: CustomerId, merged: CustomerId, take: list[str]) -> dict[str, str]:
    fields: dict[str, MergeField] = {}
    for one in desk.customers.merge_fields(kept, merged):
        fields[one.name] = fields[one.title.casefold() or one.name] = one
    wanted: dict[str, str] = {}
    for said in take:
        name, equals, value = said.partition("=")
        field = fields.get(name.strip().casefold())
        if field is None or not equals:
            raise Problem(ProblemKind.INVALID, what="take", value=said)
        sides = {"A": field.kept, _OTHERS: field.merged}
        wanted[field.name] = sides.get(value.strip().upper(), value.strip())
    return wanted


def _show(row: CustomerRow, as_json: bool) -> None:
    if as_json:
        show_json(line(row))
    else:
        typer.echo(safe_line(f"Customer {row.id} is {row.name or row.email}."))


def _pair(pair: DuplicatePair) -> dict[str, object]:
    return {
        "one": line(pair.one),
        "other": line(pair.other),
        "reasons": [{"by": kind.value, "shared": shared} for kind, shared in pair.reasons],
    }


def _why(pair: DuplicatePair) -> str:
    return ", ".join(f"{kind.value} {shared}" for kind, shared in pair.reasons)


def _name(row: CustomerRow) -> str:
    return row.name or row.email or row.phone
