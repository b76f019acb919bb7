"""Opens the desk a command works on, as the person who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from deskapp import paths, settings
from deskapp.domain.desk_address import is_server, without_password
from deskapp.domain.problem import Problem, ProblemKind

from .output import tell

if TYPE_CHECKING:  # the Desk brings SQLAlchemy along, which a help text or `parse` need not load
    from deskapp.desk import Desk


_ASK_SECONDS = 90.0  # a server that is restarted is back by then; afterwards nobody asks again


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says about desk and agent; "" where it says nothing."""

    desk: str
    agent: str


def choice(context: typer.Context) -> Choice:
    """The common options of the command that runs."""
    found = context.find_root().obj
    assert isinstance(found, Choice)
    return found


def desk_address(chosen: Choice) -> str:
    """The desk named on the command line or in DESKAPP_DESK, else the one last opened.

    A database's address comes with the password kept for it.
    """
    named = chosen.desk or settings.load().desk_url or str(paths.default_desk())
    if not is_server(named):
        return named
    from deskapp.secrets import OpenedLater, with_kept_password

    return with_kept_password(named, OpenedLater())


@contextmanager
def opened(
    context: typer.Context, *, create: bool = False, name: str = "", beside_others: bool = False
) -> "Iterator[Desk]":
    """The chosen desk, closed afterwards; ``create`` makes it, called ``name``, where it is not.

    Raises Problem when it cannot be opened, or when ``--as`` names nobody.
    """
    from deskapp.wiring import open_house

    chosen = choice(context)
    address = desk_address(chosen)
    with placed(address):
        agent_name = settings.load().agent_name
        desk = open_house(
            address,
            create=create,
            name=name,
            agent_name=agent_name,
            beside_others=beside_others,
            waiting=_tell_waiting,
        )
        desk.database.ask_longer(_ASK_SECONDS, _tell_asking)
        try:
            if chosen.agent:
                desk.agent = desk.agents.by_name(chosen.agent)
            with _tickets_named(context):
                yield desk
        finally:
            desk.close()


@contextmanager
def _tickets_named(context: typer.Context) -> Iterator[None]:
    """Where nobody knows what became of a write, it says on which tickets that is to be seen."""
    try:
        yield
    except Problem as problem:
        one, several = context.params.get("number"), context.params.get("numbers")
        there = [one] if one is not None else several or []
        if problem.kind is not ProblemKind.OUTCOME_UNKNOWN or not there:
            raise
        about = {"what": "ticket", "value": ", ".join(str(one) for one in there)}
        raise Problem(problem.kind, **{**problem.details, **about}) from problem


def _tell_asking() -> None:
    tell("The line to the database broke at the last step. Asking it whether this was written.")


def _tell_waiting() -> None:
    tell("Another program is upgrading the desk or writing to it. Waiting until it is done.")


@contextmanager
def placed(address: str) -> Iterator[None]:
    """What goes wrong with a desk inside leaves with the desk's place, for the sentence."""
    try:
        yield
    except Problem as problem:
        raise _at(problem, address) from problem


def _at(problem: Problem, address: str) -> Problem:
    """The same Problem with the place it is about, so that the sentence can name it. One that names
    its own is about another desk."""
    kind, details = problem.kind, {**problem.details}
    place = str(details.get("place") or without_password(address))
    file = address.removeprefix("sqlite:///")
    if kind is ProblemKind.FILE_MISSING and str(details.get("path")).endswith(file):
        details["what"] = "desk"
    elif kind is ProblemKind.DATABASE_UNREACHABLE and not is_server(place):
        kind = ProblemKind.FILE_UNREADABLE  # a file is not offline
        details["path"] = place
    return Problem(kind, **{"place": place, **details})
