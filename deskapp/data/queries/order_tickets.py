"""The tickets that speak of an order."""

from sqlalchemy import Connection, select

from deskapp.domain.ids import OrderId, TicketId
from deskapp.domain.search_query import parse_query

from ..search import search
from ..tables.orders import shop_order
from ..tables.returns import return_case
from ..tables.tickets import ticket

_MOST = 20


def tickets_about(connection: Connection, order: OrderId) -> list[TicketId]:
    """Tickets on which somebody names the order's number, and those of its return cases; the
    newest first. Tickets that were merged away are left out: what they said is in another."""
    number = connection.execute(
        select(shop_order.c.number).where(shop_order.c.id == order)
    ).scalar()
    query = parse_query(f'"{number}"') if number else None
    named = search(connection, query, _MOST * 3, ("message",)) if query else []
    found = {hit.ticket_id for hit in named if hit.ticket_id is not None}
    cases = select(return_case.c.ticket_id).where(return_case.c.order_id == order)
    found |= {one for one in connection.execute(cases).scalars() if one is not None}
    kept = select(ticket.c.id).where(ticket.c.id.in_(found), ticket.c.merged_into.is_(None))
    newest = kept.order_by(ticket.c.created_at.desc(), ticket.c.id.desc()).limit(_MOST)
    return [TicketId(one) for one in connection.execute(newest).scalars()]
