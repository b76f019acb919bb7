"""Whom staff let take part in a ticket, and whose it is."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, case, select, update

from deskapp.domain.ids import AgentId, CustomerId, MessageId, TicketId
from deskapp.domain.kinds import ContactKind, Direction, EventKind
from deskapp.domain.mail import Address

from ..database import Unit
from ..tables.people import contact_point, customer
from ..tables.tickets import message, ticket, ticket_participant
from .filing_marks import SAME_ID
from .ticket_write import add_event
from .upsert import insert_into


def let_in(connection: Connection, one: TicketId) -> set[str]:
    """The address keys of those staff let take part."""
    chosen = select(ticket_participant.c.address_key).where(ticket_participant.c.ticket_id == one)
    return set(connection.execute(chosen).scalars())


def admit(unit: Unit, one: TicketId, keys: Iterable[str], at: datetime, by: AgentId | None) -> None:
    """From now on these addresses take part, and what they wrote is no longer marked for it."""
    new = {key[:320] for key in keys}
    if new:
        statement = insert_into(unit.connection, ticket_participant).on_conflict_do_nothing()
        facts = {"ticket_id": one, "agent_id": by, "at": at}
        unit.connection.execute(statement, [{**facts, "address_key": key} for key in sorted(new)])
        welcome(unit, one, new)


def welcome(unit: Unit, one: TicketId, keys: set[str]) -> None:
    """Takes the marks of a stranger off what these addresses wrote on a ticket."""
    marked = select(message.c.id, message.c.sender_address).where(
        message.c.ticket_id == one, message.c.uninvited
    )
    rows = unit.connection.execute(marked).all()
    theirs = [row.id for row in rows if Address("", row.sender_address).key in keys]
    if theirs:
        unit.connection.execute(
            update(message)
            .where(message.c.id.in_(theirs))
            .values(
                uninvited=False,
                marked=case((message.c.defects.contains(SAME_ID), True), else_=False),
            )
        )
    unit.connection.execute(
        update(ticket).where(ticket.c.id == one).values(version=ticket.c.version + 1)
    )
    unit.touched.tickets.add(one)


def give_to(unit: Unit, one: TicketId, owner: CustomerId, at: datetime, by: AgentId | None) -> None:
    """Makes somebody the customer of a locked ticket. Who was it before still takes part."""
    before: int | None = unit.connection.execute(
        select(ticket.c.customer_id).where(ticket.c.id == one)
    ).scalar_one()
    if before == owner:
        return
    if before is not None:
        admit(unit, one, _mail_keys(unit, CustomerId(before)), at, by)
        unit.touched.customers.add(CustomerId(before))
    unit.connection.execute(update(ticket).where(ticket.c.id == one).values(customer_id=owner))
    names = _name(unit, before), _name(unit, owner)
    add_event(unit, one, EventKind.CUSTOMER, at, by, old=names[0], new=names[1])
    welcome(unit, one, _mail_keys(unit, owner))
    unit.touched.customers.add(owner)


def messages_from(connection: Connection, one: TicketId, who: Address) -> list[MessageId]:
    """What somebody wrote on a ticket."""
    chosen = select(message.c.id, message.c.sender_address).where(
        message.c.ticket_id == one, message.c.direction == Direction.IN
    )
    return [
        MessageId(row.id)
        for row in connection.execute(chosen.order_by(message.c.id))
        if Address("", row.sender_address).key == who.key
    ]


def take_participants(unit: Unit, source: TicketId, into: TicketId) -> tuple[str, ...]:
    """Who was let into a ticket that is merged away takes part where it lives on. Those who did
    not before."""
    owner = unit.connection.execute(select(ticket.c.customer_id).where(ticket.c.id == into))
    there = let_in(unit.connection, into) | _mail_keys(unit, owner.scalar_one())
    chosen = select(ticket_participant).where(ticket_participant.c.ticket_id == source)
    rows = [
        {**row, "ticket_id": into}
        for row in unit.connection.execute(chosen).mappings().all()
        if row["address_key"] not in there
    ]
    if rows:
        statement = insert_into(unit.connection, ticket_participant).on_conflict_do_nothing()
        unit.connection.execute(statement, rows)
    return tuple(sorted(row["address_key"] for row in rows))


def _mail_keys(unit: Unit, one: CustomerId | None) -> set[str]:
    chosen = select(contact_point.c.value_key).where(
        contact_point.c.customer_id == one, contact_point.c.kind == ContactKind.MAIL
    )
    return set(unit.connection.execute(chosen).scalars())


def _name(unit: Unit, one: int | None) -> str:
    if one is None:
        return ""
    named: str | None = unit.connection.execute(
        select(customer.c.name).where(customer.c.id == one)
    ).scalar()
    return named or next(iter(sorted(_mail_keys(unit, CustomerId(one)))), "")
