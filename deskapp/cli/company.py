"""``deskapp company``: a company with its people and what happened with all of them."""

from dataclasses import asdict
from typing import Annotated

import typer

from deskapp.domain.companies import CompanyEdit
from deskapp.domain.timeline import Happening, TimelineAsk

from .customer_shown import entry_words, line
from .house import opened
from .options import Json
from .output import safe_line, show_facts, show_json, show_text, when

_MOST_SHOWN = 200

app = typer.Typer()
company = typer.Typer(help="Companies: show, set, add a domain, note.")
app.add_typer(company, name="company")

Name = Annotated[str, typer.Argument(metavar="COMPANY", show_default=False)]


@company.command()
def show(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Show a company by its name or domain: people, notes, and one axis of all of them."""
    with opened(context) as desk:
        record = desk.companies.record(desk.companies.named(name))
        ask = TimelineAsk(tuple(Happening), limit=_MOST_SHOWN)
        page = desk.companies.timeline(record.row.id, ask)
    if as_json:
        show_json(
            {
                **asdict(record.row),
                "domains": list(record.domains),
                "must_know": record.must_know,
                "members": [line(one) for one in record.people],
                "notes": [asdict(one) for one in record.notes],
                "timeline": [asdict(one) for one in page.entries],
            }
        )
        return
    typer.echo(safe_line(f"{record.row.id}  {record.row.name}"))
    show_facts((("must know", record.must_know), ("domains", ", ".join(record.domains))))
    for one in record.people:
        typer.echo(safe_line(f"{one.id}  {one.name}  {one.email}"))
    for note in record.notes:
        typer.echo(safe_line(f"\n{when(note.at)}  NOTE  {note.agent_name}"))
        show_text(note.text)
    for entry in page.entries:
        typer.echo(safe_line(entry_words(entry)))


@company.command("set")
def set_(
    context: typer.Context,
    name: Name,
    to: Annotated[str | None, typer.Option("--name", metavar="NEW")] = None,
    must_know: Annotated[str | None, typer.Option()] = None,
    domain: Annotated[list[str] | None, typer.Option(metavar="DOMAIN")] = None,
) -> None:
    """Change a company's name or must-know note, or add domains of its mail."""
    with opened(context) as desk:
        one = desk.companies.named(name)
        for each in domain or ():
            desk.companies.add_domain(one, each)
        desk.companies.edit(one, CompanyEdit(to, must_know))
    typer.echo("The company is changed.")


@company.command()
def note(
    context: typer.Context,
    name: Name,
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
) -> None:
    """Add a note about a company."""
    with opened(context) as desk:
        desk.companies.add_note(desk.companies.named(name), text)
    typer.echo("The note is there.")
