"""``deskapp engine``: fetches, files and sends, without windows."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import IN_PART, code_of, sentence
from .house import choice, desk_address, placed
from .options import Json
from .output import safe_line, show_json, tell

if TYPE_CHECKING:
    from deskapp.engine.once import OnceReport

app = typer.Typer()

_BESIDE_A_WINDOW = 5  # niceness: where processors are few, a window that wants to paint goes first


@app.command()
def engine(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One round, then the end.")] = False,
    mailbox: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Only this mailbox.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Fetch, file and send mail until it is stopped, or once.

    Beside a window its standard input is a pipe of commands and its output one of news.
    """
    from deskapp.engine.commands import stdin_is_a_pipe
    from deskapp.engine.once import run_once
    from deskapp.engine.process import run_engine

    address = desk_address(choice(context))
    if once:
        with placed(address):
            report = run_once(address, mailbox=mailbox)
        _show_round(report, as_json)
        return
    news = None if sys.stdout.isatty() else sys.stdout
    if news is None:
        tell("Fetching and sending; Ctrl+C stops it.")
    commands = sys.stdin.fileno() if stdin_is_a_pipe() else None
    if commands is not None and sys.platform != "win32":
        os.nice(_BESIDE_A_WINDOW)
    with placed(address):
        status = run_engine(address, mailbox=mailbox, commands=commands, output=news)
    raise typer.Exit(status)


def _show_round(report: "OnceReport", as_json: bool) -> None:
    if as_json:
        show_json(report.as_json())
    else:
        for one in report.mailboxes:
            counts = f"{one.stored} of {one.on_server} here, {one.new} new, {one.held} held"
            typer.echo(f"{one.address}: {counts}, {one.seconds:.1f} s")
        for source in report.orders:
            typer.echo(safe_line(f"{source.name}: {source.new} new, {source.updated} updated"))
        typer.echo(f"{report.sent} sent, {report.uncertain} uncertain")
    done = [(one.address, one.problem) for one in report.mailboxes]
    done += [(one.name, one.problem) for one in report.orders]
    failed = [(name, problem) for name, problem in done if problem is not None]
    for name, problem in failed:
        tell(f"{name}: {sentence(problem)}")
    if failed:
        whole = len(failed) == len(done)
        raise typer.Exit(code_of(failed[0][1].kind) if whole else IN_PART)
