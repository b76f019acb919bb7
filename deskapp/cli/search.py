"""``deskapp search``: messages by what is written in them."""

from typing import Annotated

import typer

from .house import opened
from .options import Json, Limit
from .output import show_list

app = typer.Typer()


@app.command()
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", show_default=False)],
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """Find messages by words and operators (status:open, from:mai, tag:vip, waiting:>2d,
    before:2026-11, has:attachment, -word); case, marks and Chinese script do not count."""
    from deskapp.domain.search_answers import HIT_END, HIT_START

    with opened(context) as desk:
        typed = " ".join(words)
        found = desk.search.find(typed, limit, ("message",))
        as_text = desk.search.read(typed).as_text
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
    for name in as_text:
        typer.echo(f"{name} is no operator with that value; it was searched as text.", err=True)
    show_list(
        as_json,
        rows,
        ("ticket", "subject", "text"),
        [(row["ticket"], row["subject"], row["snippet"]) for row in rows],
        "Nothing was found.",
    )
