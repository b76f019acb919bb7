"""``deskapp ticket``: lists tickets, shows one, changes them."""

from datetime import datetime
from typing import Annotated

import typer

from deskapp.domain.entries import Channel, Entry, Heard
from deskapp.domain.kinds import View

from .house import opened
from .options import Json, Limit, TextFile
from .output import show_json, show_table
from .texts import read_text
from .ticket_forward import forward
from .ticket_hand_over import hand_over
from .ticket_joining import link, merge, move, split, unmerge
from .ticket_many import undo, view_key
from .ticket_reply import reply
from .ticket_set import set_
from .ticket_show import present_told, ticket_line, ticket_shown, ticket_told
from .ticket_take import take_next

app = typer.Typer()
ticket = typer.Typer(
    help="Tickets: list, take next, show, reply, note, set, hand over, merge, split, move, link, "
    "undo."
)
app.add_typer(ticket, name="ticket")
ticket.command("reply")(reply)
ticket.command("forward")(forward)
ticket.command("set")(set_)
for _join in (merge, unmerge, split, move, link):
    ticket.command(_join.__name__)(_join)
ticket.command("hand-over")(hand_over)
ticket.command("take-next")(take_next)
ticket.command("undo")(undo)

Number = Annotated[int, typer.Argument(metavar="N", show_default=False, help="The ticket's number")]


@ticket.command("list")
def list_(
    context: typer.Context,
    view: Annotated[
        str, typer.Option(metavar="NAME", help=f"{', '.join(View)}, or a pinned view by its name.")
    ] = View.ALL_OPEN.value,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List the tickets of a view: those that wait longest come first."""
    with opened(context) as desk:
        rows = desk.tickets.rows(desk.tickets.view_ids(view_key(desk, view), limit))
    if as_json:
        show_json([ticket_line(row) for row in rows])
        return
    if not rows:
        typer.echo(f"No ticket is in the view {view}.")
        return
    show_table(
        ("ticket", "status", "customer", "assignee", "subject"),
        [
            (row.number, row.label or row.status, row.customer_name, row.assignee_name, row.subject)
            for row in rows
        ],
    )


@ticket.command()
def show(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Show a ticket with its messages and its history."""
    with opened(context) as desk:
        conversation = desk.tickets.conversation(desk.tickets.by_number(number))
        owner = conversation.ticket.customer_id
        customers = [] if owner is None else desk.customers.rows([owner])
        people = desk.presence.on(conversation.ticket.id)
    if as_json:
        show_json({**ticket_told(conversation, customers), "present": present_told(people)})
    else:
        ticket_shown(conversation, customers, people)


@ticket.command()
def note(
    context: typer.Context,
    number: Number,
    text_file: TextFile = None,
    text: Annotated[str, typer.Option(help="The note itself, instead of a file.")] = "",
    channel: Annotated[
        Channel | None, typer.Option(help="It tells of a call, chat, post or review.")
    ] = None,
    heard: Annotated[Heard, typer.Option(help="Who began: the customer (in) or us.")] = Heard.IN,
    contact: Annotated[str, typer.Option(help="Number, name or link.")] = "",
    minutes: Annotated[int | None, typer.Option(help="How long it took.")] = None,
    outcome: Annotated[str, typer.Option(help="What came of it, in a few words.")] = "",
    follow_up: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to come back to it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Put an internal note on a ticket; @NAME calls a colleague. With --channel, write down a call,
    chat, post or review."""
    words = text if text_file is None else read_text(text_file)
    entry = None
    if channel is not None:
        day = None if follow_up is None else follow_up.date()
        entry = Entry(channel, heard, contact, minutes, outcome, day)
    with opened(context) as desk:
        made = desk.tickets.note(desk.tickets.by_number(number), words, entry)
    if as_json:
        show_json({"ticket": number, "message": made})
    else:
        typer.echo(f"The note is on ticket {number}.")
