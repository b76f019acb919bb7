"""Customers that make themselves: whoever writes to a mailbox gets a record."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update

from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address

from ..database import Unit
from ..rowids import reserve
from ..search import Indexed, index_rows
from ..tables.people import contact_point, customer
from .companies import BY_DOMAIN, companies_by_domain
from .customers_write import index_customers, with_name_key
from .order_links import adopt_orders, owners_of
from .parts import parts
from .trial import stands
from .upsert import insert_into


def ensure_customers(
    unit: Unit,
    people: Iterable[tuple[Address, str]],
    at: datetime,
    since: Mapping[str, datetime] | None = None,
) -> dict[str, CustomerId]:
    """The customer of every address, by ``Address.key``; unknown ones are made.

    ``people`` are addresses with the language they wrote in ("" when unknown). A known customer
    without a name or a language takes the one the mail brought. ``since``: by key, when they
    first wrote; it moves the beginning of a known customer back, never forth. None of them is
    merged away until this write ends: call it before tickets are locked, as a merge takes
    customers first.
    """
    wanted: dict[str, tuple[Address, str]] = {}
    for address, language in people:
        if address.address:
            _, before = wanted.get(address.key, (address, ""))
            wanted[address.key] = (address, language or before)
    since = since or {}
    known = _owners_kept(unit, wanted, since)
    _complete(unit, {key: wanted[key] for key in known})
    # One order for everybody: two writers with the same people in other orders would deadlock.
    missing = sorted(key for key in wanted if key not in known)
    if not missing:
        return known
    numbers = map(CustomerId, reserve(unit.connection, customer, len(missing)))
    made = dict(zip(missing, numbers, strict=True))
    begun = [(made[key], *wanted[key], since.get(key, at)) for key in missing]
    if not stands(unit.connection, lambda: _insert(unit, begun, at)):
        return ensure_customers(unit, wanted.values(), at, since)
    _employ(unit, {number: wanted[key][0].address for key, number in made.items()}, at)
    _index(unit, {number: wanted[key][0] for key, number in made.items()})
    adopt_orders(unit, ContactKind.MAIL, made)
    unit.touched.customers.update(made.values())
    return known | made


def _owners_kept(
    unit: Unit, keys: Iterable[str], since: Mapping[str, datetime]
) -> dict[str, CustomerId]:
    """Whose these addresses are, kept from being merged away; asked again where that happened."""
    begun: dict[CustomerId, datetime] = {}
    while True:
        owners = owners_of(unit, ContactKind.MAIL, keys)
        more = sorted(set(owners.values()) - begun.keys())
        if not more:
            break
        for part in parts(more):
            chosen = select(customer.c.id, customer.c.created_at).where(customer.c.id.in_(part))
            # Others may still change them; only a merge, which takes FOR UPDATE, has to wait.
            held = chosen.order_by(customer.c.id).with_for_update(read=True, key_share=True)
            for number, created_at in unit.connection.execute(held):
                begun[CustomerId(number)] = created_at
    _begin_earlier(unit, owners, begun, since)
    return owners


def _begin_earlier(
    unit: Unit,
    owners: Mapping[str, CustomerId],
    begun: Mapping[CustomerId, datetime],
    since: Mapping[str, datetime],
) -> None:
    first: dict[CustomerId, datetime] = {}
    for key, number in owners.items():
        if key in since and since[key] < first.get(number, begun[number]):
            first[number] = since[key]
    if first:
        unit.connection.execute(
            update(customer)
            .where(customer.c.id == bindparam("b_id"))
            .values(created_at=bindparam("b_at")),
            [{"b_id": number, "b_at": at} for number, at in first.items()],
        )
        unit.touched.customers.update(first)


def _insert(
    unit: Unit, rows: list[tuple[CustomerId, Address, str, datetime]], at: datetime
) -> bool:
    """False where somebody else has just added one of their contacts: the database decides."""
    unit.connection.execute(
        insert(customer),
        [
            {"id": number, "name": address.name, "language": language, "created_at": begun}
            for number, address, language, begun in rows
        ],
    )
    unit.connection.execute(
        insert_into(unit.connection, contact_point).on_conflict_do_nothing(
            index_elements=["kind", "value_key"]
        ),
        [
            {
                "customer_id": number,
                "kind": ContactKind.MAIL,
                "value": address.address,
                "value_key": address.key,
                "is_primary": True,
                "created_at": at,
            }
            for number, address, _, _ in rows
        ],
    )
    now = owners_of(unit, ContactKind.MAIL, [address.key for _, address, _, _ in rows])
    return all(now[address.key] == number for number, address, _, _ in rows)


def _employ(unit: Unit, made: Mapping[CustomerId, str], at: datetime) -> None:
    """Whose address is one of a company's works there, until somebody says otherwise."""
    owners = companies_by_domain(unit, made.values(), at)
    rows = [
        {"b_id": number, "b_company": owners[address]}
        for number, address in made.items()
        if address in owners
    ]
    if rows:
        unit.connection.execute(
            update(customer)
            .where(customer.c.id == bindparam("b_id"))
            .values(company_id=bindparam("b_company"), company_by=BY_DOMAIN),
            rows,
        )


def _index(unit: Unit, people: Mapping[CustomerId, Address]) -> None:
    index_rows(
        unit.connection,
        [
            Indexed("customer", number, None, f"{address.name} {address.address}")
            for number, address in people.items()
        ],
    )


def _complete(unit: Unit, brought: Mapping[str, tuple[Address, str]]) -> None:
    """Gives known customers the name and the language that nobody knew of them. What is known,
    or was chosen by a person, stays."""
    if not any(address.name or language for address, language in brought.values()):
        return
    lacking = (
        select(customer.c.id, customer.c.name, customer.c.language, contact_point.c.value_key)
        .join(contact_point, contact_point.c.customer_id == customer.c.id)
        .where(
            or_(customer.c.name == "", customer.c.language == ""),
            contact_point.c.kind == ContactKind.MAIL,
            contact_point.c.value_key.in_(list(brought)),
        )
    )
    named: set[CustomerId] = set()
    for row in unit.connection.execute(lacking).all():
        address, language = brought[row.value_key]
        values = {} if row.name or not address.name else with_name_key({"name": address.name})
        if language and not row.language:
            values["language"] = language
        if not values:
            continue
        unit.connection.execute(
            customer.update()
            .where(customer.c.id == row.id)
            .values(**values, version=customer.c.version + 1)
        )
        unit.touched.customers.add(CustomerId(row.id))
        if "name" in values:
            named.add(CustomerId(row.id))
    index_customers(unit, sorted(named))
