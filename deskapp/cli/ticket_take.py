"""``deskapp ticket take-next``: the next ticket, for whoever asks."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from .house import opened
from .options import Json
from .output import safe_line, show_json
from .ticket_show import ticket_line


def take_next(
    context: typer.Context,
    team: Annotated[
        str, typer.Option(metavar="TEAM", help="Only of this team, which may be another.")
    ] = "",
    view: Annotated[
        str, typer.Option(metavar="NAME", help="Only of this view: unassigned, my_team …")
    ] = "",
    as_json: Json = False,
) -> None:
    """Take the ticket that nobody has and whose promise comes first.

    What is due within a day, overdue or back from a snooze goes first, the earliest in front; then
    who waits longest. Two who ask at once get two tickets.
    """
    from .assigned_words import why_words
    from .ticket_many import view_key

    with opened(context) as desk:
        of = desk.teams.named(team) if team else None
        taken = desk.assigning.take_next(view_key(desk, view) if view else "", of)
    now = datetime.now(UTC)
    if as_json:
        why = "" if taken is None else why_words(taken.why, now)
        line = None if taken is None else ticket_line(taken.ticket)
        show_json({"ticket": line, "why": why})
    elif taken is None:
        typer.echo("Nothing is left to take: every open ticket here has somebody.")
    else:
        row = taken.ticket
        typer.echo(safe_line(f"Ticket {row.number} is yours: {row.subject}"))
        typer.echo(f"Why this one: {why_words(taken.why, now)}.")
