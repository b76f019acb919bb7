"""``deskapp outbox``: replies that wait, failed, or may have been sent."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.ids import OutboxId
from deskapp.domain.outbox_trouble import told

from .fault_words import reason
from .house import opened
from .options import Json
from .output import show_json, show_list, when

if TYPE_CHECKING:
    from deskapp.domain.replies import OutboxRow

app = typer.Typer()
outbox = typer.Typer(help="The outbox: list, retry, cancel, settle.")
app.add_typer(outbox, name="outbox")

Number = Annotated[int, typer.Argument(metavar="ID", show_default=False)]


@outbox.command("list")
def list_(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that ended.")] = False,
    as_json: Json = False,
) -> None:
    """List replies that have not left or need a person."""
    with opened(context) as desk:
        rows = desk.replies.outbox(everything)
    show_list(
        as_json,
        [_line(row) for row in rows],
        ("id", "ticket", "state", "tries", "not before", "to", "why"),
        [
            (
                row.id,
                row.ticket_number,
                row.state,
                row.attempts,
                when(row.not_before),
                ", ".join(row.to),
                reason(row, datetime.now(UTC)),
            )
            for row in rows
        ],
        "Nothing waits to be sent.",
    )


def _line(row: "OutboxRow") -> dict[str, object]:
    return {
        "id": row.id,
        "ticket": row.ticket_number,
        "to": row.to,
        "state": row.state,
        "phase": row.phase,
        "attempts": row.attempts,
        "not_before": row.not_before,
        "last_error": told(row.fault, row.last_error),
        "reason": reason(row, datetime.now(UTC)),
        "automatic": row.automatic,
    }


@outbox.command()
def retry(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Send a failed reply again with the engine's next round."""
    with opened(context) as desk:
        desk.replies.retry(OutboxId(number))
    _done(number, "waits to be sent again", as_json)


@outbox.command()
def cancel(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Give a reply up that has not left; its text is a draft again."""
    with opened(context) as desk:
        is_draft = desk.replies.cancel(OutboxId(number))
    again = "is cancelled, and its text is a draft again"
    _done(number, again if is_draft else "is not tried again; some have it already", as_json)


@outbox.command()
def settle(
    context: typer.Context,
    number: Number,
    sent: Annotated[bool, typer.Option("--sent/--not-sent", help="Whether the customer has it.")],
    as_json: Json = False,
) -> None:
    """Answer whether a reply that may have been sent was; one that was not is sent again."""
    with opened(context) as desk:
        desk.replies.uncertain_was_sent(OutboxId(number), sent)
    _done(number, "counts as sent" if sent else "waits to be sent again", as_json)


def _done(number: int, what: str, as_json: bool) -> None:
    if as_json:
        show_json({"id": number, "done": True})
    else:
        typer.echo(f"Reply {number} {what}.")
