"""``deskapp ticket reply``: queues an answer, which leaves with the engine's next round."""

import mimetypes
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind

from .house import opened
from .options import Json, TextFile
from .output import show_json
from .texts import read_file, read_text

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.desk.replies import Sent
    from deskapp.domain.ids import CannedId, TicketId
    from deskapp.domain.replies import Draft


def reply(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", show_default=False)],
    text_file: TextFile = None,
    canned: Annotated[
        str, typer.Option(metavar="NAME", help="A canned reply; the file's text comes below it.")
    ] = "",
    status: Annotated[TicketStatus | None, typer.Option(help="The status afterwards.")] = None,
    attach: Annotated[list[Path] | None, typer.Option(metavar="FILE")] = None,
    quote: Annotated[bool, typer.Option(help="Quote the message answered.")] = True,
    seen: Annotated[
        int | None,
        typer.Option(
            metavar="MESSAGE", help="The newest message you have read; a newer one stops the reply."
        ),
    ] = None,
    act: Annotated[
        UUID | None,
        typer.Option(
            metavar="UUID", help="Your own id of this reply; given again, nothing is sent twice."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer the customer of a ticket."""
    words = "" if text_file is None else read_text(text_file).strip()
    files = [(path.name, read_file(path)) for path in attach or ()]
    act_id = None if act is None else str(act)
    with opened(context) as desk:
        ticket = desk.tickets.by_number(number)
        if act_id is not None and (earlier := desk.replies.sent_as(act_id)) is not None:
            _tell(number, earlier, as_json)
            return
        used = desk.canned.by_name(canned) if canned else None
        text = _text(desk, ticket, used, words)
        draft = replace(_fresh(desk, ticket, seen), body=text, quote=quote)
        for name, data in files:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            draft = desk.replies.attach(draft, name, kind, data)
        try:
            sent = desk.replies.send(draft, status=status, delay=timedelta(), act=act_id)
        except Problem as problem:
            if draft.id is not None:
                desk.replies.discard(draft.id)  # it held the files, and only for this reply
            raise _placed(problem, text) from problem
        if used is not None:
            desk.canned.used(used, ticket)
    _tell(number, sent, as_json)


def _tell(number: int, sent: "Sent", as_json: bool) -> None:
    if as_json:
        told = {"ticket": number, "outbox": sent.outbox_id, "message": sent.message}
        show_json({**told, "message_id": sent.message_id})
    else:
        typer.echo(f"The reply waits in the outbox as {sent.outbox_id}: <{sent.message_id}>")


def _fresh(desk: "Desk", ticket: "TicketId", seen: int | None) -> "Draft":
    """A reply of its own: what the same person is writing in a window stays as it is."""
    from deskapp.domain.ids import MessageId

    begun = desk.replies.draft(ticket)
    conversation = desk.tickets.conversation(ticket)
    newest = conversation.newest if seen is None else MessageId(seen)
    merges = conversation.merges
    return replace(begun, id=None, version=1, files=(), base=newest, merges=merges)


def _text(desk: "Desk", ticket: "TicketId", canned: "CannedId | None", words: str) -> str:
    if canned is None:
        return words
    rendered = desk.canned.render(canned, ticket)
    for open_place in rendered.unresolved:
        problem = Problem(
            ProblemKind.UNRESOLVED_PLACEHOLDER,
            name=open_place.name,
            start=open_place.start,
            end=open_place.end,
        )
        raise _placed(problem, rendered.text)
    return "\n\n".join(part for part in (rendered.text.strip(), words) if part)


def _placed(problem: Problem, text: str) -> Problem:
    """An unfilled placeholder, with its line and character, both counted from 1."""
    start = problem.details.get("start")
    if problem.kind is not ProblemKind.UNRESOLVED_PLACEHOLDER or not isinstance(start, int):
        return problem
    before = text[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1) + 1
    return Problem(problem.kind, **{**problem.details, "line": line, "column": column})
