"""One customer whole: fields, contacts, notes, and one axis of all that happened."""

from sqlalchemy import Connection, select

from deskapp.domain.ids import CustomerId, OrderId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.people import CustomerNote, CustomerRecord, TimelineEntry
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.orders import shop_order
from ..tables.people import agent, company, customer, customer_note
from ..tables.tickets import ticket
from .customers import contacts_of, customer_rows, kept_customer
from .orders import NEWEST_FIRST

LONGEST_TIMELINE = 500


def customer_record(connection: Connection, asked: CustomerId) -> CustomerRecord:
    """The record of a customer, or of whom they were merged into. Raises Problem(NOT_FOUND)."""
    one = kept_customer(connection, asked)
    if one is None:
        raise Problem(ProblemKind.NOT_FOUND, what="customer", id=asked)
    [row] = customer_rows(connection, [one])
    fields = connection.execute(
        select(
            customer.c.address,
            customer.c.time_zone,
            customer.c.honorific,
            company.c.name.label("company"),
        )
        .outerjoin(company, company.c.id == customer.c.company_id)
        .where(customer.c.id == one)
    ).one()
    notes = _notes(connection, one)
    return CustomerRecord(
        row=row,
        address=fields.address,
        time_zone=fields.time_zone,
        honorific=fields.honorific,
        company=fields.company or "",
        contacts=contacts_of(connection, [one]).get(one, ()),
        notes=notes,
        timeline=_timeline(connection, one, notes),
    )


def _notes(connection: Connection, one: CustomerId) -> tuple[CustomerNote, ...]:
    statement = (
        select(customer_note.c.at, agent.c.name, customer_note.c.text)
        .outerjoin(agent, agent.c.id == customer_note.c.agent_id)
        .where(customer_note.c.customer_id == one)
        .order_by(customer_note.c.at.desc(), customer_note.c.id.desc())
    )
    return tuple(
        CustomerNote(row.at, row.name or "", row.text) for row in connection.execute(statement)
    )


def _timeline(
    connection: Connection, one: CustomerId, notes: tuple[CustomerNote, ...]
) -> tuple[TimelineEntry, ...]:
    entries = [*_tickets(connection, one), *_orders(connection, one), *map(_note, notes)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return tuple(entries[:LONGEST_TIMELINE])


def _tickets(connection: Connection, one: CustomerId) -> list[TimelineEntry]:
    statement = (
        select(ticket)
        .where(ticket.c.customer_id == one, ticket.c.merged_into.is_(None))
        .order_by(ticket.c.created_at.desc(), ticket.c.id.desc())
        .limit(LONGEST_TIMELINE)
    )
    return [
        TimelineEntry(
            at=row.created_at,
            what="ticket",
            title=row.subject,
            detail=row.snippet,
            status=TicketStatus(row.status),
            ticket_id=TicketId(row.id),
            ticket_number=row.number,
            order_id=None,
        )
        for row in connection.execute(statement)
    ]


def _orders(connection: Connection, one: CustomerId) -> list[TimelineEntry]:
    statement = (
        select(shop_order)
        .where(shop_order.c.customer_id == one)
        .order_by(*NEWEST_FIRST)
        .limit(LONGEST_TIMELINE)
    )
    entries = []
    for row in connection.execute(statement):
        amount = "" if row.total is None else f"{row.total:f} {row.currency}".strip()
        words = (row.status_text or row.status, amount)
        entries.append(
            TimelineEntry(
                at=row.placed_at or row.seen_at,
                what="order",
                title=row.number,
                detail=" · ".join(word for word in words if word),
                status=None,
                ticket_id=None,
                ticket_number=None,
                order_id=OrderId(row.id),
            )
        )
    return entries


def _note(note: CustomerNote) -> TimelineEntry:
    return TimelineEntry(
        at=note.at,
        what="note",
        title=note.agent_name,
        detail=note.text,
        status=None,
        ticket_id=None,
        ticket_number=None,
        order_id=None,
    )
