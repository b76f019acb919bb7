"""``deskapp search``: messages by what is written in them."""

from typing import Annotated

import typer

from .house import opened
from .options import Json, Limit
from .output import show_json, show_table

app = typer.Typer()


@app.command()
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", show_default=False)],
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """Find messages by their words; case, marks and Chinese script do not count."""
    from deskapp.domain.tickets import HIT_END, HIT_START

    with opened(context) as desk:
        found = desk.search.find(" ".join(words), limit, ("message",))
    unmarked = str.maketrans("", "", HIT_START + HIT_END)
    rows = [
        {
            "ticket": one.ticket_number,
            "message": one.message_id,
            "subject": one.subject,
            "snippet": one.snippet.translate(unmarked),
            "score": one.score,
        }
        for one in found
    ]
    if as_json:
        show_json(rows)
    elif rows:
        show_table(
            ("ticket", "subject", "text"),
            [(row["ticket"], row["subject"], row["snippet"]) for row in rows],
        )
    else:
        typer.echo("Nothing was found.")
