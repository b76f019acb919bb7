"""Passwords on their way in: from standard input or the environment, never from an argument."""

import os
import sys
from typing import Annotated

import typer

from deskapp.domain.problem import Problem, ProblemKind

from .output import tell

VARIABLE = "DESKAPP_PASSWORD"
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


def given_password(from_stdin: bool) -> str | None:
    """The password this command was given; None without one. Raises Problem(EMPTY)."""
    if not from_stdin:
        return os.environ.get(VARIABLE) or None
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Problem(ProblemKind.EMPTY, what="password")
    return line


def given_lines(from_stdin: bool, most: int) -> list[str] | None:
    """A secret of several parts, each on a line of its own; None without one. Raises EMPTY."""
    if from_stdin:
        told = [sys.stdin.readline().rstrip("\r\n") for _ in range(most)]
    else:
        told = os.environ.get(VARIABLE, "").splitlines()[:most]
        if not told:
            return None
    if not any(told):
        raise Problem(ProblemKind.EMPTY, what="password")
    return told


def remember_password(address: str, password: str) -> None:
    """Keeps it for both servers where passwords last, and says so where they do not."""
    from deskapp.secrets import open_secrets

    secrets = open_secrets()
    if not secrets.lasting:
        tell(
            "This computer has no keyring, so the password was not kept: name a file for it in "
            f"DESKAPP_SECRETS, or set {VARIABLE} whenever the engine runs."
        )
        return
    for what in ("imap", "smtp"):
        secrets.set(address, what, password)


def known_password(address: str, what: str) -> str:
    """The kept password for imap or smtp. Raises Problem(NO_SECRET)."""
    from deskapp.secrets import open_secrets

    found = open_secrets().get(address, what)
    if not found:
        raise Problem(ProblemKind.NO_SECRET, mailbox=address)
    return found
