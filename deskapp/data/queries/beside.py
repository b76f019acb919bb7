"""Which of the many things that a ticket may have stand beside its messages.

Most tickets have hardly any. One question tells, and what is not there is not asked for: an opened
ticket took 22 statements before, and takes 7.
"""

from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, exists, or_, select

from deskapp.domain.ids import AgentId, MessageId, TicketId

from ..tables.approvals import approval
from ..tables.columns import AnyRow
from ..tables.facts import ticket_follower, ticket_star
from ..tables.joins import ticket_link, ticket_move
from ..tables.replies import outbox
from ..tables.tickets import (
    attachment,
    message,
    message_bounce,
    ticket,
    ticket_seen,
    ticket_tag,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What there may be of each. ``seen``: the newest message the asking agent has seen of it.

    ``joined``: links, moves, or tickets that were merged into it. ``follows``: the ticket it goes
    on from, or one that goes on from it.
    """

    tags: bool = True
    marks: bool = True
    outbox: bool = True
    bounces: bool = True
    files: bool = True
    joined: bool = True
    follows: bool = True
    approvals: bool = True
    seen: MessageId | None = None


ANY = Beside()
"""Nobody asked: everything may be there."""

_ONE: BindParameter[int] = bindparam("one")
_ME: BindParameter[int | None] = bindparam("me")
_LATER = ticket.alias()


def _there(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions)


_OF_MESSAGES = message.c.ticket_id == _ONE
_ASKED = select(  # in the order of the fields above
    _there(ticket_tag.c.ticket_id == _ONE).label("tags"),
    or_(
        _there(ticket_follower.c.ticket_id == _ONE),
        _there(ticket_star.c.agent_id == _ME, ticket_star.c.ticket_id == _ONE),
    ).label("marks"),
    _there(outbox.c.ticket_id == _ONE).label("outbox"),
    _there(_OF_MESSAGES, message_bounce.c.message_id == message.c.id).label("bounces"),
    _there(_OF_MESSAGES, attachment.c.message_id == message.c.id).label("files"),
    or_(
        _there(ticket_link.c.from_id == _ONE),
        _there(ticket_link.c.to_id == _ONE),
        _there(ticket_move.c.source_id == _ONE),
        _there(ticket_move.c.target_id == _ONE),
        _there(ticket.c.merged_into == _ONE),
    ).label("joined"),
    or_(
        _there(ticket.c.id == _ONE, ticket.c.follows_id.is_not(None)),
        _there(_LATER.c.follows_id == _ONE),
    ).label("follows"),
    _there(_OF_MESSAGES, approval.c.message_id == message.c.id).label("approvals"),
    select(ticket_seen.c.message_id)
    .where(ticket_seen.c.ticket_id == _ONE, ticket_seen.c.agent_id == _ME)
    .scalar_subquery()
    .label("seen"),
)


def beside(connection: Connection, one: TicketId, me: AgentId | None) -> Beside:
    """What a ticket has."""
    row: AnyRow = connection.execute(_ASKED, {"one": one, "me": me}).one()
    return Beside(*row)
