"""Changes to the ways of reaching a customer. Each function runs inside one write."""

from datetime import datetime

from sqlalchemy import delete, select, update

from deskapp.domain.contact import contact_key, contact_value, country_code, phone_key
from deskapp.domain.handles import handle_parts, network_named
from deskapp.domain.ids import AgentId, ContactPointId, CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.last_edits import About
from deskapp.domain.people import ContactEdit, ContactPoint, RemovedContact
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.people import contact_point, customer
from .companies import assign_by_domain
from .customers import contact_of, owner_of
from .customers_write import customer_here, index_customers
from .last_edits import note_edit
from .order_links import adopt_orders, release_orders
from .regions import region_of
from .writes import insert_row, lock_row, unique

_LABEL = 40


def insert_contact(
    unit: Unit,
    one: CustomerId,
    kind: ContactKind,
    value: str,
    at: datetime,
    *,
    label: str = "",
    network: str = "",
    country: str = "",
) -> ContactPointId:
    """Adds a way to reach a customer; the first of a kind is its primary one.

    Orders that came under it become theirs. Raises Problem INVALID, or DUPLICATE with the
    ``customer`` who has it.
    """
    row = customer_here(unit, one)
    network = network_named(network) or handle_parts(value)[0] if kind == "handle" else ""
    key = _key(unit, row, kind, value, network)
    others = select(contact_point.c.id).where(
        contact_point.c.customer_id == one, contact_point.c.kind == kind
    )
    values = {
        "customer_id": one,
        "kind": kind,
        "value": contact_value(kind, value),
        "value_key": key,
        "label": one_line(label, _LABEL),
        "network": network,
        "country": country_code(country),
        "is_primary": unit.connection.execute(others.limit(1)).first() is None,
        "created_at": at,
    }
    with unique("contact", value):
        made = insert_row(unit.connection, contact_point, values)
    adopt_orders(unit, kind, {key: one})
    if kind is ContactKind.MAIL:
        assign_by_domain(unit, one, value, at)
    _contacts_changed(unit, one)
    return ContactPointId(made)


def refuse_unseen(
    unit: Unit, contact: ContactPointId, edit: ContactEdit, seen: ContactPoint
) -> None:
    """Raises Problem CHANGED_MEANWHILE where an edit would overwrite what was not seen."""
    lock_row(unit.connection, contact_point, contact)
    row = _here(unit, contact)
    for name in ("value", "label", "network", "country"):
        now, mine = getattr(row, name), getattr(edit, name)
        if mine is not None and now not in (getattr(seen, name), mine):
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="contact", value=now)


def edit_contact(unit: Unit, contact: ContactPointId, edit: ContactEdit, at: datetime) -> None:
    """Changes what is not None. Another value is not known to work: what was verified or bounced
    was the old one. Raises Problem INVALID, NOT_FOUND, or DUPLICATE with the ``customer``.
    """
    row = _here(unit, contact)
    kind, owner = ContactKind(row.kind), CustomerId(row.customer_id)
    network = row.network if edit.network is None else network_named(edit.network)
    values: dict[str, object] = {"network": network}
    if edit.label is not None:
        values["label"] = one_line(edit.label, _LABEL)
    if edit.country is not None:
        values["country"] = country_code(edit.country)
    if edit.verified is not None:
        values["verified_at"] = at if edit.verified else None
    written = row.value if edit.value is None else edit.value
    key = _key(unit, customer_here(unit, owner), kind, written, network, mine=contact)
    if edit.value is not None:
        values["value"] = contact_value(kind, written)
    if key != row.value_key:
        values |= {"verified_at": None, "bounced_at": None, "bounced_status": "", "value_key": key}
    with unique("contact", written):
        unit.connection.execute(
            update(contact_point).where(contact_point.c.id == contact).values(**values)
        )
    if key != row.value_key:
        release_orders(unit, kind, row.value_key, owner)
        adopt_orders(unit, kind, {key: owner})
    _contacts_changed(unit, owner)


def clear_bounce(unit: Unit, contact: ContactPointId) -> None:
    """Somebody says that it works again. Raises Problem(NOT_FOUND)."""
    row = _here(unit, contact)
    unit.connection.execute(
        update(contact_point)
        .where(contact_point.c.id == contact)
        .values(bounced_at=None, bounced_status="")
    )
    _contacts_changed(unit, CustomerId(row.customer_id))


def delete_contact(unit: Unit, contact: ContactPointId) -> RemovedContact:
    """Takes a contact off; the next of its kind becomes primary. Raises Problem(NOT_FOUND)."""
    row = _here(unit, contact)
    owner, kind = CustomerId(row.customer_id), ContactKind(row.kind)
    unit.connection.execute(delete(contact_point).where(contact_point.c.id == contact))
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
    return RemovedContact(owner, contact_of(row), row.verified_at, row.bounced_at, row.created_at)


def put_back_contact(unit: Unit, removed: RemovedContact) -> ContactPointId:
    """As it was before it was removed. Raises Problem NOT_FOUND, CHANGED_MEANWHILE for a customer
    merged since, or DUPLICATE with the ``customer`` who has it now.
    """
    one, was = removed.customer, removed.contact
    customer_here(unit, one)
    _refuse_double(unit, was.kind, was.key, was.value)
    values = {
        "customer_id": one,
        "kind": was.kind,
        "value": was.value,
        "value_key": was.key,
        "label": was.label,
        "network": was.network,
        "country": was.country,
        "is_primary": False,
        "verified_at": removed.verified_at,
        "bounced_at": removed.bounced_at,
        "bounced_status": was.bounced_status,
        "created_at": removed.created_at,
    }
    with unique("contact", was.value):
        made = ContactPointId(insert_row(unit.connection, contact_point, values))
    if was.is_primary:
        choose_primary(unit, made)
    adopt_orders(unit, was.kind, {was.key: one})
    _contacts_changed(unit, one)
    return made


def choose_primary(unit: Unit, contact: ContactPointId) -> None:
    """Makes this the customer's first contact of its kind. Raises Problem(NOT_FOUND)."""
    row = _here(unit, contact)
    unit.connection.execute(
        update(contact_point)
        .where(contact_point.c.customer_id == row.customer_id, contact_point.c.kind == row.kind)
        .values(is_primary=contact_point.c.id == contact)
    )
    _contacts_changed(unit, CustomerId(row.customer_id))


def read_phones_again(unit: Unit, one: CustomerId) -> None:
    """Numbers that were kept by their digits, now that it is known where they are from; another
    customer's stay as they are, to be merged by a person."""
    region = region_of(unit.connection, customer_here(unit, one))
    bare = select(contact_point).where(
        contact_point.c.customer_id == one,
        contact_point.c.kind == ContactKind.PHONE,
        ~contact_point.c.value_key.startswith("+"),
    )
    for row in unit.connection.execute(bare).all():
        key = phone_key(row.value, region)
        if not key.startswith("+") or owner_of(unit.connection, ContactKind.PHONE, key) is not None:
            continue
        mine = update(contact_point).where(contact_point.c.id == row.id)
        unit.connection.execute(mine.values(value_key=key))
        adopt_orders(unit, ContactKind.PHONE, {key: one})
        _contacts_changed(unit, one)


def write_address(
    unit: Unit, one: CustomerId, written: str, at: datetime, by: AgentId | None
) -> None:
    """Makes this the postal address used first: it is changed in place, or added, or removed."""
    first = unit.connection.execute(
        select(contact_point.c.id)
        .where(contact_point.c.customer_id == one, contact_point.c.kind == ContactKind.POSTAL)
        .order_by(contact_point.c.is_primary.desc(), contact_point.c.id)
        .limit(1)
    ).scalar()
    if not contact_value(ContactKind.POSTAL, written):
        if first is not None:
            delete_contact(unit, ContactPointId(first))
    elif first is None:
        insert_contact(unit, one, ContactKind.POSTAL, written, at)
    else:
        edit_contact(unit, ContactPointId(first), ContactEdit(value=written), at)
        note_edit(unit, About.CONTACT, first, at, by)


def _here(unit: Unit, contact: ContactPointId) -> AnyRow:
    found = select(contact_point).where(contact_point.c.id == contact).with_for_update()
    row = unit.connection.execute(found).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="contact", id=contact)
    return row


def _key(
    unit: Unit,
    row: AnyRow,
    kind: ContactKind,
    value: str,
    network: str,
    mine: ContactPointId | None = None,
) -> str:
    """A postal address is unique among its customer's own: others may live there as well."""
    by_region = kind in (ContactKind.PHONE, ContactKind.HANDLE)
    region = region_of(unit.connection, row) if by_region else ""
    key = contact_key(kind, value, region, network)
    if kind is ContactKind.POSTAL:
        key = f"{row.id}:{key}"
    _refuse_double(unit, kind, key, value, mine)
    return key


def _refuse_double(
    unit: Unit, kind: ContactKind, key: str, value: str, mine: ContactPointId | None = None
) -> None:
    owner = owner_of(unit.connection, kind, key, other_than=mine)
    if owner is not None:
        raise Problem(ProblemKind.DUPLICATE, what="contact", value=value, customer=owner)


def _contacts_changed(unit: Unit, one: CustomerId) -> None:
    unit.connection.execute(
        update(customer).where(customer.c.id == one).values(version=customer.c.version + 1)
    )
    index_customers(unit, [one])
    unit.touched.customers.add(one)
