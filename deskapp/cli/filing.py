"""``deskapp filing``: the desk's own rules for mail that comes in."""

from typing import Annotated

import typer

from .house import opened
from .options import Json
from .output import show_json

app = typer.Typer()


@app.command()
def filing(
    context: typer.Context,
    reopen_days: Annotated[
        int | None,
        typer.Option(help="Days after its end within which an answer reopens a ticket."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show or set how mail is filed."""
    with opened(context) as desk:
        if reopen_days is not None:
            desk.intake.set_reopen_days(reopen_days)
        days = desk.intake.reopen_days()
    if as_json:
        show_json({"reopen_days": days})
    else:
        typer.echo(f"An answer reopens a ticket until {days} days after it ended.")
