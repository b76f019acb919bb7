"""``deskapp working-days``: on which days the desk works, for "next working day"."""

from typing import Annotated

import typer

from .house import opened
from .options import Json, TextFile
from .output import show_json
from .texts import read_text

app = typer.Typer()


@app.command("working-days")
def working_days(
    context: typer.Context,
    week: Annotated[
        str | None,
        typer.Option(metavar="DIGITS", help="Weekdays that are worked, Monday is 1: 12345."),
    ] = None,
    days: TextFile = None,
    as_json: Json = False,
) -> None:
    """Show or set the days on which the desk works.

    The file of --text-file has a line for each single day: "2026-02-17 Tết" is off, "+2026-02-14"
    is worked though it is a weekend. It replaces those there were.
    """
    from deskapp.domain.working_days import (
        WorkingDays,
        special_read,
        special_written,
        week_read,
        week_written,
    )

    with opened(context) as desk:
        known = desk.calendar.get()
        if week is not None or days is not None:
            wanted = WorkingDays(
                known.week if week is None else week_read(week),
                known.special if days is None else special_read(read_text(days)),
            )
            desk.calendar.save(wanted, known)
            known = desk.calendar.get()
    if as_json:
        special = [{"day": one.day, "name": one.name, "works": one.works} for one in known.special]
        show_json({"week": week_written(known.week), "days": special})
    else:
        typer.echo(f"Weekdays that are worked (Monday is 1): {week_written(known.week)}")
        if known.special:
            typer.echo(special_written(known.special))
