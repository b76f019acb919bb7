"""``deskapp join LINK``: onto a team's desk, with the password asked and kept."""

import getpass
import sys
from typing import Annotated

import typer

from deskapp import settings
from deskapp.domain.problem import Problem, ProblemKind

from .house import placed
from .options import Json
from .output import show_json, tell
from .passwords import PasswordStdin, given_lines

app = typer.Typer()


@app.command()
def join(
    link: Annotated[str, typer.Argument(metavar="LINK", show_default=False)],
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Join a team's desk with the link you were given. Asks for the password, and for your own.

    With --password-stdin: the password on the first line, your new one on the second.
    """
    from deskapp.joining import join_desk
    from deskapp.secrets import OpenedLater

    first, own = _passwords(password_stdin)
    secrets = OpenedLater()
    with placed(link):
        joined = join_desk(link, first, lambda: own or _typed("Your own new password: "), secrets)
    remembered = settings.load()
    remembered.desk_url, remembered.agent_name = joined.place, joined.name
    remembered.save()
    if not secrets.lasting:
        tell("This computer has no keyring, so the password was not kept and is asked each start.")
    if as_json:
        show_json({"desk": joined.place, "agent": joined.name, "role": joined.role})
    else:
        typer.echo(f"You are {joined.name} ({joined.role}) on {joined.desk_name or joined.place}.")


def _passwords(from_stdin: bool) -> tuple[str, str]:
    lines = given_lines(from_stdin, 2)
    if lines is None:
        return _typed("Password: "), ""
    return lines[0], lines[1] if len(lines) > 1 else ""


def _typed(asked: str) -> str:
    if not sys.stdin.isatty():
        return ""
    typed = getpass.getpass(asked)
    if not typed:
        raise Problem(ProblemKind.EMPTY, what="password")
    return typed
