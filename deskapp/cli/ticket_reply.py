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
from deskapp.domain.replies import NO_ACTIONS

from .approval_told import hand_in
from .canned_doing import acts_words, do_acts, set_to
from .cautions import stop_for, tell_heading
from .house import opened
from .options import Json, TextFile
from .output import show_json
from .texts import read_file, read_text

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.desk.sending import Sent
    from deskapp.domain.cautions import Caution
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
    sender: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="ADDRESS",
            help="Which of our addresses it leaves from; else the one the customer wrote to.",
        ),
    ] = "",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Send it though something about it looks wrong.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Answer the customer of a ticket.

    A reply that looks wrong is held back with exit 1 and the reason: a file is named and none is
    attached, another customer's name or order stands in it, or it is too large for the server.
    """
    words = "" if text_file is None else read_text(text_file).strip()
    files = [(path.name, read_file(path)) for path in attach or ()]
    act_id = None if act is None else str(act)
    with opened(context) as desk:
        ticket = desk.tickets.by_number(number)
        if act_id is not None and (earlier := desk.replies.sent_as(act_id)) is not None:
            _tell(number, earlier, as_json)
            return
        used = desk.canned.by_name(canned) if canned else None
        draft = replace(_fresh(desk, ticket, seen), quote=quote, sender=sender)
        draft = _written(desk, draft, used, words)
        text = draft.body
        for name, data in files:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            draft = desk.replies.attach(draft, name, kind, data)
        try:
            if not anyway and (found := _doubts(desk, draft)):
                raise stop_for(found, as_json)
            actions = desk.canned.get(used).actions if used is not None else NO_ACTIONS
            after = status or actions.status
            if desk.approvals.needed():
                hand_in(desk, draft, after, act_id, anyway, number, as_json)
                return
            sent = desk.replies.send(
                draft, status=after, delay=timedelta(), act=act_id, anyway=anyway
            )
        except (Problem, typer.Exit) as stop:
            if draft.id is not None:
                desk.replies.discard(draft.id)  # it held the files, and only for this reply
            if isinstance(stop, Problem):
                raise _placed(stop, text) from stop
            raise
        if used is not None:
            desk.canned.sent([(desk.canned.used(used, ticket), False)])
        did = do_acts(desk, ticket, replace(actions, status=None), canned) | set_to(after)
        heading = desk.replies.heading(ticket)
    _tell(number, sent, as_json, did if used is not None else None)
    tell_heading(heading, sender, [one.address for one in draft.to])


def _doubts(desk: "Desk", draft: "Draft") -> list["Caution"]:
    """What to look at before it leaves. Unfilled placeholders and no text at all come first and
    as Problems of their own, which ``send`` tells."""
    from deskapp.domain.cautions import CautionKind
    from deskapp.domain.placeholders import find_unresolved

    if find_unresolved(draft.body):
        return []
    return [one for one in desk.replies.cautions(draft) if one.kind is not CautionKind.EMPTY]


def _tell(number: int, sent: "Sent", as_json: bool, did: dict[str, object] | None = None) -> None:
    if as_json:
        told = {"ticket": number, "outbox": sent.outbox_id, "message": sent.message}
        more = {} if did is None else {"did": did}
        show_json({**told, "message_id": sent.message_id, **more})
    else:
        typer.echo(f"The reply waits in the outbox as {sent.outbox_id}: <{sent.message_id}>")
        if did:
            typer.echo(f"The canned reply set {acts_words(did)}.")


def _fresh(desk: "Desk", ticket: "TicketId", seen: int | None) -> "Draft":
    """A reply of its own: what the same person is writing in a window stays as it is."""
    from deskapp.domain.ids import MessageId

    begun = desk.replies.draft(ticket)
    conversation = desk.tickets.conversation(ticket)
    newest = conversation.newest if seen is None else MessageId(seen)
    return replace(
        begun, id=None, version=1, files=(), base=newest, seen_event=conversation.newest_event
    )


def _written(desk: "Desk", draft: "Draft", canned: "CannedId | None", words: str) -> "Draft":
    """The draft with its words, below those of a canned reply with its files and pictures."""
    if canned is None:
        return replace(draft, body=words)
    from deskapp.domain.canned_drafts import with_canned

    rendered = desk.canned.render(canned, draft.ticket_id, order=draft.order)
    for open_place in rendered.unresolved:
        problem = Problem(
            ProblemKind.UNRESOLVED_PLACEHOLDER,
            name=open_place.name,
            start=open_place.start,
            end=open_place.end,
        )
        raise _placed(problem, rendered.text)
    return with_canned(draft, rendered.text, rendered.files, words)


def _placed(problem: Problem, text: str) -> Problem:
    """An unfilled placeholder, with its line and character, both counted from 1."""
    start = problem.details.get("start")
    if problem.kind is not ProblemKind.UNRESOLVED_PLACEHOLDER or not isinstance(start, int):
        return problem
    before = text[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1) + 1
    return Problem(problem.kind, **{**problem.details, "line": line, "column": column})
