"""``deskapp team``: the teams of a desk, and who is in them."""

from dataclasses import asdict
from typing import Annotated

import typer

from deskapp.domain.naming import name_key

from .house import opened
from .options import Json, NewName
from .output import show_list

app = typer.Typer()
team = typer.Typer(help="Teams: list, add, rename, remove, join, leave.")
app.add_typer(team, name="team")

Name = Annotated[str, typer.Argument(metavar="TEAM", show_default=False)]
Agent = Annotated[str, typer.Argument(metavar="AGENT", show_default=False)]


@team.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the teams with their members."""
    with opened(context) as desk:
        rows = desk.teams.list()
    show_list(
        as_json,
        [asdict(row) for row in rows],
        ("id", "in use", "team", "members"),
        [(row.id, "yes" if row.active else "no", row.name, ", ".join(row.members)) for row in rows],
        "There is no team yet.",
    )


@team.command()
def add(context: typer.Context, name: Name) -> None:
    """Add a team, or bring one back."""
    with opened(context) as desk:
        made = desk.teams.add(name)
    typer.echo(f"Team {made} is there.")


@team.command()
def rename(context: typer.Context, name: Name, to: NewName) -> None:
    """Give a team another name."""
    with opened(context) as desk:
        one = desk.teams.named(name)
        [known] = [row.name for row in desk.teams.list() if row.id == one]
        desk.teams.rename(one, to, known if name_key(known) == name_key(name) else name)
    typer.echo("The team has its new name.")


@team.command()
def remove(context: typer.Context, name: Name) -> None:
    """Offer a team no more. Its tickets keep its name; nobody is in it."""
    with opened(context) as desk:
        one = desk.teams.named(name)
        [seen] = [row for row in desk.teams.list() if row.id == one]
        desk.teams.put_away(one, seen)
    typer.echo("The team is offered no more.")


@team.command()
def join(
    context: typer.Context,
    name: Name,
    agent: Agent,
    was: Annotated[
        str | None,
        typer.Option("--was", metavar="TEAM", help="Only if they are in it still; '' for none."),
    ] = None,
) -> None:
    """Put an agent into a team, and out of the one they were in."""
    with opened(context) as desk:
        seen = None if was is None else ((desk.teams.named(was) if was else None),)
        desk.teams.join(desk.agents.by_name(agent), desk.teams.named(name), seen)
    typer.echo("They are in the team.")


@team.command()
def leave(context: typer.Context, agent: Agent) -> None:
    """Take an agent out of their team."""
    with opened(context) as desk:
        desk.teams.join(desk.agents.by_name(agent), None)
    typer.echo("They are in no team.")
