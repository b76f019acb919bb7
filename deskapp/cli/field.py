"""``deskapp field``: the desk's own fields of customers."""

from dataclasses import asdict
from typing import Annotated

import typer

from deskapp.domain.kinds import FieldKind

from .house import opened
from .options import Json, NewName
from .output import show_json, show_list

app = typer.Typer()
field = typer.Typer(help="Own fields of customers: list, add, rename, archive, bring-back, order.")
app.add_typer(field, name="field")

Name = Annotated[str, typer.Argument(metavar="FIELD", show_default=False)]
Choices = Annotated[
    list[str] | None, typer.Option("--choice", metavar="TEXT", help="One of a choice; repeat it.")
]


@field.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the fields in their order, archived ones last."""
    with opened(context) as desk:
        rows = desk.fields.list()
    show_list(
        as_json,
        [asdict(row) for row in rows],
        ("used", "kind", "field"),
        [
            (row.used, row.kind, f"{row.name}{' (archived)' if row.archived else ''}")
            for row in rows
        ],
        "There is no field of the desk's own yet.",
    )


@field.command()
def add(
    context: typer.Context,
    name: Name,
    kind: Annotated[FieldKind, typer.Option()] = FieldKind.TEXT,
    choices: Choices = None,
    as_json: Json = False,
) -> None:
    """Add a field: text, number, day, choice, yes_no or link."""
    with opened(context) as desk:
        made = desk.fields.add(name, kind, "\n".join(choices or ()))
    if as_json:
        show_json({"id": made})
    else:
        typer.echo("The field is there.")


@field.command()
def rename(context: typer.Context, name: Name, to: NewName, choices: Choices = None) -> None:
    """Give a field another name, and a choice other choices; values stay."""
    with opened(context) as desk:
        known = desk.fields.named(name)
        desk.fields.edit(known.id, to, "\n".join(choices or known.choices))
    typer.echo("The field is changed.")


@field.command()
def archive(context: typer.Context, name: Name) -> None:
    """Ask for it no more; what was filled in is kept."""
    with opened(context) as desk:
        desk.fields.archive(desk.fields.named(name).id)
    typer.echo("The field is archived; its values are kept.")


@field.command("bring-back")
def bring_back(context: typer.Context, name: Name) -> None:
    """Ask for an archived field again."""
    with opened(context) as desk:
        desk.fields.archive(desk.fields.named(name).id, archived=False)
    typer.echo("The field is asked for again.")


@field.command()
def order(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="FIELD...", show_default=False)],
    was: Annotated[
        list[str] | None,
        typer.Option("--was", metavar="FIELD", help="Only if they still stand so; repeat it."),
    ] = None,
) -> None:
    """Have them stand in this order."""
    with opened(context) as desk:
        seen = [desk.fields.named(name).id for name in was] if was else None
        desk.fields.order([desk.fields.named(name).id for name in names], seen)
    typer.echo("The fields have their order.")
