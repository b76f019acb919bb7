"""Which tickets a command changes, and how it tells what became of several; taking it back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from deskapp.domain.kinds import View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.undoing import MAILS, ActKind

from .house import opened
from .options import Json
from .output import show_json

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import TicketId
    from deskapp.domain.undoing import Act


def chosen_tickets(
    desk: "Desk", numbers: Sequence[int], matching: str, view: str
) -> "list[TicketId]":
    """Those named by number, those that a search finds, and those of a view: each once.

    Raises Problem(INVALID, what="matching") for an operator that means nothing: as text it would
    find other tickets than were meant.
    """
    found = [desk.tickets.by_number(number) for number in numbers]
    if matching.strip():
        if unknown := desk.search.read(matching).as_text:
            raise Problem(ProblemKind.INVALID, what="matching", value=unknown[0])
        found += desk.search.tickets(matching, None)
    if view:
        found += desk.tickets.view_ids(view_key(desk, view))
    return list(dict.fromkeys(found))


def view_key(desk: "Desk", name: str) -> str:
    """One of every desk's views, or a pinned one by its name. Raises Problem(NOT_FOUND)."""
    return name if name in list(View) else desk.views.by_name(name).key


def show_many(found: int, changed: int, as_json: bool, *, dry: bool = False) -> None:
    """How many tickets there were, and how many of them the command changed."""
    if as_json:
        show_json({"tickets": found, "changed": changed, "dry_run": dry})
    elif dry:
        typer.echo(f"{found} tickets would be changed. Nothing was.")
    else:
        rest = f"; {found - changed} were so already or cannot be" if found > changed else ""
        typer.echo(f"{changed} tickets changed{rest}. `deskapp ticket undo` takes it back.")


def undo(
    context: typer.Context,
    as_json: Json = False,
) -> None:
    """Take back what you did last to tickets, in the windows or by a command."""
    with opened(context) as desk:
        last, _ = desk.undo.stack()
        if last is None:
            raise Problem(ProblemKind.NOT_FOUND, what="act", value="")
        restored, kept = _taken_back(desk, last)
    if as_json:
        show_json({"kind": last.kind, "tickets": last.count, "restored": restored, "kept": kept})
    else:
        rest = f"; {kept} were left as they are, changed since" if kept else ""
        typer.echo(f"Taken back on {restored} of {last.count} tickets{rest}.")


def _taken_back(desk: "Desk", last: "Act") -> tuple[int, int]:
    from deskapp.domain.ids import OutboxId

    if last.kind in MAILS:
        desk.replies.undo(OutboxId(int(last.detail)), join=True)
        return 1, 0
    if last.kind is ActKind.BULK_SEND:
        return desk.bulk_replies.take_back(last.id)
    done = desk.undo.take_back(last.id)
    return done.restored, done.kept_count
