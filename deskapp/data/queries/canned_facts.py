"""What a canned reply can say about a ticket: who asks, who answers, which order it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from deskapp.domain.ids import AgentId, CustomerId, MailboxId, OrderId, TicketId
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.order_text import amount_text, items_text, safe_link, status_words
from deskapp.domain.orders import OrderStatus
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.columns import AnyRow
from ..tables.mail import mailbox
from ..tables.people import agent, customer
from ..tables.tickets import ticket
from .customers import customer_rows
from .order_mentions import numbers_named
from .orders import customer_order_ids, newest_parcel, order_details, order_rows, orders_numbered

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """The arguments of ``domain.canned_variables``, and the language the customer reads."""

    customer: Facts
    ticket: Facts
    agent: Facts
    mailbox: Facts
    order: Facts
    language: str


def ticket_facts(
    connection: Connection, one: TicketId, by: AgentId | None, order: OrderId | None
) -> TicketFacts:
    """Today's facts of a ticket as ``by`` answers it. Raises Problem(NOT_FOUND).

    ``order`` is the agent's choice; without one it is the order of this customer that the ticket
    speaks of, else their newest. Another customer's order is never chosen by itself: it would tell
    one person about another.
    """
    row = connection.execute(select(ticket).where(ticket.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", id=one)
    owner = None if row.customer_id is None else CustomerId(row.customer_id)
    about, language = _customer(connection, owner, row.language)
    chosen = order if order is not None else _order_meant(connection, row, owner)
    return TicketFacts(
        customer=about,
        ticket={"number": row.number, "subject": row.subject, "status": row.status},
        agent=_agent(connection, by),
        mailbox=_mailbox(connection, row.mailbox_id),
        order=_order(connection, chosen, language),
        language=language,
    )


def ticket_place(connection: Connection, one: TicketId) -> tuple[MailboxId | None, int]:
    """Where a ticket is answered from, and its version, which grows with tags and language."""
    found = connection.execute(
        select(ticket.c.mailbox_id, ticket.c.version).where(ticket.c.id == one)
    ).first()
    if found is None:
        return None, 0
    return None if found.mailbox_id is None else MailboxId(found.mailbox_id), found.version


def _customer(
    connection: Connection, owner: CustomerId | None, ticket_language: str
) -> tuple[Facts, str]:
    if owner is None:
        return {}, ticket_language
    names = connection.execute(
        select(
            customer.c.given_name,
            customer.c.family_name,
            customer.c.call_name,
            customer.c.honorific,
        ).where(customer.c.id == owner)
    ).one()
    facts: dict[str, object] = {
        "given_name": names.given_name,
        "family_name": names.family_name,
        "call_name": names.call_name,
        "honorific": names.honorific,
    }
    for row in customer_rows(connection, [owner]):
        language = row.language or ticket_language
        facts |= {"name": row.name, "email": row.email, "language": language}
        facts["first_time"] = row.ticket_count < 2
        return facts, language
    return facts, ticket_language


def _agent(connection: Connection, by: AgentId | None) -> Facts:
    found = connection.execute(
        select(agent.c.name, agent.c.signature).where(agent.c.id == by)
    ).first()
    return {"name": found.name, "signature": found.signature} if found else {}


def _mailbox(connection: Connection, number: int | None) -> Facts:
    found = connection.execute(
        select(mailbox.c.name, mailbox.c.address).where(mailbox.c.id == number)
    ).first()
    return {"name": found.name or found.address, "address": found.address} if found else {}


def _order(connection: Connection, chosen: OrderId | None, language: str) -> Facts:
    if chosen is None:
        return {}
    for detail in order_details(connection, [chosen]):
        row = detail.row
        return {
            "number": row.number,
            "status": "" if row.status is OrderStatus.UNKNOWN else row.status.value,
            "status_words": status_words(row.status, language),
            "total": amount_text(row.total, row.currency),
            "items": items_text(detail.lines),
            **_parcel(detail),
            "date": _day(row.placed_at),
        }
    raise Problem(ProblemKind.NOT_FOUND, what="order", id=chosen)


def _parcel(detail: OrderDetail) -> Facts:
    """Of the newest parcel."""
    newest = newest_parcel(detail.shipments)
    return {
        "tracking": newest.tracking_number if newest else "",
        "tracking_url": safe_link(newest.tracking_url) if newest else "",
        "carrier": newest.carrier if newest else "",
        "eta": _day(newest.expected_at) if newest and newest.delivered_at is None else None,
    }


def _day(at: datetime | None) -> date | None:
    return at.astimezone().date() if at else None


def _order_meant(connection: Connection, row: AnyRow, owner: CustomerId | None) -> OrderId | None:
    if owner is None:
        return None
    mentioned = numbers_named(connection, TicketId(row.id))
    known = orders_numbered(connection, mentioned)
    for number in mentioned:
        alike = order_rows(connection, known.get(number, ()))
        own = [one.id for one in alike if one.customer_id == owner]
        if own:  # of two shops that count alike: only a person can tell which is meant
            return own[0] if len(own) == 1 else None
    newest = customer_order_ids(connection, owner, 1)
    return newest[0] if newest else None
