"""Joins the rooms into a working desk, the same way for every face."""

from collections.abc import Callable

from .data.database import Database
from .data.upgrade import open_desk
from .desk import Desk, MailFunctions
from .domain.changes import Changes
from .domain.problem import Problem
from .mail.compose import build_mail
from .mail.parse import parse_mail, read_attachment


def open_house(
    url: str,
    *,
    create: bool = False,
    name: str = "",
    agent_name: str = "",
    announce: Callable[[Changes], None] | None = None,
) -> Desk:
    """A desk ready for work; ``create`` makes it where there is none.

    ``agent_name`` is who acts; an unknown name acts as nobody. Raises Problem when the desk is not
    there, is newer than this program, or cannot be reached.
    """
    database = Database(url, announce=announce)
    try:
        open_desk(database, create=create, name=name)
        desk = Desk(database, MailFunctions(parse_mail, build_mail, read_attachment))
        if agent_name:
            _act_as(desk, agent_name)
    except BaseException:
        database.close()
        raise
    return desk


def _act_as(desk: Desk, name: str) -> None:
    try:
        desk.agent = desk.agents.by_name(name)
    except Problem:
        desk.agent = None
