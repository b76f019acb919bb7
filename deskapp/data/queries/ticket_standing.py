"""What a list shows of a ticket, computed anew from its messages."""

from typing import Any

from sqlalchemy import func, or_, select, update

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import Direction, MailKind
from deskapp.domain.snippets import list_snippet
from deskapp.domain.standing import standing, waiting_since

from ..database import Unit
from ..tables.tickets import attachment, message, message_body, ticket
from .filing import tickets_known


def restand(unit: Unit, one: TicketId) -> None:
    """Recomputes what the list shows of a ticket after messages were moved to or from it."""
    known = tickets_known(unit.connection, {one}, people=False)[one]
    now = standing(known.facts)
    values: dict[str, Any] = {
        "snippet": _newest_words(unit, one),
        "has_attachment": _has_files(unit, one),
        "last_in_at": now.last_in_at,
        "last_out_at": now.last_out_at,
        "waiting_since": waiting_since(known.status, now, known.turned),
        "newest_message_id": now.newest_id,
        "message_count": now.count,
        "version": ticket.c.version + 1,
    }
    if now.updated_at is not None:
        values["updated_at"] = now.updated_at
    unit.connection.execute(update(ticket).where(ticket.c.id == one).values(values))
    unit.touched.tickets.add(one)


def _newest_words(unit: Unit, one: TicketId) -> str:
    """The beginning of the newest mail; notes and our automatic replies are no news for a list."""
    words = (
        select(func.coalesce(message_body.c.reply_text, message_body.c.text))
        .join(message, message.c.id == message_body.c.message_id)
        .where(message.c.ticket_id == one, message.c.withdrawn.is_(False))
        .where(message.c.direction != Direction.NOTE)
        .where(or_(message.c.direction == Direction.IN, message.c.kind != MailKind.AUTO_REPLY))
        .order_by(message.c.at.desc(), message.c.id.desc())
    )
    found: str | None = unit.connection.execute(words.limit(1)).scalar()
    return list_snippet(found or "")


def _has_files(unit: Unit, one: TicketId) -> bool:
    files = (
        select(attachment.c.id)
        .join(message, message.c.id == attachment.c.message_id)
        .where(message.c.ticket_id == one, message.c.withdrawn.is_(False))
        .where(attachment.c.inline.is_(False))
    )
    return unit.connection.execute(files.limit(1)).first() is not None
