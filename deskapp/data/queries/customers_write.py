"""Changes to customers. Each function runs inside one write."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from deskapp.domain.ids import AgentId, CustomerId
from deskapp.domain.naming import sort_key
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..search import reindex_rows
from ..tables.columns import AnyRow
from ..tables.people import customer, customer_note
from .search_texts import texts_of
from .writes import insert_row, update_seen


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
