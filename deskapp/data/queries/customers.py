"""Customers in lists: who there is, in what order, with what in numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Column, Connection, func, select

from deskapp.domain.ids import ContactPointId, CustomerId
from deskapp.domain.kinds import ACTIVE_STATUSES, ContactKind
from deskapp.domain.people import ContactPoint, CustomerRow
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.columns import AnyRow
from ..tables.orders import shop_order
from ..tables.people import contact_point, customer
from ..tables.tickets import ticket
from .parts import parts

_KIND_ORDER = tuple(ContactKind)


def customer_ids(connection: Connection, limit: int) -> list[CustomerId]:
    """All customers by name, those without a name last."""
    found: list[CustomerId] = []
    here = select(customer.c.id).where(customer.c.merged_into.is_(None))
    # Two questions, as one could not be answered by going along the index.
    for some in (customer.c.name_key > "", customer.c.name_key == ""):
        statement = here.where(some).order_by(customer.c.name_key, customer.c.id)
        rest = connection.execute(statement.limit(limit - len(found))).scalars()
        found += [CustomerId(one) for one in rest]
    return found


def customer_rows(connection: Connection, ids: Sequence[CustomerId]) -> list[CustomerRow]:
    """The rows behind ids, in the order asked. Ids that are gone or merged are left out."""
    found: dict[int, AnyRow] = {}
    for part in parts(ids):
        statement = select(customer).where(
            customer.c.id.in_(part), customer.c.merged_into.is_(None)
        )
        found.update({row.id: row for row in connection.execute(statement)})
    contacts = contacts_of(connection, found)
    orders = _counted(connection, shop_order.c.customer_id, found)
    tickets, still_open = _ticket_counts(connection, found)
    return [
        _row(
            found[one],
            contacts.get(one, ()),
            tickets=tickets.get(one, 0),
            still_open=still_open.get(one, 0),
            orders=orders.get(one, 0),
        )
        for one in ids
        if one in found
    ]


def contacts_of(
    connection: Connection, customers: Iterable[int]
) -> dict[int, tuple[ContactPoint, ...]]:
    """How to reach several customers: mail, then phones, then handles, the primary ones first."""
    found: dict[int, list[ContactPoint]] = defaultdict(list)
    for part in parts(customers):
        statement = (
            select(contact_point)
            .where(contact_point.c.customer_id.in_(part))
            .order_by(contact_point.c.is_primary.desc(), contact_point.c.id)
        )
        for row in connection.execute(statement):
            found[row.customer_id].append(contact_of(row))
    return {
        owner: tuple(sorted(contacts, key=lambda one: _KIND_ORDER.index(one.kind)))
        for owner, contacts in found.items()
    }


def contact_of(row: AnyRow) -> ContactPoint:
    """A row of contact_point as windows hold it."""
    return ContactPoint(
        id=ContactPointId(row.id),
        kind=ContactKind(row.kind),
        value=row.value,
        is_primary=row.is_primary,
        bounced=row.bounced_at is not None,
        bounced_status=row.bounced_status,
        key=row.value_key,
        label=row.label,
        network=row.network,
        country=row.country,
        verified=row.verified_at is not None,
    )


def contact_numbered(connection: Connection, one: ContactPointId) -> ContactPoint:
    """Raises Problem(NOT_FOUND)."""
    row = connection.execute(select(contact_point).where(contact_point.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="contact", id=one)
    return contact_of(row)


def owner_of(
    connection: Connection,
    kind: ContactKind,
    key: str,
    other_than: ContactPointId | None = None,
) -> CustomerId | None:
    """The customer who has a contact, by its key; ``other_than`` does not count."""
    statement = select(contact_point.c.customer_id).where(
        contact_point.c.kind == kind, contact_point.c.value_key == key
    )
    if other_than is not None:
        statement = statement.where(contact_point.c.id != other_than)
    found = connection.execute(statement).scalar()
    return None if found is None else CustomerId(found)


def kept_customer(connection: Connection, one: CustomerId) -> CustomerId | None:
    """Who a customer is today: themselves, or whom they were merged into. None: nobody."""
    seen: set[int] = set()
    at: int = one
    while at not in seen:
        seen.add(at)
        row = connection.execute(select(customer.c.merged_into).where(customer.c.id == at)).first()
        if row is None:
            return None
        if row.merged_into is None:
            return CustomerId(at)
        at = row.merged_into
    return None


def _counted(
    connection: Connection, owner: Column[int], customers: Iterable[int]
) -> Mapping[int, int]:
    counts: dict[int, int] = {}
    for part in parts(customers):
        statement = select(owner, func.count()).where(owner.in_(part)).group_by(owner)
        counts.update({row[0]: row[1] for row in connection.execute(statement)})
    return counts


def _ticket_counts(
    connection: Connection, customers: Iterable[int]
) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """All tickets, and those that are not finished; merged ones count on the ticket they joined."""
    total: dict[int, int] = defaultdict(int)
    still_open: dict[int, int] = defaultdict(int)
    for part in parts(customers):
        statement = (
            select(ticket.c.customer_id, ticket.c.status, func.count().label("number"))
            .where(ticket.c.customer_id.in_(part), ticket.c.merged_into.is_(None))
            .group_by(ticket.c.customer_id, ticket.c.status)
        )
        for row in connection.execute(statement):
            total[row.customer_id] += row.number
            if row.status in ACTIVE_STATUSES:
                still_open[row.customer_id] += row.number
    return total, still_open


def _row(
    row: AnyRow, contacts: Sequence[ContactPoint], *, tickets: int, still_open: int, orders: int
) -> CustomerRow:
    def first(kind: ContactKind) -> str:
        return next((one.value for one in contacts if one.kind is kind), "")

    return CustomerRow(
        id=CustomerId(row.id),
        name=row.name,
        email=first(ContactKind.MAIL),
        phone=first(ContactKind.PHONE),
        language=row.language,
        must_know=row.must_know,
        created_at=row.created_at,
        ticket_count=tickets,
        open_count=still_open,
        order_count=orders,
        version=row.version,
        vip=row.vip,
    )
