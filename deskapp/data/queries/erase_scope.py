"""What of a desk is about one person: their records, matters, orders and words, and who else is
touched. Reads only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, or_, select

from deskapp.domain.erasing import StoneKind
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import Direction
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.columns import AnyRow
from ..tables.orders import shop_order
from ..tables.people import contact_point, customer
from ..tables.replies import draft, outbox
from ..tables.tickets import message, message_address, ticket
from .customers import kept_customer
from .parts import parts


@dataclass(frozen=True, slots=True)
class EraseScope:
    """The ids of what is theirs. ``keys``: (kind, key) of every contact; ``names`` as written."""

    customers: frozenset[int]
    tickets: frozenset[int]
    orders: frozenset[int]
    drafts: frozenset[int]
    elsewhere: frozenset[int]  # messages of theirs on tickets of others
    keys: frozenset[tuple[StoneKind, str]]
    names: frozenset[str]

    def of(self, kind: StoneKind) -> list[str]:
        return sorted(key for one, key in self.keys if one is kind)


def scope_of(connection: Connection, asked: CustomerId) -> EraseScope:
    """All that is about a customer and everybody merged into them. Raises Problem(NOT_FOUND)."""
    kept = kept_customer(connection, asked)
    if kept is None:
        raise Problem(ProblemKind.NOT_FOUND, what="customer", id=asked)
    people = _with_merged(connection, kept)
    contacts = select(contact_point).where(contact_point.c.customer_id.in_(people))
    rows = connection.execute(contacts).all()
    known = set(StoneKind)  # a postal address is a household's, and no stone
    keys = {(StoneKind(row.kind), row.value_key) for row in rows if row.kind in known}
    values = {row.value for row in rows}
    orders = _orders(connection, people, keys)
    for order in orders:
        keys |= {
            (kind, key)
            for kind, key in ((StoneKind.MAIL, order.email_key), (StoneKind.PHONE, order.phone_key))
            if key and order.customer_id in people
        }
    named = select(customer.c.name).where(customer.c.id.in_(people))
    tickets = frozenset(ids_by(connection, ticket.c.customer_id, people))
    return EraseScope(
        customers=frozenset(people),
        tickets=tickets,
        orders=frozenset(int(one.id) for one in orders),
        drafts=frozenset(_drafts(connection, tickets, keys)),
        elsewhere=frozenset(_elsewhere(connection, tickets, keys)),
        keys=frozenset(keys),
        names=frozenset(filter(None, {*connection.execute(named).scalars(), *values})),
    )


def ids_by(connection: Connection, column: Column[Any], keys: Collection[Any]) -> Iterable[int]:
    """The ids of the rows of the column's table that have one of these values in it."""
    for part in parts(sorted(keys)):
        yield from connection.execute(select(column.table.c.id).where(column.in_(part))).scalars()


def _with_merged(connection: Connection, kept: CustomerId) -> set[int]:
    people: set[int] = set()
    fresh: set[int] = {kept}
    while fresh:
        people |= fresh
        fresh = set(ids_by(connection, customer.c.merged_into, fresh)) - people
    return people


def _orders(
    connection: Connection, people: Collection[int], keys: Collection[tuple[StoneKind, str]]
) -> list[AnyRow]:
    """Those linked to them, and those that nobody has and that bear a contact of theirs."""
    by = {kind: [key for one, key in keys if one is kind] for kind in StoneKind}
    nobodys = shop_order.c.customer_id.is_(None) & or_(
        shop_order.c.email_key.in_(by[StoneKind.MAIL]),
        shop_order.c.phone_key.in_(by[StoneKind.PHONE]),
    )
    columns = (shop_order.c.email_key, shop_order.c.phone_key, shop_order.c.customer_id)
    asked = select(shop_order.c.id, *columns).where(
        or_(shop_order.c.customer_id.in_(people), nobodys)
    )
    return list(connection.execute(asked).all())


def _drafts(
    connection: Connection,
    tickets: Collection[int],
    keys: Collection[tuple[StoneKind, str]],
) -> Iterable[int]:
    """What was written to them: drafts of their tickets, of their sent mails, and without a ticket
    to an address of theirs."""
    yield from ids_by(connection, draft.c.ticket_id, tickets)
    for part in parts(sorted(tickets)):
        sent = select(outbox.c.draft_id).where(
            outbox.c.ticket_id.in_(part), outbox.c.draft_id.is_not(None)
        )
        yield from connection.execute(sent).scalars()
    for kind, key in keys:
        if kind is StoneKind.MAIL:
            loose = draft.c.ticket_id.is_(None) & draft.c.recipients.icontains(key, autoescape=True)
            yield from connection.execute(select(draft.c.id).where(loose)).scalars()


def _elsewhere(
    connection: Connection,
    tickets: Collection[int],
    keys: Collection[tuple[StoneKind, str]],
) -> Iterable[int]:
    for part in parts(sorted(key for kind, key in keys if kind is StoneKind.MAIL)):
        wrote = (
            select(message.c.id, message.c.ticket_id)
            .join(message_address, message_address.c.message_id == message.c.id)
            .where(message_address.c.address_key.in_(part), message_address.c.role == "from")
            .where(message.c.direction == Direction.IN)
        )
        for row in connection.execute(wrote):
            if row.ticket_id not in tickets:
                yield row.id
