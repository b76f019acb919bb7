"""The order numbers that a ticket's customer wrote of."""

from sqlalchemy import Connection, func, select

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import Direction
from deskapp.domain.order_numbers import find_order_numbers
from deskapp.domain.orders import number_key

from ..tables.tickets import message, message_body, ticket
from .order_sources import number_patterns
from .side_threads import within

_MESSAGES_READ = 10
_LETTERS_READ = 20_000


def numbers_named(connection: Connection, one: TicketId, each: int = 3) -> tuple[str, ...]:
    """What the customer's mails and then the subject name, the newest mail first, each number
    once; of every mail the first ``each``."""
    patterns = number_patterns(connection)
    found: dict[str, str] = {}
    for text in _texts(connection, one):
        for mention in find_order_numbers(text, each, patterns):
            found.setdefault(number_key(mention.number), mention.number)
    return tuple(found.values())


def _texts(connection: Connection, one: TicketId) -> list[str]:
    body = func.coalesce(message_body.c.reply_text, message_body.c.text)
    statement = (
        select(func.substr(body, 1, _LETTERS_READ).label("text"))
        .join(message, message.c.id == message_body.c.message_id)
        .where(message.c.ticket_id == one, message.c.direction == Direction.IN, within(None))
        .order_by(message.c.at.desc(), message.c.id.desc())
        .limit(_MESSAGES_READ)
    )
    subject = select(ticket.c.subject).where(ticket.c.id == one)
    return [*connection.execute(statement).scalars(), *connection.execute(subject).scalars()]
