"""``deskapp approval``: what juniors wrote, approved or returned."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from .house import opened
from .options import Json, TextFile
from .output import show_facts, show_json, show_list, show_text, when
from .texts import read_text

if TYPE_CHECKING:
    from deskapp.domain.approvals import ApprovalRow
    from deskapp.domain.reply_changes import Altered, Version

app = typer.Typer()
approval = typer.Typer(help="Replies of juniors: list, show, approve, return, take back.")
app.add_typer(approval, name="approval")

Number = Annotated[int, typer.Argument(metavar="ID", show_default=False)]
_MARKS = {"added": ("[+", "+]"), "removed": ("[-", "-]"), "kept": ("", "")}


@approval.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the replies that wait for a senior, the oldest first."""
    with opened(context) as desk:
        rows = desk.approvals.waiting()
    show_list(
        as_json,
        [_facts(row) for row in rows],
        ("id", "ticket", "since", "by", "reply"),
        [
            (row.id, row.number, when(row.submitted_at), row.writer_name, row.body[:200])
            for row in rows
        ],
        "No reply waits for approval.",
    )


@approval.command()
def show(context: typer.Context, one: Number, as_json: Json = False) -> None:
    """Show a reply with its rounds, and what a senior changed, recipients and files too:
    [-taken out-] [+put in+]."""
    from deskapp.domain.ids import ApprovalId
    from deskapp.domain.reply_changes import altered

    with opened(context) as desk:
        opened_one = desk.approvals.open(ApprovalId(one))
    if as_json:
        show_json([_facts(row) for row in opened_one.rounds])
        return
    for row in opened_one.rounds:
        show_facts(
            [
                ("Round", row.round),
                ("State", row.state),
                ("Written by", row.writer_name),
                ("Handed in", when(row.submitted_at)),
                ("Decided by", row.senior_name),
                ("Decided", when(row.decided_at)),
                ("Comment", row.comment),
            ]
        )
        show_text(_told(altered(row.given, row.final or row.given)))


@approval.command()
def approve(
    context: typer.Context,
    one: Number,
    text_file: TextFile = None,
    force: Annotated[
        bool, typer.Option("--force", help="Though the ticket has moved on since.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Send a junior's reply: as you edited it in the composer, else as it was handed in, or with
    the text of a file instead."""
    from deskapp.domain.ids import ApprovalId

    words = None if text_file is None else read_text(text_file).strip()
    with opened(context) as desk:
        found = desk.approvals.open(ApprovalId(one))
        final = found.mine
        if words is not None:
            final = replace(found.mine or found.draft, body=words, html="")
        version = found.row.version
        sent = desk.approvals.approve(found.row.id, version, final, force=force, delay=timedelta())
    if as_json:
        show_json({"approval": one, "outbox": sent.outbox_id, "message": sent.message})
    else:
        typer.echo(f"Approved. The reply waits in the outbox as {sent.outbox_id}.")


@approval.command("return")
def return_(
    context: typer.Context,
    one: Number,
    comment: Annotated[str, typer.Option("--comment", metavar="WORDS", show_default=False)],
) -> None:
    """Give a reply back to its writer, with a comment."""
    from deskapp.domain.ids import ApprovalId

    with opened(context) as desk:
        found = desk.approvals.open(ApprovalId(one)).row
        desk.approvals.give_back(found.id, found.version, comment)
    typer.echo(f"Returned to {found.writer_name}, with your comment.")


@approval.command("take-back")
def take_back(context: typer.Context, one: Number) -> None:
    """Take your own reply back, to go on writing."""
    from deskapp.domain.ids import ApprovalId

    with opened(context) as desk:
        desk.approvals.withdraw(ApprovalId(one))
    typer.echo("The reply is your draft again.")


def _told(what: "Altered") -> str:
    """The text with what was taken out and put in between signs, then people and files."""
    lines = ["".join(piece.text.join(_MARKS[piece.edit]) for piece in what.text)]
    for edit, role, who in what.people:
        lines.append(f"{role.capitalize()}: {who.address.join(_MARKS[edit])}")
    for edit, file in what.files:
        lines.append(f"File: {file.filename.join(_MARKS[edit])}")
    if what.forms:
        lines.append("The words stayed; bold, lists or links were changed.")
    return "\n".join(lines)


def _facts(row: "ApprovalRow") -> dict[str, object]:
    return {
        "id": row.id,
        "ticket": row.number,
        "writer": row.writer_name,
        "round": row.round,
        "state": row.state,
        "submitted_at": row.submitted_at,
        "text": row.body,
        "people": _people(row.given),
        "files": [file.filename for file in row.given.files],
        "senior": row.senior_name or None,
        "decided_at": row.decided_at,
        "comment": row.comment,
        "final_text": row.final_body or None,
        "final_people": None if row.final is None else _people(row.final),
        "final_files": None if row.final is None else [one.filename for one in row.final.files],
        "changed": row.changed,
        "outbox": row.outbox_id,
    }


def _people(version: "Version") -> list[dict[str, str]]:
    return [{"role": role, "address": who.address} for role, who in version.people]
