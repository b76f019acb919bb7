"""Puts words to the rows a search found."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.search_answers import Found
from deskapp.domain.search_query import SearchQuery
from deskapp.domain.snippets import snippet

from ..among import OfMany
from ..search import Hit
from ..tables.orders import shop_order
from ..tables.people import contact_point, customer
from ..tables.tickets import message, message_body, ticket
from .parts import parts

_SHOWN = 20_000  # letters of a body looked through for the words to show
_MESSAGES = OfMany(
    lambda among: (
        select(
            message.c.id,
            message.c.subject,
            ticket.c.subject.label("ticket_subject"),
            ticket.c.number,
            message.c.sender_name,
            message.c.sender_address,
            func.substr(message_body.c.text, 1, _SHOWN).label("text"),
        )
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
        .where(among(message.c.id))
    )
)


def describe(connection: Connection, hits: Sequence[Hit], query: SearchQuery) -> tuple[Found, ...]:
    """The hits as people read them, in the same order. Rows gone meanwhile are left out."""
    of_kind: dict[str, dict[int, Any]] = {
        "message": _messages(connection, [one.ref_id for one in hits if one.kind == "message"]),
        "customer": _customers(connection, [one.ref_id for one in hits if one.kind == "customer"]),
        "order": _orders(connection, [one.ref_id for one in hits if one.kind == "order"]),
    }
    found = []
    for hit in hits:
        row = of_kind.get(hit.kind, {}).get(hit.ref_id)
        if row is None:
            continue
        title, text, number = row
        found.append(
            Found(
                kind=hit.kind,
                ref_id=hit.ref_id,
                ticket_id=None if hit.ticket_id is None else TicketId(hit.ticket_id),
                ticket_number=number,
                message_id=MessageId(hit.ref_id) if hit.kind == "message" else None,
                subject=title,
                snippet=snippet(text, query),
                score=-hit.rank,
            )
        )
    return tuple(found)


def _messages(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, str, int]]:
    found: dict[int, tuple[str, str, int]] = {}
    for part in parts(ids):
        for row in connection.execute(_MESSAGES.on(connection), {"some": part}):
            title = row.subject or row.ticket_subject
            head = f"{row.sender_name} {row.sender_address}".strip()
            text = f"{row.text or ''}\n{title}\n{head}"
            found[row.id] = (title, text, row.number)
    return found


def _customers(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, str, None]]:
    found: dict[int, tuple[str, str, None]] = {}
    for part in parts(ids):
        statement = (
            select(customer.c.id, customer.c.name, contact_point.c.value)
            .outerjoin(contact_point, contact_point.c.customer_id == customer.c.id)
            .where(customer.c.id.in_(part), customer.c.merged_into.is_(None))
            .order_by(customer.c.id, contact_point.c.id)
        )
        for number, name, value in connection.execute(statement):
            before = found.get(number, (name, "", None))[1]
            found[number] = (name or value or "", f"{before} {value or ''}".strip(), None)
    return found


def _orders(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, str, None]]:
    found: dict[int, tuple[str, str, None]] = {}
    for part in parts(ids):
        columns = (shop_order.c.id, shop_order.c.number, shop_order.c.name, shop_order.c.email)
        for row in connection.execute(select(*columns).where(shop_order.c.id.in_(part))):
            found[row.id] = (row.number, f"{row.number} {row.name} {row.email}".strip(), None)
    return found
