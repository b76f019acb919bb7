"""Changes to customers and their contacts. Each function runs inside one write."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from deskapp.domain.contact import contact_key, contact_value, region_of_language
from deskapp.domain.ids import AgentId, ContactPointId, CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.naming import sort_key
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..search import reindex_rows
from ..tables.columns import AnyRow
from ..tables.people import company, contact_point, customer, customer_note
from .customers import owner_of
from .order_links import adopt_orders, release_orders
from .search_texts import texts_of
from .writes import insert_row, unique, update_seen


def customer_here(unit: Unit, one: CustomerId) -> AnyRow:
    """The customer as they are now, kept from other writers until the end of this write.

    Raises Problem NOT_FOUND, or CHANGED_MEANWHILE (with ``kept``) for one merged into another.
    """
    row = unit.connection.execute(
        select(customer).where(customer.c.id == one).with_for_update()
    ).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="customer", id=one)
    if row.merged_into is not None:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="customer", id=one, kept=row.merged_into)
    return row


def insert_customer(unit: Unit, name: str, at: datetime) -> CustomerId:
    """A customer with a name and nothing else yet."""
    made = CustomerId(insert_row(unit.connection, customer, {"name": name, "created_at": at}))
    index_customers(unit, [made])
    unit.touched.customers.add(made)
    return made


def update_customer(
    unit: Unit, one: CustomerId, values: Mapping[str, object], version: int | None
) -> None:
    """Raises Problem NOT_FOUND or CHANGED_MEANWHILE."""
    customer_here(unit, one)
    update_seen(unit.connection, customer, one, version, with_name_key(values), what="customer")
    index_customers(unit, [one])
    unit.touched.customers.add(one)


def with_name_key(values: Mapping[str, object]) -> dict[str, object]:
    """What is to be written about a customer; with a name, also where it stands in lists."""
    named = {"name_key": sort_key(str(values["name"]))} if "name" in values else {}
    return {**values, **named}


def company_named(unit: Unit, name: str) -> int | None:
    """The company of a name, made when it is new; None for no name."""
    if not name:
        return None
    found: int | None = unit.connection.execute(
        select(company.c.id).where(company.c.name == name).order_by(company.c.id).limit(1)
    ).scalar()
    return insert_row(unit.connection, company, {"name": name}) if found is None else found


def insert_contact(
    unit: Unit, one: CustomerId, kind: ContactKind, value: str, at: datetime
) -> ContactPointId:
    """Adds a way to reach a customer; the first of a kind is its primary one.

    Orders that came under it become theirs. Raises Problem INVALID, or DUPLICATE with the
    ``customer`` who has it.
    """
    row = customer_here(unit, one)
    key = contact_key(kind, value, region_of_language(row.language))
    owner = owner_of(unit.connection, kind, key)
    if owner is not None:
        raise Problem(ProblemKind.DUPLICATE, what="contact", value=value, customer=owner)
    others = select(contact_point.c.id).where(
        contact_point.c.customer_id == one, contact_point.c.kind == kind
    )
    first = unit.connection.execute(others.limit(1)).first() is None
    with unique("contact", value):
        made = insert_row(
            unit.connection,
            contact_point,
            {
                "customer_id": one,
                "kind": kind,
                "value": contact_value(kind, value),
                "value_key": key,
                "is_primary": first,
                "created_at": at,
            },
        )
    adopt_orders(unit, kind, {key: one})
    _contacts_changed(unit, one)
    return ContactPointId(made)


def delete_contact(unit: Unit, contact: ContactPointId) -> None:
    """Takes a contact off; the next of its kind becomes primary. Raises Problem(NOT_FOUND)."""
    row = unit.connection.execute(
        delete(contact_point)
        .where(contact_point.c.id == contact)
        .returning(
            contact_point.c.customer_id,
            contact_point.c.kind,
            contact_point.c.value_key,
            contact_point.c.is_primary,
        )
    ).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="contact", id=contact)
    owner, kind = CustomerId(row.customer_id), ContactKind(row.kind)
    if row.is_primary:
        heir = (
            select(contact_point.c.id)
            .where(contact_point.c.customer_id == owner, contact_point.c.kind == kind)
            .order_by(contact_point.c.id)
            .limit(1)
            .scalar_subquery()
        )
        unit.connection.execute(
            update(contact_point).where(contact_point.c.id == heir).values(is_primary=True)
        )
    release_orders(unit, kind, row.value_key, owner)
    _contacts_changed(unit, owner)


def choose_primary(unit: Unit, contact: ContactPointId) -> None:
    """Makes this the customer's first contact of its kind. Raises Problem(NOT_FOUND)."""
    row = unit.connection.execute(
        select(contact_point.c.customer_id, contact_point.c.kind).where(
            contact_point.c.id == contact
        )
    ).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="contact", id=contact)
    unit.connection.execute(
        update(contact_point)
        .where(contact_point.c.customer_id == row.customer_id, contact_point.c.kind == row.kind)
        .values(is_primary=contact_point.c.id == contact)
    )
    _contacts_changed(unit, CustomerId(row.customer_id))


def insert_note(unit: Unit, one: CustomerId, text: str, at: datetime, by: AgentId | None) -> None:
    """Raises Problem NOT_FOUND or CHANGED_MEANWHILE."""
    customer_here(unit, one)
    insert_row(
        unit.connection,
        customer_note,
        {"customer_id": one, "agent_id": by, "at": at, "text": text},
    )
    unit.touched.customers.add(one)


def index_customers(unit: Unit, ids: Sequence[CustomerId]) -> None:
    """Makes customers findable by what is known of them now."""
    reindex_rows(unit.connection, texts_of(unit.connection, "customer", ids))


def _contacts_changed(unit: Unit, one: CustomerId) -> None:
    unit.connection.execute(
        update(customer).where(customer.c.id == one).values(version=customer.c.version + 1)
    )
    index_customers(unit, [one])
    unit.touched.customers.add(one)
