"""The tickets of one batch while it is filed, and what their messages make of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deskapp.data.queries.filing import KnownTicket
from deskapp.domain.standing import Course, Standing, waiting_since


@dataclass(slots=True)
class OpenTicket:
    """A ticket of this batch: what is known of it, and what the batch adds."""

    known: KnownTicket
    new: bool
    subject: str
    language: str
    mailbox_id: int | None
    created_at: datetime
    newest_at: datetime | None = None
    course: Course = field(init=False)

    def __post_init__(self) -> None:
        self.course = Course(self.known.facts)


def ticket_values(one: OpenTicket, now: Standing) -> dict[str, Any]:
    """The columns of a ticket that its messages decide."""
    return {
        "status": one.known.status,
        "customer_id": one.known.customer,
        "snippet": one.known.snippet,
        "has_attachment": one.known.has_attachment,
        "message_count": now.count,
        "updated_at": now.updated_at,
        "last_in_at": now.last_in_at,
        "last_out_at": now.last_out_at,
        "waiting_since": waiting_since(one.known.status, now, one.known.turned),
        "newest_message_id": now.newest_id,
    }
