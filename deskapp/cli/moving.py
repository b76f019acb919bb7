"""``deskapp move`` and ``deskapp upgrade``: to another database, or to this program's form."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from deskapp import settings
from deskapp.domain.desk_address import is_server, without_password
from deskapp.domain.desk_move import Moved
from deskapp.domain.problem import Problem
from deskapp.paths import from_anywhere

from .errors import FAILED, WRONG_USE, exit_code, sentence
from .house import choice, desk_address, opened, placed
from .init import remembered
from .moving_shown import ShownProgress
from .options import Json
from .output import show_json, tell

app = typer.Typer()


@app.command()
def move(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False)] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Look whether it can be done; write nothing.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="The desk has moved from here: take that back.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Copy the whole desk to another database, prove it, and close this one.

    URL is postgresql://person@host/database, or a file. Nobody can write to the desk meanwhile;
    nothing is lost when it is interrupted: the same command again goes on.
    """
    address = desk_address(choice(context))
    if undo == bool(url):
        tell("Name where the desk is to go, or --undo, not both.")
        raise typer.Exit(WRONG_USE)
    if undo:
        _undo(address, as_json)
        return
    _move(address, url, dry_run, as_json)


def _move(address: str, url: str, dry_run: bool, as_json: bool) -> None:
    from deskapp.desk.upkeep import move as move_desk
    from deskapp.secrets import OpenedLater, with_kept_password

    target = with_kept_password(url, OpenedLater()) if is_server(url) else url
    began = time.monotonic()
    shown = ShownProgress(as_json)
    with _still_there(address, target), placed(address):
        try:
            moved = move_desk(address, target, try_only=dry_run, told=shown.show)
        finally:
            shown.end()
    if not dry_run:
        _follow(address, target)
    if as_json:
        show_json(_document(address, moved, time.monotonic() - began))
    else:
        _tell_moved(address, moved)


def _document(address: str, moved: Moved, seconds: float) -> dict[str, object]:
    found: dict[str, object] = {
        "desk": moved.to,
        "from": without_password(address),
        "dry_run": moved.tried,
        "tables": {name: asdict(one) for name, one in moved.tables.items()},
        "rows": moved.rows,
        "seconds": round(seconds, 1),
    }
    return found | ({"size": moved.size, "free": moved.free} if moved.tried else {})


@contextmanager
def _still_there(address: str, target: str) -> Iterator[None]:
    """Whatever stops a move: where the desk is now, and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        tell("Stopped.")
        _tell_where(address, target)
        raise typer.Exit(FAILED) from None
    except Problem as problem:
        tell(sentence(problem))
        _tell_where(address, target)
        raise typer.Exit(exit_code(problem)) from problem


def _tell_where(address: str, target: str) -> None:
    from deskapp.desk.upkeep import went_to

    here, there = without_password(address), without_password(target)
    gone = went_to(address)
    if gone:
        tell(
            f"All of the desk had arrived at {gone}, and {here} is closed. Run the same move "
            "again: only its last step is missing."
        )
    elif gone is None:
        tell(f"{here} cannot be asked at this moment; look again when it answers.")
    else:
        tell(f"The desk is still at {here}, complete, and works; nothing was taken to {there}.")


def _follow(address: str, target: str) -> None:
    """Who has this desk in the settings has the new place there now."""
    mine = settings.load().desk_url
    if not mine or without_password(mine) == without_password(address):
        remembered(target, from_anywhere(without_password(address)))


def _tell_moved(address: str, moved: Moved) -> None:
    here, what = without_password(address), f"{len(moved.tables)} tables with {moved.rows:,} rows"
    if moved.tried:
        typer.echo(f"{here} can move to {moved.to}: {what}. Nothing was changed.")
        typer.echo(_room(moved))
        return
    typer.echo(f"The desk is now at {moved.to}: {what}, the same at both ends.")
    typer.echo(
        f"{here} is kept as it was; whoever opens it is told where the desk is now. "
        "`deskapp move --undo` there takes the move back."
    )


def _room(moved: Moved) -> str:
    size = f"The desk takes {moved.size / 1e6:,.0f} MB where it is"
    if moved.free is None:
        return f"{size}; ask who runs the server for twice as much."
    free = f"{moved.free / 1e6:,.0f} MB"
    if moved.short:
        return f"{size}, and there only {free} are free: make room before you move it."
    return f"{size}; there {free} are free."


def _undo(address: str, as_json: bool) -> None:
    from deskapp.desk.upkeep import take_back

    with placed(address):
        gone = take_back(address)
    if gone:
        remembered(address)
    if as_json:
        show_json({"desk": without_password(address), "moved_to": gone or None})
    elif gone:
        typer.echo(f"The desk works at {without_password(address)} again.")
        tell(f"What was written at {gone} since is not here; close that desk to everybody.")
    else:
        typer.echo("This desk has not moved.")


@app.command()
def upgrade(context: typer.Context, as_json: Json = False) -> None:
    """Bring an older desk to this program's form, also while colleagues are connected.

    Their older programs can read from then on and not write; each says so and asks for an update.
    """
    from deskapp.data.schema import SCHEMA

    with opened(context, beside_others=True):
        pass
    if as_json:
        show_json({"desk": without_password(desk_address(choice(context))), "schema": SCHEMA})
    else:
        typer.echo(f"The desk has the form of this program: {SCHEMA}.")
