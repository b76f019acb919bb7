"""One customer whole: fields, contacts, notes, tags, own fields, consent. What happened is read
page by page in ``timeline``."""

from datetime import datetime

from sqlalchemy import Connection, select

from deskapp.domain.ids import CompanyId, CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import CustomerNote, CustomerRecord
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.people import agent, company, customer, customer_note
from .customer_facts import consents_of, no_mail_of, tags_of, values_of
from .customers import contacts_of, customer_rows, kept_customer
from .regions import region_of

_MOST_NOTES = 100


def customer_record(connection: Connection, asked: CustomerId, now: datetime) -> CustomerRecord:
    """The record of a customer, or of whom they were merged into. Raises Problem(NOT_FOUND)."""
    one = kept_customer(connection, asked)
    if one is None:
        raise Problem(ProblemKind.NOT_FOUND, what="customer", id=asked)
    [row] = customer_rows(connection, [one])
    fields = connection.execute(
        select(customer, company.c.name.label("company"), company.c.must_know.label("of_company"))
        .outerjoin(company, company.c.id == customer.c.company_id)
        .where(customer.c.id == one)
    ).one()
    contacts = contacts_of(connection, [one]).get(one, ())
    return CustomerRecord(
        row=row,
        address=next((each.value for each in contacts if each.kind is ContactKind.POSTAL), ""),
        time_zone=fields.time_zone,
        honorific=fields.honorific,
        company=fields.company or "",
        contacts=contacts,
        notes=_notes(connection, one),
        family_name=fields.family_name,
        given_name=fields.given_name,
        call_name=fields.call_name,
        country=fields.country,
        company_id=None if fields.company_id is None else CompanyId(fields.company_id),
        company_by=fields.company_by,
        company_must_know=fields.of_company or "",
        region=region_of(connection, fields),
        tags=tags_of(connection, one),
        values=values_of(connection, one),
        consents=consents_of(connection, one),
        no_mail=no_mail_of(connection, [one], now).get(one),
    )


def _notes(connection: Connection, one: CustomerId) -> tuple[CustomerNote, ...]:
    statement = (
        select(customer_note.c.at, agent.c.name, customer_note.c.text)
        .outerjoin(agent, agent.c.id == customer_note.c.agent_id)
        .where(customer_note.c.customer_id == one)
        .order_by(customer_note.c.at.desc(), customer_note.c.id.desc())
        .limit(_MOST_NOTES)
    )
    return tuple(
        CustomerNote(row.at, row.name or "", row.text) for row in connection.execute(statement)
    )
