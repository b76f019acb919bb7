"""Joins the rooms into a working desk, the same way for every face."""

from collections.abc import Callable

from .data.database import Database
from .data.upgrade import open_desk
from .desk import Desk, MailFunctions
from .domain.changes import Changes
from .domain.mail import AttachmentInfo, ParsedMail
from .domain.problem import Problem
from .domain.replies import OutgoingMail


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
        desk = Desk(database, MailFunctions(_parse, _build, _read_attachment))
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


# The mail room is loaded with the first mail: its 45 ms are a tenth of what a command may take
# that only lists tickets.


def _parse(raw: bytes) -> ParsedMail:
    from .mail.parse import parse_mail

    return parse_mail(raw)


def _build(mail: OutgoingMail) -> bytes:
    from .mail.compose import build_mail

    return build_mail(mail)


def _read_attachment(raw: bytes, index: int) -> tuple[AttachmentInfo, bytes]:
    from .mail.parse import read_attachment

    return read_attachment(raw, index)
