"""Companies: made by name or by the domain of a mail, with their people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from deskapp.domain.companies import CompanyNote, CompanyRecord, CompanyRow
from deskapp.domain.ids import AgentId, CompanyId, CustomerId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.public_mail import company_domain
from deskapp.domain.sites import in_letters

from ..database import Unit
from ..tables.customer_facts import company_domain as domains
from ..tables.customer_facts import company_note
from ..tables.people import agent, company, customer
from .customers import customer_rows
from .parts import parts
from .trial import stands
from .upsert import insert_into
from .writes import insert_row, update_seen

BY_DOMAIN, BY_PERSON = "domain", "person"
_MOST_PEOPLE = 200


def company_named(unit: Unit, name: str, at: datetime) -> int | None:
    """The company of a name, made when it is new; None for no name."""
    if not name:
        return None
    found = _of_name(unit.connection, name)
    if found is not None:
        return found
    return insert_row(unit.connection, company, {"name": name, "created_at": at})


def _of_name(connection: Connection, name: str) -> int | None:
    """As it is written, else written small by one and large by another."""
    for same in (company.c.name == name, func.lower(company.c.name) == func.lower(name)):
        asked = select(company.c.id).where(same).order_by(company.c.id).limit(1)
        found: int | None = connection.execute(asked).scalar()
        if found is not None:
            return found
    return None


def name_of(connection: Connection, one: int | None) -> str:
    """ "" for none."""
    return connection.execute(select(company.c.name).where(company.c.id == one)).scalar() or ""


def companies_by_domain(
    unit: Unit, addresses: Iterable[str], at: datetime
) -> Mapping[str, CompanyId]:
    """The company of each address that is one's, by address, made where its domain is new.

    Addresses at public providers are left out.
    """
    said = {one: domain for one in addresses if (domain := company_domain(one))}
    wanted = set(said.values())
    known = _of_domains(unit.connection, wanted)
    while missing := sorted(wanted - known.keys()):  # one order for everybody, against deadlocks
        stands(unit.connection, partial(_make, unit, missing, at))
        known = _of_domains(unit.connection, wanted)
    return {one: known[domain] for one, domain in said.items()}


def assign_by_domain(unit: Unit, one: CustomerId, address: str, at: datetime) -> None:
    """Gives a customer the company of a mail address, unless one was chosen or known already."""
    row = unit.connection.execute(
        select(customer.c.company_id, customer.c.company_by).where(customer.c.id == one)
    ).one()
    if row.company_id is not None or row.company_by:
        return
    found = companies_by_domain(unit, [address], at).get(address)
    if found is not None:
        unit.connection.execute(
            update(customer)
            .where(customer.c.id == one, customer.c.company_id.is_(None))
            .values(company_id=found, company_by=BY_DOMAIN)
        )


def company_record(connection: Connection, one: CompanyId) -> CompanyRecord:
    """A company with its people, the newest first, and notes. Raises Problem(NOT_FOUND)."""
    row = connection.execute(select(company).where(company.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="company", id=one)
    at = select(domains.c.domain).where(domains.c.company_id == one).order_by(domains.c.domain)
    people = select(customer.c.id).where(*_works_there(one)).order_by(customer.c.id.desc())
    ids = [CustomerId(each) for each in connection.execute(people.limit(_MOST_PEOPLE)).scalars()]
    count = connection.execute(select(func.count()).where(*_works_there(one))).scalar_one()
    return CompanyRecord(
        row=CompanyRow(one, row.name, count, row.version),
        domains=tuple(connection.execute(at).scalars()),
        must_know=row.must_know,
        people=tuple(customer_rows(connection, ids)),
        notes=_notes(connection, one),
    )


def company_of_name(connection: Connection, name: str) -> CompanyId:
    """By its name or domain. Raises Problem(NOT_FOUND)."""
    found = _of_name(connection, name)
    if found is None:
        domain = company_domain(name)
        found = _of_domains(connection, [domain]).get(domain)
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="company", value=name)
    return CompanyId(found)


def update_company(
    unit: Unit, one: CompanyId, values: Mapping[str, object], version: int | None
) -> None:
    """Raises Problem NOT_FOUND or CHANGED_MEANWHILE."""
    update_seen(unit.connection, company, one, version, values, what="company")
    touch_people(unit, one)


def add_company_note(
    unit: Unit, one: CompanyId, text: str, at: datetime, by: AgentId | None
) -> None:
    values = {"company_id": one, "agent_id": by, "at": at, "text": text}
    unit.connection.execute(insert(company_note).values(values))
    touch_people(unit, one)


def add_domain(unit: Unit, one: CompanyId, domain: str) -> None:
    """Raises Problem INVALID for a public provider's, or DUPLICATE with the ``company``."""
    plain = company_domain(domain)
    if not plain:
        raise Problem(ProblemKind.INVALID, what="company_domain", value=domain)
    owner = _of_domains(unit.connection, [plain]).get(plain)
    if owner == one:
        return
    if owner is not None:
        raise Problem(ProblemKind.DUPLICATE, what="company_domain", value=plain, company=owner)
    unit.connection.execute(insert(domains).values(domain=plain, company_id=one))
    touch_people(unit, one)


def touch_people(unit: Unit, one: CompanyId) -> None:
    """Windows that show somebody who works there read again."""
    ids = select(customer.c.id).where(*_works_there(one)).limit(_MOST_PEOPLE)
    unit.touched.customers.update(map(CustomerId, unit.connection.execute(ids).scalars()))


def people_of(connection: Connection, one: CompanyId, limit: int) -> list[CustomerId]:
    """Who works there, the newest first."""
    ids = select(customer.c.id).where(*_works_there(one)).order_by(customer.c.id.desc())
    return [CustomerId(each) for each in connection.execute(ids.limit(limit)).scalars()]


def _works_there(one: int) -> tuple[ColumnElement[bool], ...]:
    return customer.c.company_id == one, customer.c.merged_into.is_(None)


def _of_domains(connection: Connection, wanted: Iterable[str]) -> dict[str, CompanyId]:
    found: dict[str, CompanyId] = {}
    for part in parts(list(wanted)):
        rows = select(domains).where(domains.c.domain.in_(part))
        found |= {row.domain: CompanyId(row.company_id) for row in connection.execute(rows)}
    return found


def _make(unit: Unit, new: Sequence[str], at: datetime) -> bool:
    """Two mails of one new company may come at once: the database decides whose row stays."""
    for domain in new:
        made = insert_row(unit.connection, company, {"name": in_letters(domain), "created_at": at})
        row = insert_into(unit.connection, domains).values(domain=domain, company_id=made)
        if not unit.connection.execute(row.on_conflict_do_nothing()).rowcount:
            return False
    return True


def _notes(connection: Connection, one: CompanyId) -> tuple[CompanyNote, ...]:
    statement = (
        select(company_note.c.at, agent.c.name, company_note.c.text)
        .outerjoin(agent, agent.c.id == company_note.c.agent_id)
        .where(company_note.c.company_id == one)
        .order_by(company_note.c.id.desc())
    )
    rows = connection.execute(statement)
    return tuple(CompanyNote(row.at, row.name or "", row.text) for row in rows)
