"""Which addresses are on a ticket, and which of some have bounced."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ContactKind, Direction
from deskapp.domain.mail import Address
from deskapp.domain.recipients import OnTicket

from ..tables.people import agent, contact_point
from ..tables.tickets import message, message_address, ticket
from .own_addresses import keys_of, own_boxes
from .parts import parts
from .side_threads import within


def on_ticket(connection: Connection, one: TicketId, keys: Collection[str]) -> OnTicket:
    """Who is who on a ticket; ``bounced`` is told of ``keys`` only."""
    owner = select(ticket.c.customer_id).where(ticket.c.id == one).scalar_subquery()
    theirs = select(contact_point.c.value_key).where(
        contact_point.c.customer_id == owner, contact_point.c.kind == ContactKind.MAIL
    )
    staff = connection.execute(select(agent.c.email)).scalars()
    newest = (
        select(message.c.id)
        .where(message.c.ticket_id == one, message.c.direction == Direction.IN, within(None))
        .order_by(message.c.at.desc(), message.c.id.desc())
        .limit(1)
    )
    last = connection.execute(newest).scalar()
    people = (
        select(message_address.c.message_id, message_address.c.address_key, message.c.side_id)
        .join(message, message.c.id == message_address.c.message_id)
        .where(message.c.ticket_id == one, message.c.withdrawn.is_(False))
    )
    on_last: set[str] = set()
    before: set[str] = set()
    third: set[str] = set()
    for owner_id, key, side in connection.execute(people):
        there = third if side is not None else on_last if owner_id == last else before
        there.add(key)
    return OnTicket(
        customer=frozenset(connection.execute(theirs).scalars()),
        ours=frozenset(keys_of(own_boxes(connection)))
        | {Address("", mail).key for mail in staff if mail},
        last=frozenset(on_last),
        before=frozenset(before),
        third=frozenset(third),
        bounced=_bounced(connection, keys),
    )


def _bounced(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    found: set[str] = set()
    for part in parts(keys):
        chosen = select(contact_point.c.value_key).where(
            contact_point.c.kind == ContactKind.MAIL,
            contact_point.c.value_key.in_(part),
            contact_point.c.bounced_at.is_not(None),
        )
        found.update(connection.execute(chosen).scalars())
    return frozenset(found)
