"""Whose an order is, seen from a ticket's customer: the guard against telling the wrong person."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from deskapp.domain.ids import CustomerId, OrderId, TicketId
from deskapp.domain.order_card import Whose
from deskapp.domain.order_rows import OrderRow

from ..tables.columns import AnyRow
from ..tables.orders import shop_order
from ..tables.people import contact_point, customer
from ..tables.tickets import ticket
from .customers import kept_customer
from .parts import parts


def whose_orders(
    connection: Connection, asker: CustomerId | None, rows: Sequence[OrderRow]
) -> dict[OrderId, tuple[Whose, str]]:
    """For each order whose it is, seen from ``asker``, and the owner's name, else their mail.

    It is the asker's when it is linked to them or to somebody merged into them, or when its mail
    or phone is one of theirs.
    """
    me = None if asker is None else kept_customer(connection, asker)
    owners = _people(connection, [row.customer_id for row in rows if row.customer_id is not None])
    mine = _people(connection, [me] if me is not None else [])
    company = mine[me].company_id if me is not None and me in mine else None
    reached = _reached(connection, me, [row.id for row in rows])
    told: dict[OrderId, tuple[Whose, str]] = {}
    for row in rows:
        owner = None if row.customer_id is None else owners.get(row.customer_id)
        name = (owner.name if owner is not None else "") or row.name or row.email or row.phone
        told[row.id] = _whose(row, owner, me, company, reached), name
    return told


def ticket_customer(connection: Connection, one: TicketId | None) -> CustomerId | None:
    """Whose a ticket is; None without one."""
    found = connection.execute(select(ticket.c.customer_id).where(ticket.c.id == one)).scalar()
    return None if found is None else CustomerId(found)


def _whose(
    row: OrderRow,
    owner: AnyRow | None,
    me: CustomerId | None,
    company: int | None,
    reached: frozenset[OrderId],
) -> Whose:
    if row.id in reached or (me is not None and owner is not None and _heir(owner) == me):
        return Whose.THEIRS
    if owner is None and not row.email and not row.phone:
        return Whose.NOBODY
    if owner is not None and company is not None and owner.company_id == company:
        return Whose.COMPANY
    return Whose.OTHER


def _heir(owner: AnyRow) -> int:
    heir: int = owner.id if owner.merged_into is None else owner.merged_into
    return heir


def _people(connection: Connection, ids: Iterable[int]) -> Mapping[int, AnyRow]:
    found: dict[int, AnyRow] = {}
    asked = select(customer.c.id, customer.c.name, customer.c.company_id, customer.c.merged_into)
    for part in parts(set(ids)):
        for row in connection.execute(asked.where(customer.c.id.in_(part))):
            found[row.id] = row
    return found


def _reached(
    connection: Connection, me: CustomerId | None, ids: Sequence[OrderId]
) -> frozenset[OrderId]:
    """Of these orders those whose mail or phone is a contact of ``me``."""
    if me is None:
        return frozenset()
    keys = select(contact_point.c.value_key).where(contact_point.c.customer_id == me)
    theirs = set(connection.execute(keys).scalars()) - {""}
    found: set[OrderId] = set()
    asked = select(shop_order.c.id, shop_order.c.email_key, shop_order.c.phone_key)
    for part in parts(ids):
        for row in connection.execute(asked.where(shop_order.c.id.in_(part))):
            if row.email_key in theirs or row.phone_key in theirs:
                found.add(OrderId(row.id))
    return frozenset(found)
