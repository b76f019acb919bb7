"""``deskapp ticket forward``: hands messages of a ticket on to a third party, as a side thread."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem

from .cautions import stop_for
from .house import opened
from .options import Json, TextFile
from .output import show_json
from .texts import read_text


def forward(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", show_default=False)],
    to: Annotated[list[str], typer.Option(metavar="ADDRESS", help="Who gets it; may be repeated.")],
    message: Annotated[
        int | None,
        typer.Option(
            metavar="MESSAGE",
            help="Which message, by its id in `show --json`; else the whole conversation.",
        ),
    ] = None,
    text_file: TextFile = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="FILENAME", help="A file to leave out.")
    ] = None,
    status: Annotated[TicketStatus | None, typer.Option(help="The status afterwards.")] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Send it though something about it looks wrong.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Ask a third party about a ticket. The customer sees neither this nor the answer.

    The ticket is on hold afterwards if it waited for us, and open again once they answer.
    """
    from deskapp.domain.ids import MessageId
    from deskapp.domain.mail import Address

    words = "" if text_file is None else read_text(text_file).strip()
    with opened(context) as desk:
        ticket = desk.tickets.by_number(number)
        chosen = None if message is None else MessageId(message)
        begun = replace(desk.side_threads.begun(ticket), forwards=chosen, body=words)
        people = tuple(Address("", one.strip()) for one in to)
        draft = desk.side_threads.with_files(replace(begun, to=people))
        try:
            kept = tuple(file for file in draft.files if file.filename not in (without or ()))
            draft = desk.replies.save(replace(draft, files=kept))
            if not anyway and (found := desk.replies.cautions(draft)):
                raise stop_for(found, as_json)
            sent = desk.replies.send(draft, status=status, delay=timedelta(), anyway=anyway)
        except (Problem, typer.Exit):
            if draft.id is not None:
                desk.replies.discard(draft.id)  # it held the files, and only for this forward
            raise
    if as_json:
        told = {"ticket": number, "outbox": sent.outbox_id, "message": sent.message}
        show_json({**told, "side_thread": sent.message, "message_id": sent.message_id})
    else:
        typer.echo(f"The forward waits in the outbox as {sent.outbox_id}: <{sent.message_id}>")
