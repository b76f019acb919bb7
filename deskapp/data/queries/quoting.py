"""A conversation as a reply may quote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.kinds import Direction, MailKind

from ..tables.tickets import message, message_body
from .side_threads import within

_MOST_MESSAGES, _MOST_LETTERS = 30, 200_000


@dataclass(frozen=True, slots=True)
class SpokenMessage:
    """What somebody said on a ticket, less what they quoted."""

    at: datetime
    author: str
    text: str
    html: str


def spoken(
    connection: Connection, one: TicketId, side: MessageId | None = None
) -> tuple[SpokenMessage, ...]:
    """What customer and desk wrote each other, the newest first; never a note, a machine's mail
    or a stranger's, and no more than a mail can carry. ``side``: what was written in that side
    thread instead, of which nothing is in the other."""
    statement = (
        select(message.c.at, message.c.sender_name, message.c.sender_address)
        .add_columns(func.coalesce(message_body.c.reply_text, message_body.c.text).label("text"))
        .add_columns(message_body.c.html, message_body.c.reply_html)
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .where(message.c.ticket_id == one, message.c.direction != Direction.NOTE, within(side))
        .where(message.c.withdrawn.is_(False), message.c.uninvited.is_(False))
        .where(message.c.kind.in_((MailKind.HUMAN, MailKind.BULK, MailKind.COMPLAINT)))
        .order_by(message.c.at.desc(), message.c.id.desc())
        .limit(_MOST_MESSAGES)
    )
    found = (
        SpokenMessage(
            row.at,
            row.sender_name or row.sender_address,
            row.text or "",
            row.reply_html or row.html or "",
        )
        for row in connection.execute(statement)
    )
    return tuple(_bearable(found))


def _bearable(found: Iterator[SpokenMessage]) -> Iterator[SpokenMessage]:
    room = _MOST_LETTERS
    for one in found:
        room -= len(one.text)
        if room < 0:
            return
        yield one


def our_words(
    connection: Connection, one: TicketId, side: MessageId | None = None
) -> tuple[str, ...]:
    """The texts of our newest replies on a ticket, or in a side thread, less what they quoted."""
    statement = (
        select(func.coalesce(message_body.c.reply_text, message_body.c.text))
        .join(message, message_body.c.message_id == message.c.id)
        .where(message.c.ticket_id == one, message.c.direction == Direction.OUT, within(side))
        .where(message.c.withdrawn.is_(False))
        .order_by(message.c.id.desc())
        .limit(_MOST_MESSAGES)
    )
    return tuple(connection.execute(statement).scalars())
