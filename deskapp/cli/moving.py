"""``deskapp move`` and ``deskapp upgrade``: to another database, or to this program's form."""

import sys
import time
from dataclasses import asdict
from typing import Annotated

import typer

from deskapp import settings
from deskapp.domain.desk_address import is_server, without_password
from deskapp.domain.desk_move import Moved

from .errors import WRONG_USE
from .house import choice, desk_address, opened, placed
from .init import remembered
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
    with placed(address):
        moved = move_desk(address, target, try_only=dry_run, told=_progress)
    if not dry_run:
        _follow(address, target)
    if as_json:
        show_json(
            {
                "desk": moved.to,
                "from": without_password(address),
                "dry_run": moved.tried,
                "tables": {name: asdict(one) for name, one in moved.tables.items()},
                "seconds": round(time.monotonic() - began, 1),
            }
        )
    else:
        _tell_moved(address, moved)


def _follow(address: str, target: str) -> None:
    """Who has this desk in the settings has the new place there now."""
    mine = settings.load().desk_url
    if not mine or without_password(mine) == without_password(address):
        remembered(target)


def _tell_moved(address: str, moved: Moved) -> None:
    rows = sum(one.rows for one in moved.tables.values())
    here, what = without_password(address), f"{len(moved.tables)} tables with {rows} rows"
    if moved.tried:
        typer.echo(f"{here} can move to {moved.to}: {what}. Nothing was changed.")
        return
    typer.echo(f"The desk is now at {moved.to}: {what}, the same at both ends.")
    typer.echo(
        f"{here} is kept as it was; whoever opens it is told where the desk is now. "
        "`deskapp move --undo` there takes the move back."
    )


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


def _progress(step: str, table: str) -> None:
    """One line on a terminal that says which table it is; nothing in a pipe."""
    if sys.stderr.isatty():
        words = {"copy": "Copying", "prove": "Proving"}[step]
        sys.stderr.write(f"\r{words} {table} …\x1b[K")
        sys.stderr.flush()


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
