"""``deskapp tag``: the tags of a desk."""

from dataclasses import asdict
from typing import Annotated

import typer

from deskapp.domain.ids import TagMergeId
from deskapp.domain.naming import name_key
from deskapp.domain.ticket_facts import TagColour

from .house import opened
from .options import Json, NewName
from .output import show_json, show_list, when

app = typer.Typer()
tag = typer.Typer(help="Tags: list, add, rename, colour, merge, merges, unmerge, delete.")
app.add_typer(tag, name="tag")

Name = Annotated[str, typer.Argument(metavar="TAG", show_default=False)]


@tag.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the tags with the number of tickets that have each."""
    with opened(context) as desk:
        rows = desk.tags.list()
    show_list(
        as_json,
        [asdict(row) for row in rows],
        ("tickets", "colour", "tag"),
        [(row.tickets, row.colour, row.name) for row in rows],
        "There is no tag yet.",
    )


@tag.command()
def add(
    context: typer.Context,
    name: Name,
    colour: Annotated[TagColour, typer.Option()] = TagColour.NONE,
) -> None:
    """Add a tag."""
    with opened(context) as desk:
        made = desk.tags.add(name, colour)
    typer.echo(f"Tag {made} is there.")


@tag.command()
def rename(context: typer.Context, name: Name, to: NewName) -> None:
    """Give a tag another name; its old one goes on meaning it."""
    with opened(context) as desk:
        one = desk.tags.named(name)
        # Who says a former name has not seen what a colleague calls it now.
        known = [row.name for row in desk.tags.list() if row.id == one]
        seen = [said for said in known if name_key(said) == name_key(name)]
        desk.tags.rename(one, to, seen[0] if seen else name)
    typer.echo("The tag has its new name.")


@tag.command()
def colour(
    context: typer.Context,
    name: Name,
    to: Annotated[TagColour, typer.Argument(metavar="COLOUR", show_default=False)],
    was: Annotated[
        TagColour | None,
        typer.Option("--was", metavar="COLOUR", help="Only if it still is what you saw."),
    ] = None,
) -> None:
    """Give a tag a colour: teal, blue, violet, green, yellow, orange, red, grey, or ''."""
    with opened(context) as desk:
        desk.tags.colour(desk.tags.named(name), to, was)
    typer.echo("The tag has its colour.")


@tag.command()
def merge(
    context: typer.Context,
    name: Name,
    into: Annotated[str, typer.Argument(metavar="INTO", show_default=False)],
    as_json: Json = False,
) -> None:
    """Give every ticket with TAG the tag INTO instead."""
    with opened(context) as desk:
        made = desk.tags.merge(desk.tags.named(name), desk.tags.named(into))
    if as_json:
        show_json({"merge": made})
    else:
        typer.echo(f"The tags are one; `deskapp tag unmerge {made}` takes it back.")


@tag.command()
def merges(context: typer.Context, as_json: Json = False) -> None:
    """List the merges that can be taken back."""
    with opened(context) as desk:
        rows = desk.tags.merges()
    show_list(
        as_json,
        [asdict(row) for row in rows],
        ("merge", "at", "tickets", "merged", "into"),
        [(row.id, when(row.at), row.tickets, row.merged, row.kept) for row in rows],
        "There is no merge to take back.",
    )


@tag.command()
def unmerge(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="MERGE", show_default=False)],
    as_json: Json = False,
) -> None:
    """Take a merge back: its tickets get their tag again."""
    with opened(context) as desk:
        tickets = desk.tags.undo_merge(TagMergeId(number))
    if as_json:
        show_json({"tickets": tickets})
    else:
        typer.echo(f"The tags are two again, on {tickets} tickets.")


@tag.command()
def delete(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Take a tag off all tickets and away."""
    with opened(context) as desk:
        tickets = desk.tags.delete(desk.tags.named(name))
    if as_json:
        show_json({"tickets": tickets})
    else:
        typer.echo(f"The tag is gone; {tickets} tickets had it.")
