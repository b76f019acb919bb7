"""``deskapp label``: the desk's own words for statuses."""

from dataclasses import asdict
from typing import Annotated

import typer

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.ticket_facts import waited_for

from .house import opened
from .options import Json, NewName
from .output import show_list

app = typer.Typer()
label = typer.Typer(help="The desk's own words for statuses: list, add, rename, remove.")
app.add_typer(label, name="label")

Name = Annotated[str, typer.Argument(metavar="LABEL", show_default=False)]


@label.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List them with the status that each stands for."""
    with opened(context) as desk:
        rows = desk.labels.list()
    show_list(
        as_json,
        [{**asdict(row), "waits_for": waited_for(row.status)} for row in rows],
        ("id", "in use", "status", "waits for", "label"),
        [
            (row.id, "yes" if row.active else "no", row.status, waited_for(row.status), row.name)
            for row in rows
        ],
        "There is no label yet.",
    )


@label.command()
def add(
    context: typer.Context,
    name: Name,
    status: Annotated[TicketStatus, typer.Option(help="The status that it is a word for.")],
) -> None:
    """Add a word for a status, or bring one back."""
    with opened(context) as desk:
        made = desk.labels.add(name, status)
    typer.echo(f"Label {made} is there.")


@label.command()
def rename(context: typer.Context, name: Name, to: NewName) -> None:
    """Give a label another name."""
    with opened(context) as desk:
        row = desk.labels.named(name)
        desk.labels.rename(row.id, to, row.name)
    typer.echo("The label has its new name.")


@label.command()
def remove(context: typer.Context, name: Name) -> None:
    """Offer a label no more. Tickets that have it keep it."""
    with opened(context) as desk:
        desk.labels.put_away(desk.labels.named(name).id)
    typer.echo("The label is offered no more.")
