"""Puts the commands together; a command's own file is loaded only when it is called.

``ticket list`` has 0.2 s to answer (DESIGN section 7), and the files of other commands would take
their share of it.
"""

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated

os.environ.setdefault("TYPER_USE_RICH", "0")  # rich costs 30 ms and draws boxes into pipes

import typer

from .house import Choice

# Where each command lives; the order is that of the help.
_FILES = {
    "init": "init",
    "mailbox": "mailbox",
    "engine": "engine",
    "import": "importing",
    "parse": "parse",
    "ticket": "ticket",
    "search": "search",
    "customer": "customer",
    "company": "company",
    "field": "field",
    "order": "order",
    "return": "returns",
    "canned": "canned",
    "agent": "agent",
    "team": "team",
    "team-desk": "team_desk",
    "join": "join",
    "assignment": "assignment",
    "label": "label",
    "tag": "tag",
    "filing": "filing",
    "working-days": "working_days",
    "outbox": "outbox",
    "approval": "approval",
    "export": "keeping",
    "check": "keeping",
    "audit": "audit",
    "backup": "keeping",
    "restore": "keeping",
    "move": "moving",
    "upgrade": "moving",
    "self-test": "self_test",
    "demo": "demo",
}
_TAKE_A_VALUE = ("--desk", "--as")


def program(words: Sequence[str]) -> Callable[[Sequence[str]], object]:
    """The program as far as ``words`` need it: one command's file, or all of them for the help."""
    app = typer.Typer(
        name="deskapp",
        help="A helpdesk for small support teams. Without a command it opens its windows.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    app.callback()(_common)
    command_name = called(words)
    files = (
        [_FILES[command_name]] if command_name in _FILES else list(dict.fromkeys(_FILES.values()))
    )
    for file in files:
        app.add_typer(import_module(f"deskapp.cli.{file}").app)
    command = typer.main.get_command(app)
    return lambda words: command.main(args=list(words), prog_name="deskapp")


def called(words: Sequence[str]) -> str:
    """The command's name: the first word that is neither an option nor an option's value."""
    rest = iter(words)
    for word in rest:
        if word in _TAKE_A_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return ""


def _common(
    context: typer.Context,
    desk: Annotated[
        str,
        typer.Option(
            "--desk",
            metavar="URL",
            envvar="DESKAPP_DESK",
            help="The desk: a file, or postgresql://… Without it, the desk last opened.",
        ),
    ] = "",
    agent: Annotated[
        str,
        typer.Option(
            "--as", metavar="AGENT", envvar="DESKAPP_AGENT", help="Who acts: a name or address."
        ),
    ] = "",
) -> None:
    context.obj = Choice(desk, agent)
