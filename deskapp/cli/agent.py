"""``deskapp agent``: the staff of a desk."""

from dataclasses import asdict
from typing import Annotated

import typer

from .house import opened
from .options import Json
from .output import show_json, show_list

app = typer.Typer()
agent = typer.Typer(help="Agents: add, list.")
app.add_typer(agent, name="agent")


@agent.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    email: str = "",
    role: Annotated[str, typer.Option(help="agent or admin")] = "agent",
    signature: str = "",
    as_json: Json = False,
) -> None:
    """Add a member of staff."""
    with opened(context) as desk:
        made = desk.agents.add(name, email, role)
        row = desk.agents.edit(made, signature=signature or None)
    if as_json:
        show_json(asdict(row))
    else:
        typer.echo(f"{row.name} is agent {row.id}; act with --as '{row.name}'.")


@agent.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the staff."""
    with opened(context) as desk:
        rows = desk.agents.list()
    show_list(
        as_json,
        [asdict(row) for row in rows],
        ("id", "role", "at work", "email", "name"),
        [(row.id, row.role, "yes" if row.active else "no", row.email, row.name) for row in rows],
        "There is no agent yet.",
    )
